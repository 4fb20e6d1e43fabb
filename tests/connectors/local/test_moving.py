"""A file is moved once, and back; what is dangerous is locked away, and let out again."""

from __future__ import annotations

import os
import stat

import pytest

from connectors.local.looking import list as listed
from connectors.local.moving import move, quarantine, release
from tests.connectors.calls import KEY, NOW
from tests.connectors.local.conftest import Desk
from wakeel.sdk import Rejected
from wakeel.sdk.ports.files import ListFiles, Quarantine, Quarantined, Release, Relocate, stamp

ARGS = Relocate(path="وارد/كشف.csv", to="أرشيف/٢٠٢٦/كشف.csv")


def letting_out(locked: Quarantined) -> Release:
    """Fill the inverse as an undo does."""
    return Release(quarantined=locked.quarantined, came_from=locked.came_from)


async def test_twice_with_one_key_is_one_move_and_the_result_leads_back(desk: Desk) -> None:
    desk.write(ARGS.path)
    first = await move(ARGS, desk.call())
    assert await move(ARGS, desk.call(repeat=True)) == first
    assert desk.everything() == [ARGS.to]
    await move(Relocate(path=first.path, to=first.to), desk.call("undo"))
    assert desk.everything() == [ARGS.path]


async def test_killed_after_the_name_was_taken_the_next_attempt_moves(desk: Desk) -> None:
    desk.write(ARGS.path, "كشف")
    taken = desk.write(ARGS.to, "")
    os.utime(taken, ns=(0, stamp(NOW, KEY)))  # what an attempt of this step leaves that is killed there
    await move(ARGS, desk.call(repeat=True))
    assert desk.everything() == [ARGS.to]
    assert taken.read_text("utf-8") == "كشف"


async def test_a_move_writes_nothing_over_not_even_an_empty_file(desk: Desk) -> None:
    desk.write(ARGS.path, "كشف")
    for content in ("قديم", ""):
        desk.write(ARGS.to, content)
        with pytest.raises(Rejected, match="another file stands"):
            await move(ARGS, desk.call())
    assert (desk.folder / ARGS.path).read_text("utf-8") == "كشف"


async def test_a_file_that_is_not_there_is_no_success(desk: Desk) -> None:
    desk.write(ARGS.to)
    with pytest.raises(Rejected, match=r"another file stands|there is no f"):
        await move(ARGS, desk.call())
    (desk.folder / "وارد").mkdir()
    with pytest.raises(Rejected, match=r"there is no file “وارد/كشف\.csv”"):
        await move(ARGS, desk.call())


async def test_a_move_onto_itself_changes_nothing(desk: Desk) -> None:
    desk.write(ARGS.path)
    await move(Relocate(path=ARGS.path, to=ARGS.path), desk.call())
    assert desk.everything() == [ARGS.path]


async def test_an_attachment_is_locked_away_once_and_its_copy_removed_again(desk: Desk) -> None:
    file = await desk.file(b"MZ\x90", "فاتورة.pdf.exe")
    for repeat in (False, True):
        locked = await quarantine(Quarantine(file=file), desk.call(repeat=repeat))
    assert (locked.name, locked.sha256, locked.size, locked.came_from) == ("فاتورة.pdf.exe", file.sha256, 3, None)
    assert desk.everything() == [f".quarantine/{locked.quarantined}"]
    assert stat.S_IMODE((desk.folder / ".quarantine").stat().st_mode) == 0o700
    assert (await listed(ListFiles(deep=True), desk.call())).files == []
    for repeat in (False, True):
        assert (await release(letting_out(locked), desk.call("undo", repeat=repeat))).released
    assert desk.everything() == []
    assert not (await release(letting_out(locked), desk.call("by hand"))).released


async def test_a_file_of_the_folder_is_locked_away_once_and_moved_back(desk: Desk) -> None:
    desk.write("وارد/ماكرو.xlsm", "x")
    for repeat in (False, True):
        locked = await quarantine(Quarantine(path="وارد/ماكرو.xlsm"), desk.call(repeat=repeat))
    assert desk.everything() == [f".quarantine/{locked.quarantined}"]
    assert (await release(letting_out(locked), desk.call("undo"))).released
    assert desk.everything() == ["وارد/ماكرو.xlsm"]
