"""Events at the door: kept once, before anybody hears yes."""

from __future__ import annotations

import asyncio
import time

from tests.store.made import LEASE, Opener, T, arrive, due, event, match
from wakeel.store import Kept, KeptEvent, Store
from wakeel.store.arrivals import DAY
from wakeel.store.database import ask


async def test_an_event_is_kept_once_however_often_it_comes(store: Store) -> None:
    first, again = await store.events.keep([event("1"), event("1")])
    (later,) = await store.events.keep([event("1")])
    assert first == Kept(first.id, new=True)
    assert again == later == Kept(first.id, new=False)


async def test_ten_deliveries_at_once_to_two_processes_make_one_event(opener: Opener) -> None:
    stores = await opener.open(), await opener.open()
    kept = await asyncio.gather(*(stores[n % 2].events.keep([event("1")]) for n in range(10)))
    assert sorted(one.new for (one,) in kept) == [False] * 9 + [True]
    assert len({one.id for (one,) in kept}) == 1


async def test_another_body_under_a_known_key_is_told_apart(store: Store) -> None:
    await store.events.keep([event("1")])
    (kept,) = await store.events.keep([event("1", body="other")])
    assert (kept.new, kept.conflict) == (False, True)
    assert [one.value() for one in await store.events.unmatched(9)] == [{"body": "body"}]


async def test_the_same_key_of_another_source_is_another_event(store: Store) -> None:
    kept = await store.events.keep([event("1"), event("1", source="hook/other")])
    assert [one.new for one in kept] == [True, True]


async def test_a_key_from_outside_may_hold_anything_and_be_of_any_length(store: Store) -> None:
    keys = ["\ud800\0'; --", "م" * 9000, "م" * 8999 + "ن"]
    assert [one.new for one in await store.events.keep([event(key) for key in keys])] == [True] * 3
    assert [one.new for one in await store.events.keep([event(key) for key in keys])] == [False] * 3
    assert [one.value() for one in await store.events.unmatched(9)] == [{"body": "body"}] * 3


async def test_answers_and_unmatched_events_stand_in_the_order_of_arrival(store: Store) -> None:
    kept = await store.events.keep([event("b"), event("a"), event("b"), event("c")])
    assert [one.new for one in kept] == [True, True, False, True]
    assert [one.key for one in await store.events.unmatched(2)] == ["b", "a"]


async def test_an_unmatched_event_has_all_that_was_kept(store: Store) -> None:
    given = KeptEvent("by_hand/nour/triage", "1#2", b'{"a": 1}', "h", T, T - 5, "nour", "2")
    await store.events.keep([given])
    (found,) = await store.events.unmatched(9)
    assert (found.source, found.key, found.value(), found.received) == (given.source, given.key, {"a": 1}, T)
    assert (found.occurred, found.client, found.again) == (T - 5, "nour", "2")


async def test_an_event_is_never_plain_text_in_the_database(store: Store) -> None:
    kept = await store.events.keep([event("1", body="canary"), event("2", body="canary", client="shared")])
    await store.events.matched(kept[1].id, [match("1"), match("1", activation="other/triage")])
    for table in ("events", "matches"):
        for row in await store.database.read(ask(f"SELECT data FROM {table}")):
            assert b"canary" not in (row["data"] or b"")


async def test_a_shared_event_becomes_a_copy_for_each_client_that_it_fits(store: Store) -> None:
    (kept,) = await store.events.keep([event("1", client=None)])
    await store.events.matched(kept.id, [match("1"), match("1", activation="other/triage")])
    rows = await store.database.read(ask("SELECT e.data, m.data AS own FROM events e JOIN matches m ON TRUE"))
    assert [row["data"] for row in rows] == [None, None]
    assert len({bytes(row["own"]) for row in rows}) == 2
    assert [one.value() for one in await store.events.claim_due("me", 9, now=T, lease=1)] == [{"body": "body"}] * 2


async def test_old_events_are_forgotten_but_none_that_is_young_or_waits(store: Store) -> None:
    old, now = time.time() - 61 * DAY, time.time()
    young, gone, unmatched, waiting = (KeptEvent("s", n, b"{}", "h", old, client="nour") for n in "1234")
    kept = await store.events.keep([KeptEvent("s", "1", b"{}", "h", now - 59 * DAY), gone, unmatched, waiting])
    await store.events.matched(kept[0].id, [])
    await store.events.matched(kept[1].id, [match("1")])
    await store.events.finished("nour/triage/1")
    await store.events.matched(kept[3].id, [match("2")])
    assert await store.events.forget(now) == 1
    assert [one.new for one in await store.events.keep([young, gone, unmatched, waiting])] == [
        False,
        True,
        False,
        False,
    ]
    assert await due(store) == ["2"]


async def test_an_event_is_matched_by_one_process_only(opener: Opener) -> None:
    stores = await opener.open(), await opener.open()
    (kept,) = await stores[0].events.keep([event("1")])
    won = await asyncio.gather(*(store.events.matched(kept.id, [match("1")]) for store in stores))
    assert sorted(won) == [False, True]
    assert await stores[0].events.unmatched(9) == []
    assert await stores[1].events.runs_of(kept.id) == ["nour/triage/1"]


async def test_two_events_of_one_identity_start_one_run(store: Store) -> None:
    await arrive(store, "1")
    (kept,) = await store.events.keep([event("other mailbox")])
    assert await store.events.matched(kept.id, [match("1")])
    assert await due(store) == ["1"]
    assert await due(store, now=T + LEASE) == ["1"]
    rows = await store.database.read(ask("SELECT state, reason FROM matches ORDER BY id"))
    assert [tuple(row) for row in rows] == [("pending", ""), ("skipped", "seen")]
