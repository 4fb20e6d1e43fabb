"""One `up` on a data folder at a time: the kernel holds the lock, and lets it go however a process ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "up.lock"
TRIES, PAUSE = 5, 0.05  # somebody who only looks holds the lock for a moment


@contextmanager
def held(data: Path) -> Iterator[bool]:
    """Hold the folder's lock for the block; False where another process does."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data / FILE).open("w") as file:
        yield taken(file.fileno())


def taken(file: int) -> bool:
    """Try to take the lock; Windows has none of this kind, and no Temporal server to run either."""
    if sys.platform == "win32":
        return True
    import fcntl

    for _ in range(TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE)
        else:
            return True
    return False


def is_held(data: Path) -> bool:
    """Say whether a process holds the folder's lock."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        file = os.open(data / FILE, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
