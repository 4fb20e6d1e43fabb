"""The folder of a client: its settings, and what an error of its disk means."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from pydantic import Field

from wakeel.sdk import Connection, Connector
from wakeel.sdk.ports.files import Place, Root, disk_error


class LocalConnection(Connection):
    """A folder on this machine, or on a disk that it mounts."""

    root: str = Field(
        pattern="^/[^/].*", description="Folder that every path stays below, such as `/srv/nour`: this client's alone."
    )


@asynccontextmanager
async def open_client(connection: LocalConnection) -> AsyncIterator[Root]:
    """Find the folder; it is opened anew for each call, as its disk may come and go."""
    yield await asyncio.to_thread(Root.at, connection.root)


async def check(root: Root) -> None:
    """Open the folder."""
    os.close(await asyncio.to_thread(root.open))


@asynccontextmanager
async def at(root: Root, path: str, *, new: bool = False) -> AsyncIterator[Place]:
    """Open the place of a path in a thread: a disk on the network may be slow."""
    with ExitStack() as stack:
        yield await asyncio.to_thread(stack.enter_context, root.place(path, new=new))


local: Connector[Root] = Connector(
    "local", LocalConnection, open_client, disk_error, port="files", title="The folder", check=check
)
