"""A sheet's file: read whole, changed under a lock, replaced in one call."""

from __future__ import annotations

import asyncio
import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from connectors.local_sheet import csv_file, xlsx_file
from connectors.local_sheet.connection import Sheets
from wakeel.sdk import Rejected, Unavailable
from wakeel.sdk.ports.files import NO_LINKS, Place, Root, draft, shown
from wakeel.sdk.ports.sheet import Edit, OneSheet, Table

Result = TypeVar("Result")
Change = Callable[[Table], tuple[Result, Edit]]
LARGEST = 20 * 1024 * 1024  # bytes
TEXTS, BOOKS = (".csv", ".tsv", ".txt"), (".xlsx",)
LOCKS = ".wakeel"  # a folder that no recipe can name
LOCK = os.O_RDWR | os.O_CREAT | NO_LINKS
SOON = timedelta(seconds=1)


async def table_of(sheets: Sheets, asked: OneSheet) -> Table:
    """Read a sheet; raise Rejected where it is not there."""
    return await asyncio.to_thread(read, sheets.root, asked)


async def change(sheets: Sheets, asked: OneSheet, key: str, decide: Change[Result]) -> Result:
    """Read a sheet, decide what to change and write it, while nobody else does."""
    async with sheets.writing[unicodedata.normalize("NFC", asked.sheet)]:
        return await asyncio.to_thread(locked_change, sheets.root, asked, key, decide)


def read(root: Root, asked: OneSheet) -> Table:
    """Read a sheet that is there."""
    with root.place(asked.sheet) as place:
        place.there()
        return parsed(content(place), asked)


def locked_change(root: Root, asked: OneSheet, key: str, decide: Change[Result]) -> Result:
    """Do the whole change in one thread, which holds the lock to its end even where nobody waits for it any more."""
    with root.place(asked.sheet, new=True) as place, locked(root, place.path):
        before = place.look()
        data = content(place) if before else b""
        result, edit = decide(parsed(data, asked))
        if edit:
            replace(place, before, edited(data, asked, edit), key)
    return result


def parsed(data: bytes, asked: OneSheet) -> Table:
    """Read a sheet's bytes by what its name says."""
    if kind_of(asked.sheet) == "text":
        return Table(csv_file.read(data, asked.sheet).cells())
    return Table(xlsx_file.read(data, asked.tab))


def edited(data: bytes, asked: OneSheet, edit: Edit) -> bytes:
    """Return the bytes with a change."""
    if kind_of(asked.sheet) == "text":
        return csv_file.read(data, asked.sheet).edited(edit)
    return xlsx_file.edited(data, asked.tab, edit)


def kind_of(path: str) -> str:
    """Return how a sheet is written; raise Rejected for other kinds of files."""
    if path.lower().endswith(TEXTS):
        return "text"
    if path.lower().endswith(BOOKS):
        return "book"
    raise Rejected(f"“{shown(path)}” is no sheet that can be read: save it as .xlsx or .csv")


def content(place: Place) -> bytes:
    """Return the bytes of a sheet."""
    with place.open() as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Rejected(f"the sheet is larger than {LARGEST // 1024**2} MB; split it")
    return data


def replace(place: Place, before: os.stat_result | None, data: bytes, key: str) -> None:
    """Write a sheet beside itself, then give it its name: nobody sees half of it, nobody's change is written over."""
    with draft(place.folder, key) as made:
        made.file.write(data)
        refuse_while_open(place)
        now = place.look()
        if stood(now) != stood(before):
            raise Unavailable("somebody else changed the sheet just now")
        made.settle(place.name, over=before is not None, mode=before.st_mode & 0o777 if before else None)


def stood(found: os.stat_result | None) -> tuple[int, ...] | None:
    """Return what changes whenever a file is written or replaced."""
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found else None


def refuse_while_open(place: Place) -> None:
    """Raise Unavailable while a spreadsheet program has the file open: it would write over our change."""
    for name in (f"~${place.name}", f".~lock.{place.name}#"):
        if os.access(name, os.F_OK, dir_fd=place.folder, follow_symlinks=False):
            raise Unavailable(
                f"the sheet is open in a spreadsheet program: close it there; if nobody has it open, remove “{name}”"
            )


@contextmanager
def locked(root: Root, path: str) -> Iterator[None]:
    """Hold the sheet's lock against other processes; the system lets it go however a process ends."""
    import fcntl

    with root.folder([LOCKS], make=True) as (folder, _):
        name = f"{hashlib.sha256(path.encode()).hexdigest()[:32]}.lock"
        with os.fdopen(os.open(name, LOCK, 0o640, dir_fd=folder), "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Unavailable("another worker is writing to the sheet", retry_after=SOON) from error
            yield
