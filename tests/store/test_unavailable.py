"""A full disk, a locked, lost or damaged file, a server that is away: a sentence now, and work goes on later."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.store.made import Opener, claim, event
from wakeel.store import Store, StoreUnavailable
from wakeel.store.database import ask

HUGE = 2**30


async def fails(store: Store, code: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        await store.events.keep([event("lost", body="x" * 100_000)])
    assert caught.value.code == code
    assert "sqlite" not in str(caught.value).lower()


async def works(store: Store, key: str) -> None:
    (kept,) = await store.events.keep([event(key)])
    assert kept.new


def move(folder: Path, other: Path) -> None:
    other.mkdir(exist_ok=True)
    for part in folder.glob("wakeel.db*"):
        part.rename(other / part.name)


async def test_a_full_disk_refuses_and_work_goes_on_when_there_is_space(sqlite: Store) -> None:
    await works(sqlite, "before")
    (pages,) = await sqlite.database.write(ask("PRAGMA page_count"))
    await sqlite.database.write(ask(f"PRAGMA max_page_count = {pages[0] + 2}"))
    await fails(sqlite, "W5901")
    await sqlite.database.write(ask(f"PRAGMA max_page_count = {HUGE}"))
    await works(sqlite, "after")
    assert [one.key for one in await sqlite.events.unmatched(9)] == ["before", "after"]


async def test_on_a_full_disk_whoever_was_told_yes_is_there(sqlite: Store) -> None:
    (pages,) = await sqlite.database.write(ask("PRAGMA page_count"))
    await sqlite.database.write(ask(f"PRAGMA max_page_count = {pages[0] + 20}"))
    answers = await asyncio.gather(
        *(sqlite.events.keep([event(str(n), body="x" * 2000)]) for n in range(100)), return_exceptions=True
    )
    said_yes = {str(n) for n, answer in enumerate(answers) if not isinstance(answer, BaseException)}
    assert {type(answer) for answer in answers} <= {list, StoreUnavailable}
    assert len(said_yes) < 100
    await sqlite.database.write(ask(f"PRAGMA max_page_count = {HUGE}"))
    assert {one.key for one in await sqlite.events.unmatched(200)} == said_yes


async def test_a_database_that_another_program_holds_refuses_and_recovers(sqlite: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "wakeel.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await fails(sqlite, "W5902")
    assert await sqlite.events.unmatched(9) == []
    other.execute("ROLLBACK")
    other.close()
    await works(sqlite, "after")


async def test_a_file_that_is_gone_takes_no_event_along(sqlite: Store, tmp_path: Path) -> None:
    await works(sqlite, "before")
    move(tmp_path, tmp_path / "aside")
    await fails(sqlite, "W5903")
    await fails(sqlite, "W5903")
    move(tmp_path / "aside", tmp_path)
    await works(sqlite, "after")
    assert [one.key for one in await sqlite.events.unmatched(9)] == ["before", "after"]


async def test_a_file_that_is_no_database_is_refused_when_the_store_opens(tmp_path: Path) -> None:
    (tmp_path / "wakeel.db").write_bytes(b"no database" * 1000)
    opener = Opener(f"sqlite:///{tmp_path / 'wakeel.db'}", tmp_path)
    with pytest.raises(StoreUnavailable) as caught:
        await opener.open()
    assert str(caught.value) == "The database file wakeel.db is damaged."


async def test_a_server_that_is_away_is_a_sentence(tmp_path: Path) -> None:
    opener = Opener(f"postgresql://nobody@/none?host={tmp_path}", tmp_path)
    with pytest.raises(StoreUnavailable) as caught:
        await opener.open()
    assert caught.value.code == "W5906"


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_connections_that_a_server_ended_are_made_again(opener: Opener, dialect: str, postgres: Any) -> None:
    store = await opener.open()
    await store.wake.wait(0)
    name = opener.url.split("/")[3].split("?")[0]
    postgres.psql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}';")
    answers = [await asyncio.gather(claim(store, f"nour/r/{n}/steps/0", "a"), return_exceptions=True) for n in range(5)]
    assert {type(answer[0]).__name__ for answer in answers} <= {"Claim", "StoreUnavailable"}
    assert (await claim(store, "nour/r/9/steps/0", "a")).state == "new"
    await store.wake.wait(0)
    await (await opener.open()).wake.nudge()
    assert await store.wake.wait(60)
