"""SQLite's write lane: one commit for all who wait, and nobody falls with another."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.store.made import claim
from wakeel.store import Store
from wakeel.store.database import Job, ask

INSERT = "INSERT INTO facts (name, value) VALUES ($1, $2)"


@asynccontextmanager
async def held_up(store: Store) -> AsyncIterator[None]:
    """Keep the lane at one job, so that what is asked meanwhile waits together."""
    begun, go = threading.Event(), threading.Event()
    job = asyncio.create_task(store.database.write(waiting(begun, go)))
    await asyncio.to_thread(begun.wait)
    yield
    go.set()
    await job


def waiting(begun: threading.Event, go: threading.Event) -> Job[None]:
    begun.set()
    go.wait(30)
    yield "SELECT 1", ()


def seen(path: Path) -> Job[tuple[int, int]]:
    """Count the rows that this transaction sees, and those that another connection sees."""
    inside = (yield "SELECT COUNT(*) AS n FROM facts WHERE value = 'x'", ())[0]["n"]
    other = sqlite3.connect(path)
    outside = other.execute("SELECT COUNT(*) FROM facts WHERE value = 'x'").fetchone()[0]
    other.close()
    return inside, outside


def failing() -> Job[None]:
    yield INSERT, ("half", "x")
    raise ValueError


async def test_jobs_that_wait_together_share_one_commit(sqlite: Store, tmp_path: Path) -> None:
    async with held_up(sqlite):
        writes = [asyncio.ensure_future(sqlite.database.write(ask(INSERT, str(n), "x"))) for n in range(50)]
        look = asyncio.ensure_future(sqlite.database.write(seen(tmp_path / "wakeel.db")))
        await asyncio.sleep(0)
    await asyncio.gather(*writes)
    assert await look == (50, 0)


async def test_a_job_that_fails_takes_back_its_own_rows_only(sqlite: Store) -> None:
    async with held_up(sqlite):
        jobs = [ask(INSERT, "before", "x"), failing(), ask(INSERT, "half", "x"), ask(INSERT, "half", "x")]
        found = [asyncio.ensure_future(sqlite.database.write(job)) for job in jobs]
        await asyncio.sleep(0)
    before, failed, half, again = await asyncio.gather(*found, return_exceptions=True)
    assert (before, half) == ([], [])
    assert isinstance(failed, ValueError)
    assert isinstance(again, sqlite3.IntegrityError)
    rows = await sqlite.database.read(ask("SELECT name FROM facts WHERE value = 'x' ORDER BY name"))
    assert [row["name"] for row in rows] == ["before", "half"]


async def test_a_waiter_who_gives_up_does_not_disturb_the_others(sqlite: Store) -> None:
    async with held_up(sqlite):
        gone = asyncio.ensure_future(claim(sqlite, "nour/r/1/steps/0", "gone"))
        stays = asyncio.ensure_future(claim(sqlite, "nour/r/2/steps/0", "stays"))
        await asyncio.sleep(0)
        gone.cancel()
    assert (await stays).state == "new"
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_what_was_asked_before_the_store_closes_is_kept(sqlite: Store, tmp_path: Path) -> None:
    writes = [asyncio.ensure_future(sqlite.database.write(ask(INSERT, str(n), "x"))) for n in range(50)]
    await asyncio.sleep(0)
    await sqlite.database.close()
    await asyncio.gather(*writes)
    with sqlite3.connect(tmp_path / "wakeel.db") as other:
        assert other.execute("SELECT COUNT(*) FROM facts WHERE value = 'x'").fetchone() == (50,)
    other.close()
