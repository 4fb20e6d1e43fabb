"""Two writers never write over each other, whether threads, processes or people."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import sys
from pathlib import Path

import pytest

from connectors.local_sheet.actions import append_row
from connectors.local_sheet.book import replace
from tests.connectors.local_sheet.conftest import HEAD, NOUR, Office
from wakeel.sdk import Rejected, Unavailable
from wakeel.sdk.ports.files import mark
from wakeel.sdk.ports.sheet import AppendRow

ADD = AppendRow(sheet="عملاء.csv", values={"الاسم": "منى"})


async def test_another_process_that_writes_is_waited_for(office: Office) -> None:
    office.write("عملاء.csv", HEAD, NOUR)
    (office.folder / ".wakeel").mkdir()
    name = hashlib.sha256("عملاء.csv".encode()).hexdigest()[:32]
    lock = os.open(office.folder / ".wakeel" / f"{name}.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with pytest.raises(Unavailable, match="another worker is writing"):
        await append_row(ADD, office.call())
    os.close(lock)
    await append_row(ADD, office.call())
    assert len(office.read("عملاء.csv")) == 3


async def test_processes_at_once_lose_no_row(office: Office) -> None:
    office.write("عملاء.csv", HEAD, NOUR)
    command = [sys.executable, "-m", "tests.connectors.local_sheet.child", str(office.folder), "عملاء.csv"]
    children = [await asyncio.create_subprocess_exec(*command, str(n), "8", cwd=Path.cwd()) for n in range(2)]
    assert [await child.wait() for child in children] == [0, 0]
    keys = [row[3] for row in office.read("عملاء.csv")[2:]]
    assert sorted(keys) == sorted(mark(f"run {n}/{turn}") for n in range(2) for turn in range(8))


async def test_a_process_that_is_killed_at_any_moment_leaves_a_whole_sheet_and_no_lock(office: Office) -> None:
    office.write("عملاء.csv", HEAD, NOUR)
    command = [sys.executable, "-m", "tests.connectors.local_sheet.child", str(office.folder), "عملاء.csv", "0", "5000"]
    child = await asyncio.create_subprocess_exec(*command, cwd=Path.cwd(), stdout=asyncio.subprocess.PIPE)
    assert child.stdout is not None
    while (line := await child.stdout.readline()) != b"5\n":
        assert line
    child.kill()
    await child.wait()
    there = len(office.read("عملاء.csv")) - 2
    assert there >= 5
    for turn in (there - 1, there):  # perhaps the last one was written, and nobody heard of it
        await append_row(ADD, office.call(f"run 0/{turn}", repeat=True))
    rows = office.read("عملاء.csv")[2:]
    assert [row[3] for row in rows] == [mark(f"run 0/{turn}") for turn in range(there + 1)]


@pytest.mark.parametrize("owner", ["~$عملاء.csv", ".~lock.عملاء.csv#"])
async def test_a_sheet_that_is_open_in_a_spreadsheet_program_is_waited_for(office: Office, owner: str) -> None:
    office.write("عملاء.csv", HEAD, NOUR)
    (office.folder / owner).touch()
    with pytest.raises(Unavailable, match="open in a spreadsheet program") as error:
        await append_row(ADD, office.call())
    assert owner in str(error.value)
    (office.folder / owner).unlink()
    await append_row(ADD, office.call())


def test_a_change_that_somebody_saved_meanwhile_is_not_written_over(office: Office) -> None:
    path = office.write("عملاء.csv", HEAD, NOUR)
    with office.client.root.place("عملاء.csv") as place:
        before = place.look()
        path.write_text("saved by a person", "utf-8")
        with pytest.raises(Unavailable, match="somebody else changed the sheet"):
            replace(place, before, b"ours", "key")
    assert path.read_text("utf-8") == "saved by a person"
    assert office.names() == ["عملاء.csv"]


async def test_a_sheet_keeps_who_may_read_it(office: Office) -> None:
    path = office.write("عملاء.csv", HEAD, NOUR)
    path.chmod(0o664)
    await append_row(ADD, office.call())
    assert path.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("path", ["../x.csv", "/etc/x.csv", ".wakeel/x.csv", "link.csv"])
async def test_no_sheet_is_reached_outside_the_folder(office: Office, path: str) -> None:
    (office.folder / "link.csv").symlink_to(office.folder.parent / "outside.csv")
    with pytest.raises(Rejected):
        await append_row(AppendRow(sheet=path, values={"a": 1}), office.call())
    assert sorted(p.name for p in office.folder.parent.iterdir()) == [office.folder.name]
