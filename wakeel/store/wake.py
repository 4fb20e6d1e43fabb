"""Nudges: after a commit the dispatchers of all processes look at once instead of at their next sweep."""

from __future__ import annotations

import asyncio
from typing import Protocol


class Bell(Protocol):
    """A way to reach other processes; where it fails, their sweep comes later."""

    async def listen(self, rung: asyncio.Event) -> None:
        """Set the event whenever another process rings; may be called again."""

    async def ring(self) -> None:
        """Reach all processes that listen, as far as possible."""

    async def close(self) -> None:
        """Listen no longer."""


class Wake:
    """What dispatchers sleep on. A nudge while nobody waits is kept for the next one who does."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._rung = asyncio.Event()

    async def nudge(self) -> None:
        """Wake whoever waits, in this process and in the others."""
        self._rung.set()
        await self._bell.ring()

    async def wait(self, timeout: float) -> bool:
        """Sleep until a nudge or for a time in seconds; False where the time ran out."""
        await self._bell.listen(self._rung)
        try:
            async with asyncio.timeout(timeout):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True

    async def close(self) -> None:
        """Listen no longer."""
        await self._bell.close()
