"""CPU and time of one write to the effect ledger and of one event kept at the door, on both databases.

`python -m bench.ledger --help`
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path

from wakeel.store import KeptEvent, Store

BODY = b'{"subject": "hello"}' * 20


async def claim_and_done(store: Store, number: int) -> None:
    """Make the two writes of one step."""
    key, now = f"nour/triage/{number}/steps/0", time.time()
    await store.effects.claim(
        key,
        client="nour",
        run=f"nour/triage/{number}",
        step="steps/0",
        action="trello.create_card",
        owner="one",
        now=now,
        until=now + 10,
        input=BODY,
    )
    await store.effects.done(key, "one", BODY, links={"card": "https://example.com/1"})


async def keep(store: Store, number: int) -> None:
    """Keep one event."""
    await store.events.keep([KeptEvent("hook/web", str(number), BODY, "hash", time.time(), client="nour")])


async def measured(
    work: Callable[[Store, int], Awaitable[None]], store: Store, numbers: range, at_once: int
) -> tuple[float, float]:
    """Return CPU and wall seconds of doing the work for each number."""
    gate = asyncio.Semaphore(at_once)

    async def one(number: int) -> None:
        async with gate:
            await work(store, number)

    cpu, wall = time.process_time(), time.perf_counter()
    await asyncio.gather(*(one(number) for number in numbers))
    return time.process_time() - cpu, time.perf_counter() - wall


async def bench(name: str, url: str, data: Path, given: argparse.Namespace) -> None:
    """Print the numbers of one database."""
    store = await Store.open(url, data=data, key=os.urandom(32), durable=not given.fast)
    start = time.time_ns()  # a database that was used before has none of these keys
    for what, work, writes in (("ledger write", claim_and_done, 2), ("door keep", keep, 1)):
        for at_once in (1, given.at_once):
            numbers = range(start, start + given.times)
            start += given.times
            cpu, wall = await measured(work, store, numbers, at_once)
            per = 1000 / (given.times * writes)
            print(f"{name:10} {what:12} {at_once:3} at once: {cpu * per:6.3f} ms CPU, {wall * per:6.3f} ms")
    await store.close()


def main() -> None:
    """Measure SQLite in a new folder, and PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000, help="steps or events for each line")
    parser.add_argument("--at-once", type=int, default=20, help="how many callers there are at the same time")
    parser.add_argument("--fast", action="store_true", help="do not wait for the disk")
    parser.add_argument("--postgres", help="address of a database; without it pgserver starts one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(bench("sqlite", f"sqlite:///{folder / 'wakeel.db'}", folder, given))
        asyncio.run(bench("postgresql", given.postgres or started(folder / "postgres"), folder, given))


def started(folder: Path) -> str:
    """Start a PostgreSQL server that ends with this process, and return its address."""
    with warnings.catch_warnings(action="ignore"):
        from pgserver.postgres_server import get_server
    url: str = get_server(folder, cleanup_mode="stop").get_uri()
    return url


if __name__ == "__main__":
    main()
