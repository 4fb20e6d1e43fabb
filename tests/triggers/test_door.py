"""The door keeps each event once, whatever it holds, before anybody hears "yes"."""

from __future__ import annotations

from structlog.testing import capture_logs

from tests.triggers.conftest import Fish
from wakeel.sdk import Event
from wakeel.store import Store
from wakeel.triggers.door import Door


async def test_a_known_key_is_kept_once_in_each_source(store: Store) -> None:
    door = Door(store)
    first = await door.accept("a", "nour", [Event("1", Fish(n=1)), Event("2", Fish(n=2))])
    again = await door.accept("a", "nour", [Event("1", Fish(n=1)), Event("1", Fish(n=1))])
    other = await door.accept("b", "nour", [Event("1", Fish(n=1))])
    assert [kept.new for kept in (*first, *again, *other)] == [True, True, False, False, True]
    assert [kept.id for kept in again] == [first[0].id] * 2
    assert len(await store.events.unmatched(9)) == 3


async def test_nothing_to_keep_is_no_work(store: Store) -> None:
    assert await Door(store).accept("a", "nour", []) == []
    assert not await store.wake.wait(0)


async def test_whoever_starts_runs_is_woken_by_news_only(store: Store) -> None:
    door = Door(store)
    await door.accept("a", "nour", [Event("1", Fish(n=1))])
    assert await store.wake.wait(5)
    await door.accept("a", "nour", [Event("1", Fish(n=1))])
    assert not await store.wake.wait(0)


async def test_the_same_key_with_another_content_is_not_kept_and_the_operator_hears_of_it(store: Store) -> None:
    door = Door(store)
    await door.accept("a", "nour", [Event("1", Fish(n=1))])
    with capture_logs() as logs:
        [kept] = await door.accept("a", "nour", [Event("1", Fish(n=2))])
    assert (kept.new, kept.conflict) == (False, True)
    assert [(line["event"], line["source"]) for line in logs] == [("event_conflict", "a")]
    assert [found.value()["n"] for found in await store.events.unmatched(9)] == [1]


async def test_a_body_of_its_own_decides_what_is_the_same(store: Store) -> None:
    door = Door(store)
    await door.accept("a", "nour", [Event("1", Fish(n=1), b"raw")])
    [same] = await door.accept("a", "nour", [Event("1", Fish(n=2), b"raw")])
    [other] = await door.accept("a", "nour", [Event("1", Fish(n=1), b"RAW")])
    assert (same.conflict, other.conflict) == (False, True)


async def test_half_characters_from_outside_stop_nobody(store: Store) -> None:
    data = Fish(n=1, kind="ok \ud800 \udcff نور")
    [kept] = await Door(store).accept("a", "nour", [Event("k \ud800", data)])
    assert kept.new
    [found] = await store.events.unmatched(9)
    assert found.value() == {"n": 1, "kind": "ok ? ? نور"}
