"""The files port: bytes of one client in a folder, encrypted, under the hash of what they were."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import unicodedata
import uuid
from collections.abc import AsyncIterable, AsyncIterator
from pathlib import Path
from typing import BinaryIO

from wakeel.sdk.files import FileRef
from wakeel.store.cipher import Cipher
from wakeel.store.errors import FileMissing
from wakeel.store.pieces import PIECE, Opener, Sealer

LONGEST = 120  # bytes of a file's name: archives and services cut beyond
HIDDEN = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # they turn the order of what is read
CLIENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class Blobs:
    """The files of one client; implements `wakeel.sdk.files.Files`."""

    def __init__(self, folder: Path, client: str, cipher: Cipher) -> None:
        if not CLIENT.fullmatch(client):
            msg = f"{client!r} is no id of a client"
            raise ValueError(msg)
        self._folder = folder / client
        self._cipher = cipher
        self._purpose = f"blobs/{client}"

    async def put(self, name: str, media_type: str, data: bytes | AsyncIterable[bytes]) -> FileRef:
        """Keep bytes under their hash; equal bytes are stored once."""
        draft = self._folder / f"{uuid.uuid4().hex}.part"
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        try:
            sha256, size = await self._write(draft, whole(data) if isinstance(data, bytes) else data)
            await asyncio.to_thread(settle, draft, self._path(sha256))
        finally:
            draft.unlink(missing_ok=True)
        return FileRef(sha256=sha256, name=clean_name(name), media_type=media_type, size=size)

    async def get(self, ref: FileRef) -> bytes:
        """Return all bytes of a file, or raise FileMissing."""
        return b"".join([piece async for piece in self.stream(ref)])

    async def stream(self, ref: FileRef) -> AsyncIterator[bytes]:
        """Yield a file in pieces of at most 64 KiB; the last one is checked like the first."""
        seen = hashlib.sha256()
        file = await asyncio.to_thread(opened, self._path(ref.sha256), ref.name)
        try:
            opener = Opener(file, self._cipher, self._purpose)
            while piece := await asyncio.to_thread(opener.next_piece, ref.name):
                seen.update(piece)
                yield piece
        finally:
            file.close()
        if seen.hexdigest() != ref.sha256:
            raise FileMissing("W5912", name=ref.name)

    async def _write(self, draft: Path, data: AsyncIterable[bytes]) -> tuple[str, int]:
        seen, size, rest = hashlib.sha256(), 0, bytearray()
        with draft.open("wb") as file:
            sealer = Sealer(file, self._cipher, self._purpose)
            async for some in data:
                seen.update(some)
                size += len(some)
                rest += some
                await asyncio.to_thread(sealer.full_pieces, rest)
            await asyncio.to_thread(sealer.last_piece, rest)
        return seen.hexdigest(), size

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


async def whole(data: bytes) -> AsyncIterator[bytes]:
    """Yield bytes that are in memory."""
    for start in range(0, len(data), 16 * PIECE):
        yield data[start : start + 16 * PIECE]


def settle(draft: Path, path: Path) -> None:
    """Give a finished draft its name; after a power cut the file is whole or not there."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        draft.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def opened(path: Path, name: str) -> BinaryIO:
    """Open a file of the store."""
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise FileMissing("W5912", name=name) from error


def clean_name(name: str) -> str:
    """Return a name that is safe to show and to save: no path, nothing hidden, at most 120 bytes."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in HIDDEN.sub("", last) if unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"})
    return shortened(shown.strip(" .")) or "file"


def shortened(name: str) -> str:
    """Cut a name to 120 bytes, but not its ending."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 16:
        stem, dot, ending = name, "", ""
    room = LONGEST - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + ending
