"""Wait for what is to happen, never longer than it may take, and never for a fixed time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
NEAR, FAR = 0.1, 0.25  # seconds between looks at our own servers, and at Temporal


async def until(look: Callable[[], T], what: str, within: float = 90) -> T:
    """Look again and again until there is something; return it, or fail with the last thing seen."""

    async def told() -> T:
        return look()

    return await until_told(told, what, within, NEAR)


async def until_told(ask: Callable[[], Awaitable[T]], what: str, within: float = 90, every: float = FAR) -> T:
    """Ask again and again until there is something; return it, or fail with the last thing heard."""
    end = time.monotonic() + within
    while not (found := await ask()):
        assert time.monotonic() < end, f"not within {within:.0f} s: {what} (last: {found!r})"
        await asyncio.sleep(every)
    return found
