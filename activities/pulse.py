"""Signs of life of a call that takes long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


class Lost(Exception):
    """A beat said that the body must end."""


@asynccontextmanager
async def pulse(every: float, beat: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
    """Call `beat` every so many seconds; one that says no ends the body with Lost.

    A body that is over before the first beat pays one timer, no task.
    """
    body, loop = asyncio.current_task(), asyncio.get_running_loop()
    turning: asyncio.Task[None] | None = None
    lost = False

    async def turn() -> None:
        nonlocal lost
        while await beat():  # noqa: ASYNC110 - it beats, it does not wait for a state
            await asyncio.sleep(every)
        lost = True
        if body:
            body.cancel()

    def begin() -> None:
        nonlocal turning
        turning = loop.create_task(turn())

    timer = loop.call_later(every, begin)
    try:
        yield
    except asyncio.CancelledError:
        if lost and body and body.uncancel() == 0:
            raise Lost from None
        raise
    finally:
        timer.cancel()
        if turning:
            turning.cancel()
