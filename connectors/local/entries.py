"""A file of the folder, as recipes see it."""

from __future__ import annotations

import asyncio
import mimetypes
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from wakeel.sdk import FileRef, Files
from wakeel.sdk.ports.files import Place, Root

PIECE = 256 * 1024  # bytes


def fields(root: Root, path: str, found: os.stat_result) -> dict[str, Any]:
    """Return what every answer tells of a file."""
    return {
        "path": path,
        "name": path.rpartition("/")[2],
        "size": found.st_size,
        "changed_at": datetime.fromtimestamp(found.st_mtime, UTC),
        "url": (root.path / path).as_uri(),
    }


async def fetch(place: Place, files: Files) -> tuple[FileRef, os.stat_result, bool]:
    """Copy a file to the run's own; also tell how it stood, and whether it stood still meanwhile."""
    file = await asyncio.to_thread(place.open)
    with file:
        before = os.fstat(file.fileno())
        kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        ref = await files.put(place.name, kind, pieces(file))
        after = os.fstat(file.fileno())
    return ref, after, (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)


async def pieces(file: BinaryIO) -> AsyncIterator[bytes]:
    """Read a file piece by piece."""
    while piece := await asyncio.to_thread(file.read, PIECE):
        yield piece
