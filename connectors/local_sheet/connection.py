"""The folder of a client's sheets, and a lock for each."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pydantic import Field

from wakeel.sdk import Connection, Connector
from wakeel.sdk.ports.files import Root, disk_error


class LocalSheetConnection(Connection):
    """A folder of CSV and XLSX files on this machine, or on a disk that it mounts."""

    root: str = Field(
        pattern="^/[^/].*", description="Folder that every path stays below, such as `/srv/nour`: this client's alone."
    )


@dataclass(frozen=True, slots=True)
class Sheets:
    """The folder, and who writes to which of its sheets now."""

    root: Root
    writing: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))


@asynccontextmanager
async def open_client(connection: LocalSheetConnection) -> AsyncIterator[Sheets]:
    """Find the folder; its files are opened anew for each call."""
    yield Sheets(await asyncio.to_thread(Root.at, connection.root))


async def check(sheets: Sheets) -> None:
    """Open the folder."""
    os.close(await asyncio.to_thread(sheets.root.open))


local_sheet: Connector[Sheets] = Connector(
    "local_sheet", LocalSheetConnection, open_client, disk_error, port="sheet", title="The sheet", check=check
)
