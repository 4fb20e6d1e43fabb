"""`wakeel worker`: serve runs until told to end."""

from __future__ import annotations

import asyncio
import gc
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wakeel.settings import Settings


READY = "Worker ready"  # printed whatever is logged: `wakeel up` waits for it


def worker() -> None:
    """Serve runs until told to end; scale by starting more."""
    from wakeel.cli.installation import found

    serve(found())


def serve(settings: Settings) -> None:
    """Run a worker until SIGTERM or Ctrl-C, then let calls under way end."""
    from wakeel.logs import configure
    from wakeel.runtime import leave

    configure(settings.log)
    run(work(settings))
    leave()


def run(main: object) -> None:
    """Run on uvloop where it is there."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(main)  # type: ignore[arg-type]
    else:
        uvloop.run(main)  # type: ignore[arg-type]


def settle() -> None:
    """Spare the collector what was made at the start and stays: it would look at all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


async def work(settings: Settings) -> None:
    """Open everything, wait for Temporal, and work until a signal comes."""
    from wakeel.runtime import connect_patiently, open_store, working

    over = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, over.set)
    async with open_store(settings) as store:
        client = await connect_patiently(over)
        if client is None:
            return
        async with working(client, store, settings):
            settle()
            print(READY, flush=True)
            await over.wait()
