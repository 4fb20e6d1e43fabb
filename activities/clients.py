"""Open clients, one for each account as it is now, shared by all calls of this worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog
from pydantic import ValidationError

from activities.errors import untouched, verdict
from wakeel.logs import blame
from wakeel.sdk import AuthError, Connection, Connector, Rejected
from wakeel.store import ConnectionRow, Store, StoreError, StoreUnavailable

SHARED = "shared"
GOODBYE = 10.0  # seconds that closing a client may take
logger = structlog.get_logger()


@dataclass(slots=True)
class Opened:
    """A client that is open, and how many calls use it."""

    version: str
    settings: Connection
    client: Any
    stack: AsyncExitStack
    users: int = 0
    stale: bool = False


@dataclass(slots=True)
class Clients:
    """Opens an account when it is first used and again when its settings changed."""

    store: Store
    opened: dict[str, Opened] = field(default_factory=dict[str, Opened])
    opening: dict[str, asyncio.Lock] = field(default_factory=dict[str, asyncio.Lock])

    @asynccontextmanager
    async def use(self, connector: Connector[Any], connection: str | None, client: str) -> AsyncIterator[Opened]:
        """Lend the account's client for one call; the account must belong to the run's client."""
        if connection is None:
            yield Opened("", connector.connection(), None, AsyncExitStack())
            return
        opened = await self.ready(connector, connection, client)
        opened.users += 1
        try:
            yield opened
        finally:
            opened.users -= 1
            if opened.stale and not opened.users:
                await shut(opened)

    async def ready(self, connector: Connector[Any], connection: str, client: str) -> Opened:
        """Return the account's open client; whatever fails here, nothing was asked of the service yet."""
        try:
            return await self.open(connector, await self.row(connection, client))
        except Exception as error:
            raise untouched(verdict(connector, error, "open")) from error

    async def row(self, connection: str, client: str) -> ConnectionRow:
        """Read the account's settings of now; refuse another client's."""
        row = await self.store.plans.connection(connection)
        if row is None or row.client not in {client, SHARED}:
            raise Rejected("the account is not there", code="W5007")
        return row

    async def open(self, connector: Connector[Any], row: ConnectionRow) -> Opened:
        """Return the open client of an account, opening it once however many calls ask."""
        async with self.opening.setdefault(row.id, asyncio.Lock()):
            known = self.opened.get(row.id)
            if known and known.version == row.version:
                return known
            await self.retire(row.id)
            settings = await self.settings(connector, row)
            stack = AsyncExitStack()
            client = await stack.enter_async_context(connector.open(settings))
            self.opened[row.id] = Opened(row.version, settings, client, stack)
            return self.opened[row.id]

    async def settings(self, connector: Connector[Any], row: ConnectionRow) -> Connection:
        """Build the account's settings with its secrets, which live nowhere else."""
        try:
            return connector.connection.model_validate(await self.store.secrets.reveal(row.fields, row.client))
        except StoreUnavailable:
            raise
        except StoreError as error:
            raise AuthError(str(error), code="W5009") from error
        except ValidationError as error:
            fields = sorted({str(e["loc"][0]) if e["loc"] else "its fields" for e in error.errors()})
            raise AuthError("its settings cannot be read: " + ", ".join(fields)) from None

    async def retire(self, connection: str) -> None:
        """Forget an account's client; it is closed when its last call is over."""
        known = self.opened.pop(connection, None)
        if known:
            known.stale = True
            if not known.users:
                await shut(known)

    async def close(self) -> None:
        """Close every client."""
        for connection in list(self.opened):
            await self.retire(connection)


async def shut(opened: Opened) -> None:
    """Close a client; a goodbye that fails harms nobody."""
    try:
        async with asyncio.timeout(GOODBYE):
            await opened.stack.aclose()
    except Exception as error:  # noqa: BLE001 - the call before it went well
        logger.info("goodbye_failed", **blame(error))
