"""Wait for what is to happen, never longer than it may take, and never for a fixed time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TypeVar

T = TypeVar("T")
EVERY = 0.05  # seconds between looks


async def until(look: Callable[[], T | Awaitable[T]], what: str, within: float = 30) -> T:
    """Look again and again until there is something; return it, or fail with the last thing seen."""
    end = time.monotonic() + within
    while True:
        found = look()
        seen: T = await found if isawaitable(found) else found  # type: ignore[assignment]
        if seen:
            return seen
        assert time.monotonic() < end, f"not within {within:.0f} s: {what} (last seen: {seen!r})"
        await asyncio.sleep(EVERY)
