"""Copies closed runs into the store, in batches, so that runs pay nothing for history pages."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import structlog
from temporalio.client import (
    Client,
    WorkflowExecution,
    WorkflowExecutionStatus,
    WorkflowFailureError,
    WorkflowHandle,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from wakeel.language.plan import RunResult
from wakeel.logs import blame
from wakeel.store import RunRow, Store, StoreUnavailable

EVERY = 2.0  # seconds
OVERLAP = 30.0  # seconds: visibility lags behind the close
WHOLE = 3600.0  # seconds between looks at everything: a run may close before the store knows that it began
OURS = "WakeelRecipe IS NOT NULL"
logger = structlog.get_logger()
STATES = {
    WorkflowExecutionStatus.COMPLETED: "completed",
    WorkflowExecutionStatus.FAILED: "failed",
    WorkflowExecutionStatus.CANCELED: "cancelled",
    WorkflowExecutionStatus.TERMINATED: "terminated",
    WorkflowExecutionStatus.TIMED_OUT: "failed",
}


@dataclass(slots=True)
class Archive:
    """Learns which runs have closed from Temporal's visibility, a page at a time."""

    client: Client
    store: Store
    since: float | None = None  # closes before this moment were seen; None: look at all since the oldest open run
    whole: float = 0.0  # when all were looked at last

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            try:
                await self.turn()
            except (RPCError, StoreUnavailable) as error:
                logger.debug("archive_waits", reason=str(error))
            except Exception as error:  # noqa: BLE001 - the loop goes on, whatever one turn met
                logger.error("archive_failed", **blame(error))
            await asyncio.sleep(EVERY)

    async def turn(self) -> int:
        """Archive the runs that the store still thinks are open; release queues that they held."""
        now, open_runs = time.time(), await self.store.runs.open_ids()
        if not open_runs:
            return 0
        if self.since is None or now - self.whole > WHOLE:
            self.since, self.whole = min(open_runs.values()), now
        query = f"ExecutionStatus != 'Running' AND CloseTime >= '{stamp(self.since - OVERLAP)}' AND {OURS}"
        closed = [found async for found in self.client.list_workflows(query) if found.id in open_runs]
        rows = [row for found in closed if (row := await self.row(found)) is not None]
        if rows and await self.store.runs.archive(rows):
            await self.store.wake.nudge()
        self.since = now
        return len(rows)

    async def row(self, found: WorkflowExecution) -> RunRow | None:
        """Return a closed run with its journal; None where it goes on under a new history."""
        state = STATES.get(found.status) if found.status else None
        if state is None or (state == "terminated" and await self.goes_on(found)):
            return None
        result = await self.result(found)
        closed = found.close_time.timestamp() if found.close_time else time.time()
        stopped = result is not None and result.state == "stopped" and state == "completed"
        return RunRow(
            run_id=found.id,
            temporal_run_id=found.run_id,
            state="stopped" if stopped else state,
            closed_at=closed,
            result=result.model_dump_json(exclude_defaults=True).encode() if result else None,
        )

    async def goes_on(self, found: WorkflowExecution) -> bool:
        """Say whether a terminated history was only reset: the run lives in a newer one."""
        return (await self.client.get_workflow_handle(found.id).describe()).run_id != found.run_id

    async def result(self, found: WorkflowExecution) -> RunResult | None:
        """Read what a closed run left, whichever way it ended; None where it left nothing that can be read."""
        handle = self.client.get_workflow_handle(found.id, run_id=found.run_id, result_type=RunResult)
        try:
            return await ended(handle)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # its history may be past its retention
                raise
        except (ValueError, RuntimeError):  # written by another version
            logger.warning("result_unreadable", run=found.id)
        return None


async def ended(handle: WorkflowHandle[Any, RunResult]) -> RunResult | None:
    """Return what a run left in its result or in its failure."""
    try:
        return await handle.result(follow_runs=False)
    except WorkflowFailureError as error:
        if isinstance(error.cause, ApplicationError) and error.cause.details:
            return RunResult.model_validate(error.cause.details[0])
    return None


def stamp(moment: float) -> str:
    """Return a moment as Temporal's queries want it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
