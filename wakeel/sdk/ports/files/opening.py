"""Folders and names inside an open folder, reached without following a link."""

from __future__ import annotations

import os
from contextlib import suppress

from wakeel.sdk.errors import Rejected
from wakeel.sdk.ports.files.paths import alike, shown

SAFE = {os.open, os.stat, os.mkdir, os.rename, os.unlink, os.link} <= os.supports_dir_fd  # not so on Windows
NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
READ = os.O_RDONLY | NO_LINKS | getattr(os, "O_NONBLOCK", 0)  # a pipe must not make anybody wait


def entered(folder: int, here: list[str], *, make: bool) -> int:
    """Open the last of these folders; raise Rejected where there is none."""
    try:
        return opened(folder, here[-1], make=make)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Rejected(f"there is no folder “{shown('/'.join(here))}”") from error


def opened(folder: int, name: str, *, make: bool) -> int:
    """Open a folder in an open folder."""
    if make:
        with suppress(FileExistsError):
            os.mkdir(name, 0o750, dir_fd=folder)
    return os.open(name, FOLDER | NO_LINKS, dir_fd=folder)


def spelled(folder: int, name: str) -> str:
    """Return a name as the folder spells it already: other disks would take the two for one."""
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        wanted = alike(name)
        return next((there for there in sorted(os.listdir(folder)) if alike(there) == wanted), name)
    return name
