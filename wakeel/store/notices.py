"""Nudges between processes that share a PostgreSQL server: LISTEN and NOTIFY."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from wakeel.store.database import ask
from wakeel.store.errors import StoreUnavailable
from wakeel.store.postgres import Postgres, in_words

CHANNEL = "wakeel"


class Notices:
    """Rings by NOTIFY; listens on a connection of its own."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self._ears: Any = None
        self._opening = asyncio.Lock()

    async def listen(self, rung: asyncio.Event) -> None:
        """Listen, again where the connection was lost; without one the timeouts remain."""
        async with self._opening:
            if self._ears is None or self._ears.is_closed():
                with contextlib.suppress(StoreUnavailable), in_words():
                    self._ears = await self._postgres.connect()
                    await self._ears.add_listener(CHANNEL, lambda *_notice: rung.set())

    async def ring(self) -> None:
        """Tell all who listen."""
        with contextlib.suppress(StoreUnavailable):
            await self._postgres.write(ask("SELECT pg_notify($1, '')", CHANNEL), atomic=False)

    async def close(self) -> None:
        """Listen no longer."""
        if self._ears is not None:
            with contextlib.suppress(StoreUnavailable), in_words():
                await self._ears.close()
            self._ears = None
