"""A file is put once for each step, whole or not at all, and taken back only as it was put."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from connectors.local.writing import copy, put, remove
from tests.connectors.local.conftest import Desk
from wakeel.sdk import Rejected
from wakeel.sdk.ports.files import Put, Relocate, Remove, Saved

PATH = "٢٠٢٦/نوفمبر/عقد الصيانة.pdf"


def taking_back(saved: Saved) -> Remove:
    """Fill the inverse as an undo does: by the names of the result's fields."""
    return Remove.model_validate({name: getattr(saved, name) for name in Remove.model_fields})


async def test_a_file_is_put_where_it_belongs_with_folders_and_address(desk: Desk) -> None:
    saved = await put(Put(path=PATH, file=await desk.file("العقد")), desk.call())
    assert (desk.folder / PATH).read_text("utf-8") == "العقد"
    assert (saved.path, saved.name, saved.size, saved.created) == (PATH, "عقد الصيانة.pdf", 10, True)
    assert saved.url == (desk.folder / PATH).resolve().as_uri()
    assert desk.everything() == [PATH]


async def test_twice_with_one_key_is_one_file(desk: Desk) -> None:
    args = Put(path=PATH, file=await desk.file("العقد"))
    first = await put(args, desk.call())
    stood = (desk.folder / PATH).stat()
    assert await put(args, desk.call(repeat=True)) == first
    now = (desk.folder / PATH).stat()
    assert (now.st_ino, now.st_mtime_ns) == (stood.st_ino, stood.st_mtime_ns)
    assert desk.everything() == [PATH]


async def test_many_steps_that_put_the_same_at_once_leave_one_file(desk: Desk) -> None:
    args = Put(path=PATH, file=await desk.file("العقد" * 10_000))
    done = await asyncio.gather(*(put(args, desk.call(f"run/steps/{n}")) for n in range(8)), return_exceptions=True)
    assert sum(isinstance(one, Saved) and one.created for one in done) == 1
    assert desk.everything() == [PATH]


async def test_another_file_in_the_place_is_not_written_over_unless_that_is_asked(desk: Desk) -> None:
    there = desk.write(PATH, "قديم")
    args = Put(path=PATH, file=await desk.file("جديد"))
    with pytest.raises(Rejected, match=r"another file stands at “٢٠٢٦/نوفمبر/عقد الصيانة.pdf”"):
        await put(args, desk.call())
    assert there.read_text("utf-8") == "قديم"
    saved = await put(args.model_copy(update={"if_absent": False}), desk.call())
    assert (there.read_text("utf-8"), saved.created) == ("جديد", False)
    assert desk.everything() == [PATH]


async def test_an_undo_takes_away_what_the_step_brought_also_after_a_kill(desk: Desk) -> None:
    args = Put(path=PATH, file=await desk.file("العقد"))
    await put(args, desk.call())  # and the worker is killed before anything is written down
    saved = await put(args, desk.call(repeat=True))
    for repeat in (False, True):
        assert (await remove(taking_back(saved), desk.call("undo", repeat=repeat))).removed
    assert desk.everything() == []


async def test_an_undo_leaves_what_was_there_before_and_what_was_changed_since(desk: Desk) -> None:
    args = Put(path=PATH, file=await desk.file("العقد"))
    desk.write(PATH, "العقد")
    assert not (await remove(taking_back(await put(args, desk.call())), desk.call("undo"))).removed
    (desk.folder / PATH).unlink()
    saved = await put(args, desk.call())
    (desk.folder / PATH).write_text("بتعديل العميل", "utf-8")
    assert not (await remove(taking_back(saved), desk.call("undo"))).removed
    assert (desk.folder / PATH).read_text("utf-8") == "بتعديل العميل"


async def test_a_file_is_copied_once_and_the_copy_is_taken_back(desk: Desk) -> None:
    desk.write("نماذج/عقد.docx", "نموذج")
    args = Relocate(path="نماذج/عقد.docx", to="عقود/نور.docx")
    first = await copy(args, desk.call())
    assert await copy(args, desk.call(repeat=True)) == first
    assert desk.everything() == ["عقود/نور.docx", "نماذج/عقد.docx"]
    assert (await remove(taking_back(first), desk.call("undo"))).removed
    assert desk.everything() == ["نماذج/عقد.docx"]


async def test_a_copy_writes_nothing_over_and_needs_a_file(desk: Desk) -> None:
    desk.write("a.txt", "أ")
    desk.write("b.txt", "ب")
    with pytest.raises(Rejected, match="another file stands"):
        await copy(Relocate(path="a.txt", to="b.txt"), desk.call())
    with pytest.raises(Rejected, match=r"there is no file “c\.txt”"):
        await copy(Relocate(path="c.txt", to="d.txt"), desk.call())
    (desk.folder / "folder").mkdir()
    with pytest.raises(Rejected, match="is no file"):
        await copy(Relocate(path="folder", to="d"), desk.call())


@pytest.mark.parametrize(
    "path", ["../x.pdf", "/etc/x", "a\\b", ".wakeel-x", ".quarantine/x", "a/../../x", "x\u202efdp.exe"]
)
async def test_nothing_is_written_outside_or_under_a_name_that_hides(desk: Desk, tmp_path: Path, path: str) -> None:
    with pytest.raises(Rejected):
        await put(Put(path=path, file=await desk.file("x")), desk.call())
    assert Desk(tmp_path).everything() == []


async def test_a_name_that_differs_in_case_or_accents_is_the_same_place(desk: Desk) -> None:
    desk.write("Invoice.PDF", "x")
    with pytest.raises(Rejected, match=r"another file stands at “Invoice\.PDF”"):
        await put(Put(path="invoice.pdf", file=await desk.file("y")), desk.call())
