"""Gathers what is known of a run: from the archive, from the run itself while it lives, and from the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError
from temporalio.service import RPCError

from wakeel.language.plan import Plan, RunResult
from wakeel.reports.waiting import Waiting, waiting
from wakeel.store import EffectRow, Run, Store
from wakeel.triggers.archive import Archive

LIMIT = timedelta(seconds=3)  # for an answer of Temporal's: a page must not hang
RunState = Literal["running", "completed", "stopped", "failed", "cancelled", "terminated"]
Connect = Callable[[], Awaitable[Client]]


@dataclass(slots=True)
class Report:
    """One run as it is now."""

    run: Run
    plan: Plan | None
    result: RunResult
    effects: list[EffectRow]
    waits: list[Waiting] = field(default_factory=list[Waiting])
    away: bool = False  # Temporal did not answer: what is shown may be old


async def report(store: Store, connect: Connect, run_id: str) -> Report | None:
    """Report on a run; None where no run has this id."""
    run = await store.runs.get(run_id)
    if run is None:
        return None
    told = Report(run, await plan_of(store, run), result_of(run), await store.effects.of_run(run_id))
    if run.state == "running":
        try:
            async with asyncio.timeout(LIMIT.total_seconds() * 2):
                await ask(told, store, await connect())
        except (RPCError, RuntimeError, TimeoutError):
            told.away = True
    return told


async def plan_of(store: Store, run: Run) -> Plan | None:
    """Return the plan that the run carries."""
    try:
        return await store.plans.plan(run.version)
    except LookupError:
        return None


async def ask(told: Report, store: Store, client: Client) -> None:
    """Ask Temporal about a run that the archive has not seen end; one that has ended goes there now."""
    handle = client.get_workflow_handle(told.run.run_id)
    described = await handle.describe(rpc_timeout=LIMIT)
    row = await Archive(client, store).row(described)
    if row is None:
        told.waits = await waiting(handle, described, told.plan)
        told.result = await journal(handle) or told.result
        return
    if await store.runs.archive([row]):
        await store.wake.nudge()
    told.run = await store.runs.get(row.run_id) or told.run
    told.result = result_of(told.run)


def result_of(run: Run) -> RunResult:
    """Return what a run left."""
    return RunResult.model_validate_json(run.result) if run.result else RunResult()


async def journal(handle: WorkflowHandle[object, object]) -> RunResult | None:
    """Ask a run for its journal so far; None where no worker answers."""
    try:
        found: RunResult = await handle.query("state", result_type=RunResult, rpc_timeout=LIMIT)
    except (RPCError, WorkflowQueryFailedError):
        return None
    return found
