"""Nudges between processes of one machine: a datagram socket for each that listens, in one folder."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

SHORT = Path("/proc/self/fd")  # a socket's path holds about 100 bytes; this way round it is short


class Sockets:
    """Rings by one byte to every socket in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: socket.socket | None = None
        self._name = f"{uuid.uuid4().hex[:12]}.socket"
        self._tried = False

    async def listen(self, rung: asyncio.Event) -> None:
        """Open this process's socket, once; without sockets the timeouts remain."""
        if self._tried:
            return
        self._tried = True
        own = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        own.setblocking(False)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with near(self._folder) as folder:
                own.bind(str(folder / self._name))
        except OSError:
            own.close()
            return
        self._own = own
        asyncio.get_running_loop().add_reader(own, heard, own, rung)

    async def ring(self) -> None:
        """Send a byte to each socket but our own; remove those of processes that are gone."""
        try:
            names = os.listdir(self._folder)  # noqa: PTH208 - names, not paths: this is hot
        except FileNotFoundError:
            return
        others = [name for name in names if name != self._name]
        if others:
            with near(self._folder) as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
                sender.setblocking(False)
                for name in others:
                    send(sender, folder / name)

    async def close(self) -> None:
        """Close this process's socket."""
        if self._own is not None:
            asyncio.get_running_loop().remove_reader(self._own)
            self._own.close()
            self._own = None
            (self._folder / self._name).unlink(missing_ok=True)


@contextlib.contextmanager
def near(folder: Path) -> Iterator[Path]:
    """Give a short path to a folder, where the system has one."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield SHORT / str(handle) if SHORT.exists() else folder
    finally:
        os.close(handle)


def send(sender: socket.socket, path: Path) -> None:
    """Send a byte; a full socket belongs to one who will look anyway."""
    try:
        sender.sendto(b"!", str(path))
    except (ConnectionRefusedError, FileNotFoundError):
        path.unlink(missing_ok=True)
    except OSError:
        return


def heard(own: socket.socket, rung: asyncio.Event) -> None:
    """Take all bytes that came."""
    with contextlib.suppress(OSError):
        while own.recv(16):
            rung.set()
