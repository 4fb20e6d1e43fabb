"""A file that comes, or is changed, is told of once, when it stands still; a disk that goes away starts no storm."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from connectors.local.watching import Cursor, added, changed
from tests.connectors.local.conftest import Desk
from wakeel.sdk import Event, Rejected, Trigger, Unavailable
from wakeel.sdk.ports.files import FileEvent, Root, Watch

ALL = Watch()


class Looking:
    """A source that is looked at again and again; the cursor travels as JSON, as it does in the engine."""

    def __init__(self, desk: Desk, trigger: Trigger, args: Watch = ALL) -> None:
        self.desk, self.trigger, self.args = desk, trigger, args
        self.cursor: Any = None

    async def look(self, *, keep: bool = True) -> list[Event[FileEvent]]:
        assert self.trigger.poll is not None
        events, cursor = await self.trigger.poll(self.args, self.desk.since(self.cursor))
        if keep:
            self.cursor = Cursor.model_validate_json(cursor.model_dump_json())
        return events

    async def twice(self) -> list[str]:
        return [event.data.path for event in [*await self.look(), *await self.look()]]


def touch(path: Path, seconds: int) -> None:
    """Give a file another time, as another write does."""
    os.utime(path, ns=(0, seconds * 10**9))


async def test_the_first_look_remembers_and_later_files_are_told_of_once(desk: Desk) -> None:
    desk.write("قديم.txt")
    source = Looking(desk, added)
    assert await source.twice() == []
    desk.write("وارد/كشف حساب.csv", "التاريخ,المبلغ")
    assert await source.look() == []  # it may still be written to
    [event] = await source.look()
    assert await source.twice() == []
    assert (event.data.path, event.data.folder, event.data.name) == ("وارد/كشف حساب.csv", "وارد", "كشف حساب.csv")
    assert await desk.files.get(event.data.file) == "التاريخ,المبلغ".encode()
    assert event.key == f"f:nour-folder:وارد/كشف حساب.csv:{event.data.sha256}"


async def test_a_file_that_grows_is_told_of_when_it_stands_still(desk: Desk) -> None:
    source = Looking(desk, added)
    await source.look()
    for size in (1, 2, 3):
        desk.write("فيديو.mp4", "x" * size)
        assert await source.look() == []
    [event] = await source.look()
    assert event.data.size == 3


async def test_a_look_that_is_repeated_tells_of_the_same_event(desk: Desk) -> None:
    source = Looking(desk, added)
    await source.look()
    desk.write("عقد.pdf")
    await source.look()
    lost = await source.look(keep=False)  # killed before the cursor came home
    again = await source.look()
    assert [event.key for event in lost] == [event.key for event in again]


async def test_only_changed_content_is_a_change_each_time_also_back_to_what_it_was(desk: Desk) -> None:
    there = desk.write("عقد.txt", "أ")
    source, keys = Looking(desk, changed), list[str]()
    await source.look()
    for second, content in enumerate(("ب", "أ", "ب"), start=1):
        there.write_text(content, "utf-8")
        touch(there, second)
        assert await source.look() == []
        keys += [event.key for event in await source.look()]
    assert len(set(keys)) == 3
    touch(there, 99)
    assert await source.twice() == []
    desk.write("جديد.txt")
    assert await source.twice() == []  # it came; it was not changed


async def test_a_disk_that_goes_and_comes_back_is_no_news(desk: Desk) -> None:
    for name in ("أ.txt", "ب.txt"):
        desk.write(name)
    source, away = Looking(desk, added), desk.folder.with_name("away")
    await source.look()
    desk.folder.rename(away)
    with pytest.raises(Unavailable, match="mounted"):
        await source.look()
    desk.folder.mkdir()  # the empty folder that a disk is mounted on
    assert await source.twice() == []
    desk.folder.rmdir()
    away.rename(desk.folder)
    assert await source.twice() == []


async def test_a_file_that_is_taken_away_and_comes_with_other_content_is_news(desk: Desk) -> None:
    source = Looking(desk, added)
    await source.look()
    desk.write("كشف.csv", "أكتوبر")
    assert await source.twice() == ["كشف.csv"]
    (desk.folder / "كشف.csv").unlink()
    assert await source.twice() == []
    desk.write("كشف.csv", "نوفمبر!")
    assert await source.twice() == ["كشف.csv"]


async def test_a_wrong_folder_and_an_unreadable_file_do_not_silence_the_others(desk: Desk) -> None:
    (desk.folder / "وارد").mkdir()
    source = Looking(desk, added, Watch(folder="لا شيء", folders=["وارد"]))
    assert await source.look() == []
    desk.write("وارد/أ.txt")
    assert await source.twice() == ["وارد/أ.txt"]
    with pytest.raises(Rejected, match="there is no folder “لا شيء”"):
        await source.look()


async def test_hidden_half_written_and_linked_files_are_not_told_of(desk: Desk) -> None:
    source = Looking(desk, added)
    await source.look()
    for name in (".wakeel-x.part", "~$عقد.docx", "film.crdownload", ".quarantine/x"):
        desk.write(name)
    (desk.folder / "link.txt").symlink_to("/etc/hostname")
    assert await source.twice() == []


async def test_activations_get_what_they_ask_for_from_one_source(desk: Desk) -> None:
    asked = [Watch(folder="وارد", endings=[".CSV"]), Watch(folder="عقود")]
    merged = added.merge(asked)
    assert (merged.folder, merged.folders, merged.endings) == ("وارد", ["عقود"], [])
    for folder in ("وارد", "عقود"):
        (desk.folder / folder).mkdir()
    source = Looking(desk, added, merged)
    await source.look()
    for name in ("وارد/أ.csv", "وارد/ب.pdf", "عقود/ج.pdf", "خارج.csv"):
        desk.write(name)
    await source.look()
    events = [event.data for event in await source.look()]
    fitting = [[event.path for event in events if added.fits(args, event)] for args in asked]
    assert fitting == [["وارد/أ.csv"], ["عقود/ج.pdf"]]


async def test_a_folder_with_too_many_files_says_so(desk: Desk) -> None:
    from connectors.local.watching import standing

    for number in range(5_001):
        (desk.folder / f"{number}.txt").touch()
    with pytest.raises(Rejected, match="choose a smaller one"):
        standing(Root.at(str(desk.folder)), "")
