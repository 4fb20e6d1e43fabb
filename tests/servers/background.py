"""A thread with an event loop of its own, so that a server answers even while a test blocks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from aiohttp import web

T = TypeVar("T")


class Background:
    """An event loop that runs beside the tests."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True, name="test servers")
        self.thread.start()

    def run(self, work: Coroutine[Any, Any, T], within: float = 90) -> T:
        """Run a coroutine there and wait for its result here."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(within)

    @contextmanager
    def served(self, app: web.Application) -> Iterator[str]:
        """Serve an application on a free port; yield its address without a final slash."""
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        try:
            yield self.run(listening(runner))
        finally:
            self.run(runner.cleanup())

    def close(self) -> None:
        """End what still runs there, the loop and its thread."""
        self.run(cancelled())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


async def cancelled() -> None:
    """Cancel every other task of this loop: answers that are still being slow."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def listening(runner: web.AppRunner) -> str:
    """Bind to a port that the operating system gives."""
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"
