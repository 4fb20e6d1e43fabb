"""Closed runs come into the store, however they ended, once and without being asked for one by one."""

from __future__ import annotations

import json
from typing import Any

from temporalio.client import WorkflowExecutionStatus
from temporalio.common import SearchAttributePair, TypedSearchAttributes

from tests.faults.waiting import until_told
from tests.triggers.conftest import WAIT, House, note
from wakeel.store import Run
from wakeel.triggers.dispatch import CLIENT, RECIPE
from wakeel.triggers.matching import run_id

STOP: dict[str, Any] = {"kind": "stop", "text": "enough"}
FAIL: dict[str, Any] = {"kind": "fail", "text": "not today"}


async def one_run(house: House, *steps: dict[str, Any]) -> str:
    """Start a run and return its id."""
    made = house.plan(steps=list(steps))
    await house.live(made)
    await house.keep(1)
    await house.dispatched()
    return run_id(made, "f:1")


async def archived(house: House, run: str) -> Run:
    await house.closed(run)
    found = await house.store.runs.get(run)
    assert found
    return found


async def test_a_run_is_archived_with_how_it_ended_and_its_journal(working: House) -> None:
    ends: list[tuple[dict[str, Any], str]] = [(note("x"), "completed"), (STOP, "stopped"), (FAIL, "failed")]
    plans = [working.plan(recipe=state, steps=[note("first"), step]) for step, state in ends]
    await working.live(*plans)
    await working.keep(1)
    await working.dispatched()
    assert len(await working.store.runs.open_ids()) == 3
    ids = [run_id(made, "f:1") for made in plans]
    await working.closed(*ids)
    for run, (_step, state) in zip(ids, ends, strict=True):
        found = await working.store.runs.get(run)
        assert found
        assert (found.state, found.closed_at is not None) == (state, True)
        assert json.loads(found.result or b"{}")["notes"][0] == "first"
    assert await working.archive.turn() == 0


async def test_cancelled_and_terminated_runs_are_archived_as_such(working: House) -> None:
    plans = [working.plan(recipe=recipe, steps=[WAIT]) for recipe in ("one", "two")]
    await working.live(*plans)
    await working.keep(1)
    await working.dispatched()
    one, two = (run_id(made, "f:1") for made in plans)
    await working.client.get_workflow_handle(one).cancel()
    await working.client.get_workflow_handle(two).terminate()
    assert (await archived(working, one)).state == "cancelled"
    assert (await archived(working, two)).state == "terminated"


async def test_a_run_that_was_reset_goes_on(working: House) -> None:
    from temporalio.api.common.v1 import WorkflowExecution
    from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest

    run = await one_run(working, WAIT)
    handle = working.client.get_workflow_handle(run)

    async def begun() -> bool:
        return (await handle.describe()).history_length >= 5

    await until_told(begun, "the run has begun")
    first = (await handle.describe()).run_id
    service = working.client.workflow_service
    execution = WorkflowExecution(workflow_id=run, run_id=first)
    await service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace="default", workflow_execution=execution, workflow_task_finish_event_id=4, request_id="r"
        )
    )

    async def listed() -> bool:
        query = f"WorkflowId = '{run}' AND ExecutionStatus = 'Terminated'"
        return bool([found async for found in working.client.list_workflows(query)])

    await until_told(listed, "the old history is listed as terminated")
    assert await working.archive.turn() == 0
    assert run in await working.store.runs.open_ids()
    assert (await handle.describe()).status == WorkflowExecutionStatus.RUNNING
    await handle.terminate()
    assert (await archived(working, run)).state == "terminated"


async def test_a_result_of_another_kind_does_not_stop_the_archive(working: House) -> None:
    from wakeel.language.plan import Tick

    run, store = f"{working.prefix}/odd/1", working.store
    pairs = [SearchAttributePair(CLIENT, working.prefix), SearchAttributePair(RECIPE, "odd")]
    tick = Tick(source="s", kind="pond.none", client=working.prefix, time_zone="UTC")
    await working.client.start_workflow(
        "wakeel.tick", tick, id=run, task_queue=working.queue, search_attributes=TypedSearchAttributes(pairs)
    )
    await working.client.get_workflow_handle(run).terminate()
    normal = await one_run(working, note("x"))
    await store.events.started(0, "")  # of no match: nothing
    assert (await archived(working, normal)).state == "completed"


async def test_later_looks_ask_only_for_what_closed_since(working: House) -> None:
    waits = await one_run(working, WAIT)
    await working.archive.turn()
    before = working.archive.since
    await working.archive.turn()
    assert before
    assert working.archive.since
    assert working.archive.since >= before > 0
    await working.client.get_workflow_handle(waits).terminate()

    async def seen() -> bool:
        return await working.archive.turn() == 1

    await until_told(seen, "the run is archived by a later look")
