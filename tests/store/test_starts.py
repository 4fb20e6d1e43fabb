"""Which runs may start: each once, by one dispatcher at a time, and in the order of its queue."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tests.store.made import LEASE, Opener, T, arrive, due, event, match
from wakeel.store import RunRow, Store


async def test_a_run_that_is_due_brings_all_that_its_start_needs(store: Store) -> None:
    await arrive(store, "1")
    (row,) = await store.events.claim_due("me", 9, now=T, lease=LEASE)
    assert (row.activation, row.version, row.start, row.run_id) == ("nour/triage", "v1", 0, "nour/triage/1")
    assert (row.source, row.key, row.value(), row.received) == ("hook/web", "1", {"body": "body"}, T)
    assert row.tries == 1


async def test_nothing_is_due_where_nothing_was_matched(store: Store) -> None:
    await store.events.keep([event("1")])
    assert await due(store) == []


async def test_a_skipped_activation_starts_nothing(store: Store) -> None:
    (kept,) = await store.events.keep([event("1")])
    await store.events.matched(kept.id, [replace(match("1"), state="skipped")])
    assert await due(store) == []
    assert await store.events.runs_of(kept.id) == []


async def test_a_claimed_run_comes_again_when_its_dispatcher_died(store: Store) -> None:
    await arrive(store, "1")
    assert await due(store) == ["1"]
    assert await due(store, now=T + LEASE - 1) == []
    assert await due(store, now=T + LEASE) == ["1"]


async def test_two_dispatchers_never_hold_the_same_run(opener: Opener) -> None:
    stores = await opener.open(), await opener.open()
    await arrive(stores[0], *map(str, range(30)))
    claims = await asyncio.gather(*(due(stores[n % 2], limit=4) for n in range(10)))
    taken = [run for claimed in claims for run in claimed]
    assert sorted(taken, key=int) == [str(n) for n in range(30)]


async def test_a_started_run_is_listed_and_does_not_come_again(store: Store) -> None:
    await arrive(store, "1")
    (row,) = await store.events.claim_due("me", 9, now=T, lease=LEASE)
    await store.events.started(row.id, "t1")
    await store.events.started(row.id, "t1")
    assert await due(store, now=T + 2 * LEASE) == []
    (run,) = await store.runs.list()
    assert (run.run_id, run.client, run.recipe, run.version) == ("nour/triage/1", "nour", "triage", "v1")
    assert (run.event_id, run.temporal_run_id, run.state) == (row.event_id, "t1", "running")


async def test_a_start_that_failed_comes_again_at_its_time(store: Store) -> None:
    await arrive(store, "1")
    (row,) = await store.events.claim_due("me", 9, now=T, lease=LEASE)
    await store.events.failed_start(row.id, "Temporal is away", retry_at=T + 1)
    assert await due(store, now=T + 0.5) == []
    (again,) = await store.events.claim_due("me", 9, now=T + 1, lease=LEASE)
    assert again.tries == 2


async def test_a_queue_lets_one_run_go_at_a_time_in_order(store: Store) -> None:
    await arrive(store, "1", "2", "3", queue="thread")
    for run in ("1", "2", "3"):
        (row,) = await store.events.claim_due("me", 9, now=T, lease=LEASE)
        assert row.run_id == f"nour/triage/{run}"
        assert await due(store) == []
        await store.events.started(row.id, "t")
        assert await due(store, now=T + 2 * LEASE) == []
        assert await store.events.finished(row.run_id) == (run != "3")


async def test_other_queues_and_runs_without_one_do_not_wait(store: Store) -> None:
    await arrive(store, "1", "2", queue="a")
    await arrive(store, "3", queue="b")
    await arrive(store, "4")
    assert await due(store) == ["1", "3", "4"]


async def test_the_same_queue_key_of_two_activations_is_two_queues(store: Store) -> None:
    kept = await store.events.keep([event("1"), event("2")])
    await store.events.matched(kept[0].id, [match("1", queue="a")])
    await store.events.matched(kept[1].id, [match("1", activation="nour/other", queue="a")])
    assert await due(store) == ["1", "1"]


async def test_a_dead_dispatcher_holds_its_place_in_the_queue(store: Store) -> None:
    await arrive(store, "1", "2", queue="a")
    assert await due(store) == ["1"]
    assert await due(store, now=T + LEASE) == ["1"]
    assert await due(store, now=T + LEASE) == []


async def test_many_who_wait_in_a_queue_hide_nobody_behind_them(store: Store) -> None:
    await arrive(store, *map(str, range(20)), queue="a")
    await arrive(store, "free")
    assert await due(store, limit=2) == ["0", "free"]


async def test_a_run_may_end_before_its_start_was_written_down(store: Store) -> None:
    await arrive(store, "1", "2", queue="a")
    (row,) = await store.events.claim_due("me", 9, now=T, lease=LEASE)
    await store.events.finished(row.run_id)
    await store.events.started(row.id, "t")
    assert await due(store, now=T + 2 * LEASE) == ["2"]


async def test_a_sweep_sees_the_runs_that_others_wait_for(store: Store) -> None:
    await arrive(store, "1", "2", "3", queue="a")
    await arrive(store, "4", queue="b")
    for row in await store.events.claim_due("me", 9, now=T, lease=LEASE):
        await store.events.started(row.id, "t")
    assert await store.events.waiting_behind() == ["nour/triage/1"]


async def test_an_archived_run_releases_its_queue(store: Store) -> None:
    await arrive(store, "1", "2", queue="a")
    (row,) = await store.events.claim_due("me", 9, now=T, lease=LEASE)
    await store.events.started(row.id, "t")
    assert await due(store) == []
    assert await store.runs.archive([RunRow(row.run_id, "t", "terminated", T)])
    assert await due(store) == ["2"]


async def test_dispatchers_who_race_for_queues_never_run_two_of_one(opener: Opener) -> None:
    stores = await opener.open(), await opener.open()
    for number in range(12):
        await arrive(stores[0], str(number), queue=f"q{number % 3}")
    order: dict[str, list[str]] = {"q0": [], "q1": [], "q2": []}
    busy: set[str | None] = set()

    async def dispatch(store: Store) -> None:
        while sum(map(len, order.values())) < 12:
            for row in await store.events.claim_due("me", 2, now=T, lease=LEASE):
                assert row.queue_key not in busy
                busy.add(row.queue_key)
                await store.events.started(row.id, "t")
                order[row.queue_key or ""].append(row.key)
                busy.remove(row.queue_key)
                await store.events.finished(row.run_id)

    await asyncio.gather(*(dispatch(store) for store in stores for _ in range(2)))
    assert order == {f"q{n}": [str(n + 3 * turn) for turn in range(4)] for n in range(3)}
