"""Each run is started once, as soon as it may, whoever races and whoever is away."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from structlog.testing import capture_logs
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter

from tests.faults.waiting import until_told
from tests.servers.process import free_port
from tests.triggers.conftest import WAIT, House, note
from wakeel.language.plan import RunResult
from wakeel.store import Store
from wakeel.triggers.dispatch import CLIENT, RECIPE, Dispatcher
from wakeel.triggers.matching import run_id

ONE_AT_A_TIME: dict[str, Any] = {"one_at_a_time_per": {"$expr": "event.kind"}}

TOO_LARGE = "Temporal refuses it: Blob data size exceeds limit."


async def status(house: House, run: str) -> WorkflowExecutionStatus | None:
    return (await house.client.get_workflow_handle(run).describe()).status


async def test_a_kept_event_becomes_a_run_with_its_data(working: House) -> None:
    made = working.plan(steps=[note({"$text": ["n is ", {"$expr": "event.n"}]})])
    await working.live(made)
    await working.keep(7)
    await working.dispatched()
    handle: WorkflowHandle[object, RunResult] = working.client.get_workflow_handle(
        run_id(made, "f:7"), result_type=RunResult
    )
    assert (await handle.result()).notes == ["n is 7"]
    told = await handle.describe()
    assert told.workflow_type == "triage"
    assert (told.typed_search_attributes.get(CLIENT), told.typed_search_attributes.get(RECIPE)) == (
        working.prefix,
        "triage",
    )
    assert await working.matches() == [("started", "")]


async def test_an_event_that_comes_twice_starts_one_run_however_many_dispatch(working: House) -> None:
    await working.live(working.plan())
    others = [Dispatcher(working.client, working.store, working.queue) for _ in range(4)]
    for n in (1, 2, 3, 1, 2, 3):
        await working.keep(n)
    await asyncio.gather(*(other.turn() for other in others))
    await asyncio.gather(*(other.turn() for other in others))
    assert await working.matches() == [("started", "")] * 3
    assert len(await working.runs()) == 3


async def test_a_run_that_temporal_knows_counts_as_started(working: House) -> None:
    made = working.plan()
    await working.live(made)
    await working.keep(1)
    await working.dispatched()
    await working.client.get_workflow_handle(run_id(made, "f:1")).result()
    await working.keep(1, source=f"by_hand/{made.activation}")  # the same identity by another way
    await working.dispatched()
    assert await working.matches() == [("started", ""), ("skipped", "seen")]


async def test_every_activation_that_asks_has_its_own_run(working: House) -> None:
    await working.live(
        working.plan(),
        working.plan(recipe="other"),
        working.plan(working.start(args={"kind": "pike"}), recipe="pikes-only"),
        working.plan(recipe="resting", state="paused"),
        working.plan(working.start(only_if="event.n / 0 > 1"), recipe="wrong"),
    )
    await working.keep(1)
    await working.dispatched()
    assert sorted(await working.matches()) == [
        ("skipped", "W3105"),
        ("skipped", "paused"),
        ("started", ""),
        ("started", ""),
    ]
    assert len(await working.runs()) == 2


async def test_resuming_an_activation_starts_no_storm(working: House) -> None:
    await working.live(working.plan(state="paused"))
    await working.keep(1)
    await working.dispatched()
    await working.live(working.plan())
    await working.keep(2)
    await working.dispatched()
    assert await working.matches() == [("skipped", "paused"), ("started", "")]


async def test_a_matched_event_keeps_its_version_of_the_plan(working: House) -> None:
    old = working.plan(steps=[note("old")])
    await working.live(old)
    await working.keep(1)
    turned = Dispatcher(await away(), working.store, working.queue)
    await turned.turn()
    await working.live(working.plan(steps=[note("new")]))
    await working.keep(2)

    async def both_started() -> bool:
        await working.dispatched()
        return [state for state, _reason in await working.matches()] == ["started", "started"]

    await until_told(both_started, "both runs are started")
    for n, words in ((1, "old"), (2, "new")):
        handle = working.client.get_workflow_handle(run_id(old, f"f:{n}"), result_type=RunResult)
        assert (await handle.result()).notes == [words]


async def away() -> Client:
    """Return a client of a server that is not there."""
    return await Client.connect(f"127.0.0.1:{free_port()}", lazy=True, data_converter=pydantic_data_converter)


async def test_while_temporal_is_away_the_start_waits_and_then_succeeds(working: House) -> None:
    await working.live(working.plan())
    await working.keep(1)
    dispatcher = Dispatcher(await away(), working.store, working.queue)
    assert not await dispatcher.turn()
    [(state, reason)] = await working.matches()
    assert state == "pending"
    assert reason.startswith("Temporal cannot be reached")

    async def started() -> bool:
        await working.dispatcher.turn()
        return (await working.matches())[0][0] == "started"

    await until_told(started, "the run is started")
    assert len(await working.runs()) == 1


async def test_a_run_that_temporal_does_not_take_stops_no_other(working: House) -> None:
    huge = [note("x" * 100_000 + str(n)) for n in range(30)]  # over the 2 MB that a payload may have
    await working.live(working.plan(steps=huge, recipe="huge"), working.plan())
    with capture_logs() as logs:
        await working.keep(1)
        await working.dispatched()
        await working.keep(2)
        await working.dispatched()
    found = await working.matches()
    assert [state for state, _reason in found].count("started") == 2
    assert [reason for state, reason in found if state == "pending"] == [TOO_LARGE] * 2
    assert "start_refused" in {line["event"] for line in logs}


async def test_one_at_a_time_the_end_of_a_run_lets_the_next_begin(working: House) -> None:
    made = working.plan(working.start(**ONE_AT_A_TIME), steps=[{"kind": "wait", "span": 1}])
    await working.live(made)
    for n in (1, 2):
        await working.keep(n)
    await working.keep(3, kind="pike")
    await working.dispatched()
    assert [state for state, _reason in await working.matches()] == ["started", "pending", "started"]
    assert await working.store.wake.wait(20)  # the first run's last act

    async def second() -> bool:
        await working.dispatched()
        return (await working.matches())[1][0] == "started"

    await until_told(second, "the second run is started")
    await working.client.get_workflow_handle(run_id(made, "f:2")).result()


async def test_one_at_a_time_a_terminated_run_lets_the_next_begin(working: House) -> None:
    made = working.plan(working.start(**ONE_AT_A_TIME), steps=[WAIT])
    await working.live(made)
    for n in (1, 2):
        await working.keep(n)
    await working.dispatched()
    first, second = (run_id(made, f"f:{n}") for n in (1, 2))
    await working.client.get_workflow_handle(first).terminate()
    await working.closed(first)
    assert await working.store.wake.wait(5)
    await working.dispatched()
    assert [state for state, _reason in await working.matches()] == ["finished", "started"]
    assert await status(working, second) == WorkflowExecutionStatus.RUNNING
    await working.client.get_workflow_handle(second).terminate()


async def test_the_loop_goes_on_after_the_store_was_away(working: House) -> None:
    await working.live(working.plan())
    loop = asyncio.create_task(working.dispatcher.run())
    await working.keep(1)

    async def started() -> bool:
        return ("started", "") in await working.matches()

    await until_told(started, "the run is started")
    assert not loop.done()
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop


async def test_a_plan_that_cannot_be_found_puts_off_one_run_only(house: House, store: Store) -> None:
    from wakeel.store import Match

    event_id = await house.keep(1)
    await store.events.matched(event_id, [Match(f"{house.prefix}/triage", "gone", f"{house.prefix}/triage/1", 0)])
    with capture_logs() as logs:
        await house.dispatched()
    assert await house.matches() == [("pending", "the run cannot be made")]
    assert [line["event"] for line in logs] == ["start_refused"]
    assert await store.events.claim_due("me", 9, now=time.time() + 60, lease=1) == []
