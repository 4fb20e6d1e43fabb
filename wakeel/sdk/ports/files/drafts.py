"""Files that come whole or not at all: written beside their place under a hidden name, then named in one call."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import BinaryIO

from wakeel.sdk.ports.files.opening import NO_LINKS

NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_LINKS
MODE = 0o640


def mark(key: str) -> str:
    """Return what stands for a step's key in names on a disk."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def stamp(now: datetime, key: str) -> int:
    """Return a file's time in nanoseconds: the run's moment, and below the second a mark of the step.

    It tells a later attempt, and an undo, which step a file is from, on every disk that keeps such times.
    """
    return int(now.timestamp()) * 10**9 + int(mark(key)[:15], 16) % 10**9


@dataclass(slots=True)
class Draft:
    """A file that has no name for people yet."""

    folder: int
    hidden: str
    file: BinaryIO

    def settle(self, name: str, *, over: bool, time: int | None = None, mode: int | None = None) -> None:
        """Give the file its name; raises FileExistsError where one is there, unless it goes `over` it."""
        self.file.flush()
        if time is not None:
            os.utime(self.file.fileno(), ns=(time, time))
        if mode is not None:
            os.fchmod(self.file.fileno(), mode)
        os.fsync(self.file.fileno())
        if over:
            os.rename(self.hidden, name, src_dir_fd=self.folder, dst_dir_fd=self.folder)
        else:
            os.link(self.hidden, name, src_dir_fd=self.folder, dst_dir_fd=self.folder, follow_symlinks=False)
        os.fsync(self.folder)


@contextmanager
def draft(folder: int, key: str) -> Iterator[Draft]:
    """Open a draft in an open folder; it is gone afterwards, unless it was settled."""
    hidden = f".wakeel-{mark(key)}-{token_hex(4)}.part"
    with os.fdopen(os.open(hidden, NEW, MODE, dir_fd=folder), "w+b") as file:
        try:
            yield Draft(folder, hidden, file)
        finally:
            forget(folder, hidden)


def sweep(folder: int, key: str) -> None:
    """Remove what earlier attempts at a step left when they were killed."""
    for name in os.listdir(folder):
        if name.startswith(f".wakeel-{mark(key)}-"):
            forget(folder, name)


def forget(folder: int, name: str) -> None:
    """Remove a file that may be gone."""
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)
