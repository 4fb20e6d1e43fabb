"""Copies closed runs into the store, in batches, so that runs pay nothing for history pages."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import structlog
from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus, WorkflowFailureError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from wakeel.language.plan import RunResult
from wakeel.store import RunRow, Store, StoreUnavailable

EVERY = 2.0  # seconds
OVERLAP = 30.0  # seconds: visibility lags behind the close
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

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            try:
                await self.turn()
            except (RPCError, StoreUnavailable) as error:
                logger.debug("archive_waits", reason=str(error))
            await asyncio.sleep(EVERY)

    async def turn(self) -> int:
        """Archive the runs that the store still thinks are open; release queues that they held."""
        open_runs = await self.store.runs.open_ids()
        if not open_runs:
            return 0
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(min(open_runs.values()) - OVERLAP))
        query = f"ExecutionStatus != 'Running' AND StartTime >= '{since}' AND WakeelRecipe IS NOT NULL"
        closed = [found async for found in self.client.list_workflows(query) if found.id in open_runs]
        rows = [row for found in closed if (row := await self.row(found)) is not None]
        if rows and await self.store.runs.archive(rows):
            await self.store.wake.nudge()
        return len(rows)

    async def row(self, found: WorkflowExecution) -> RunRow | None:
        """Return a closed run with its journal; None where it went on under a new history."""
        state = STATES.get(found.status) if found.status else None
        if state is None:
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

    async def result(self, found: WorkflowExecution) -> RunResult | None:
        """Read what a closed run left, whichever way it ended."""
        handle = self.client.get_workflow_handle(found.id, run_id=found.run_id, result_type=RunResult)
        try:
            result: RunResult = await handle.result(follow_runs=False)
            return result
        except WorkflowFailureError as error:
            cause = error.cause
            if isinstance(cause, ApplicationError) and cause.details:
                return RunResult.model_validate(cause.details[0])
        return None
