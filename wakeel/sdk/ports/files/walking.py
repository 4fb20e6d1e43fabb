"""What an open folder holds for people: no links, nothing hidden, nothing half-written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from wakeel.sdk.errors import Rejected
from wakeel.sdk.ports.files.opening import opened
from wakeel.sdk.ports.files.paths import is_text

PASSING = ("~$", "~")  # beginnings of names that programs give to files that they will remove
UNFINISHED = (".part", ".tmp", ".crdownload", ".download", ".swp", ".lock")


@dataclass(slots=True)
class Left:
    """How many entries a walk may still look at."""

    count: int

    def one(self) -> None:
        """Count one; raise Rejected past the last."""
        self.count -= 1
        if self.count < 0:
            raise Rejected("the folder has too many files; choose a smaller one")


def below(folder: int, above: list[str], *, deep: bool, left: Left) -> Iterator[tuple[str, os.stat_result]]:
    """Yield what an open folder holds."""
    for name in sorted(os.listdir(folder)):
        left.one()
        found = seen(folder, name)
        if found is None:
            continue
        here = [*above, name]
        if deep and stat.S_ISDIR(found.st_mode):
            yield from inside(folder, here, left)
        else:
            yield "/".join(here), found


def inside(folder: int, here: list[str], left: Left) -> Iterator[tuple[str, os.stat_result]]:
    """Yield what a folder in an open folder holds; one that went meanwhile holds nothing."""
    try:
        inner = opened(folder, here[-1], make=False)
    except OSError:
        return
    try:
        yield from below(inner, here, deep=True, left=left)
    finally:
        os.close(inner)


def seen(folder: int, name: str) -> os.stat_result | None:
    """Return what stands under a name, if it is a file or folder for people."""
    if name.startswith((".", *PASSING)) or name.lower().endswith(UNFINISHED) or not is_text(name):
        return None
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return found if stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode) else None
