"""Nudges: who sleeps wakes at once, in this process and in others."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from tests.store.made import KEY, Opener, child, line
from wakeel.store import Store

LISTENER = f"""
import asyncio, sys
from pathlib import Path
from wakeel.store import Store
async def main() -> None:
    store = await Store.open(sys.argv[1], data=Path(sys.argv[2]), key={KEY!r}, env={{}})
    await store.wake.wait(0)
    print("listening", flush=True)
    print(await store.wake.wait(60), flush=True)
    await store.close()
asyncio.run(main())
"""


async def test_a_sleeper_wakes_when_it_is_nudged(store: Store) -> None:
    sleepers = [asyncio.create_task(store.wake.wait(60)) for _ in range(3)]
    await store.wake.wait(0)
    await store.wake.nudge()
    assert await asyncio.gather(*sleepers) == [True] * 3


async def test_a_nudge_while_nobody_sleeps_is_not_lost_and_counts_once(store: Store) -> None:
    await store.wake.nudge()
    await store.wake.nudge()
    assert await store.wake.wait(60)
    assert not await store.wake.wait(0)


async def test_without_a_nudge_the_time_runs_out(store: Store) -> None:
    start = time.monotonic()
    assert not await store.wake.wait(0.05)
    assert time.monotonic() - start >= 0.05


async def test_another_process_wakes_after_a_nudge(opener: Opener) -> None:
    store = await opener.open()
    process = await child(LISTENER, opener.url, str(opener.data))
    assert await line(process) == "listening"
    await store.wake.nudge()
    assert await line(process) == "True"
    assert await process.wait() == 0


async def test_two_stores_of_one_process_wake_each_other(opener: Opener) -> None:
    one, other = await opener.open(), await opener.open()
    await other.wake.wait(0)
    await one.wake.nudge()
    assert await other.wake.wait(60)


async def test_the_socket_of_a_killed_process_is_removed_by_the_next_nudge(sqlite: Store, tmp_path: Path) -> None:
    process = await child(LISTENER, f"sqlite:///{tmp_path / 'wakeel.db'}", str(tmp_path / "data"))
    assert await line(process) == "listening"
    process.kill()
    await process.wait()
    assert len(list((tmp_path / "data" / "wake").iterdir())) == 1
    await sqlite.wake.nudge()
    assert not list((tmp_path / "data" / "wake").iterdir())
