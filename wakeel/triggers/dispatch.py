"""Starts each run once: match what was kept, start what is due, and go on while Temporal is away."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from uuid import uuid4

import structlog
from temporalio.client import Client
from temporalio.common import (
    Priority,
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from wakeel.crash import crash
from wakeel.language.plan import Plan, RunStart
from wakeel.logs import blame
from wakeel.store import Due, Store, StoreUnavailable, Unmatched
from wakeel.triggers.matching import Asked, by_source, match

CLIENT = SearchAttributeKey.for_keyword("WakeelClient")
RECIPE = SearchAttributeKey.for_keyword("WakeelRecipe")
AT_ONCE = 40  # rows in one look
SWEEP = 1.0  # seconds between looks when nobody wakes us
REFUSED = 3600.0  # seconds until a start that Temporal does not take is tried again, such as one that is too large
LEASE = 30.0  # seconds for a start: the SDK tries for up to ten
logger = structlog.get_logger()


@dataclass(slots=True)
class Dispatcher:
    """Runs in every worker; several race without harm, because rows are leased and ids are refused twice."""

    client: Client
    store: Store
    task_queue: str
    heartbeat: float = 10.0
    page: str = ""  # the web page's address, for `run.url`
    attributes: bool = True
    owner: str = field(default_factory=lambda: uuid4().hex)
    revision: int = -1
    asked: dict[str, list[Asked]] = field(default_factory=dict[str, list[Asked]])

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            busy = False
            try:
                busy = await self.turn()
            except StoreUnavailable as error:
                logger.warning("store_unavailable", reason=str(error))
            except Exception as error:  # noqa: BLE001 - the loop goes on, whatever one turn met
                logger.error("dispatch_failed", **blame(error))
            if not busy:
                await self.store.wake.wait(SWEEP)

    async def turn(self) -> bool:
        """Match and start what there is; say whether there may be more."""
        look = await self.store.events.look(AT_ONCE, time.time())
        if look.events:
            await self.refresh(look.revision)
        matched = await asyncio.gather(*(self.match_one(event) for event in look.events))
        due = [row for taken, _queued in matched for row in taken]
        if look.due or any(queued for _taken, queued in matched):
            due += await self.store.events.claim_due(self.owner, AT_ONCE, now=time.time(), lease=LEASE)
        await asyncio.gather(*(self.start(row) for row in due))
        return max(len(look.events), len(due)) >= AT_ONCE

    async def match_one(self, event: Unmatched) -> tuple[list[Due], bool]:
        """Write down which activations an event starts; return what was taken, and whether something queues."""
        data = event.value()
        asked = (match(asked, event, data) for asked in self.asked.get(event.source, []))
        rows = [row for row in asked if row is not None]
        taken = await self.store.events.take(event, rows, self.owner, time.time() + LEASE)
        return taken, any(row.queue_key is not None for row in rows)

    async def refresh(self, revision: int) -> None:
        """Read the live plans again where something was applied."""
        if revision != self.revision:
            revision = await self.store.plans.revision()
            self.asked = by_source(await self.store.plans.live_plans())
            self.revision = revision

    async def start(self, due: Due) -> None:
        """Start one run, or learn that it was started before."""
        try:
            plan = await self.store.plans.plan(due.version)
            async with asyncio.timeout(LEASE - 5):
                temporal_run = await self.begin(plan, due)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one run that cannot be started must not stop all others
            await self.put_off(due, error)
            return
        crash("door.started")
        await self.store.events.started(due.id, temporal_run)

    async def put_off(self, due: Due, error: Exception) -> None:
        """Try again soon where Temporal is away, and rarely where it does not take the run."""
        if away(error):
            reason = f"Temporal cannot be reached ({type(error).__name__})"
            await self.store.events.failed_start(due.id, reason, retry_at=time.time() + SWEEP)
            return
        logger.error("start_refused", run=due.run_id, **blame(error))
        reason = f"Temporal refuses it: {error.message}" if isinstance(error, RPCError) else "the run cannot be made"
        await self.store.events.failed_start(due.id, reason, retry_at=time.time() + REFUSED)

    async def begin(self, plan: Plan, due: Due) -> str:
        """Ask Temporal to start the run; an id that it knows is a success."""
        start = RunStart(
            plan=plan,
            event=due.value(),
            start=due.start,
            root=due.run_id,
            url=f"{self.page}/runs/{due.run_id}" if self.page else "",
            attributes=self.attributes,
            heartbeat=self.heartbeat,
        )
        try:
            handle = await self.client.start_workflow(
                plan.recipe,
                start,
                id=due.run_id,
                task_queue=self.task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                request_eager_start=True,
                static_summary=plan.title or None,
                search_attributes=self.search_attributes(plan),
                priority=Priority(fairness_key=plan.client.id[:64]),
            )
        except WorkflowAlreadyStartedError as known:
            return known.run_id or ""
        return handle.first_execution_run_id or ""

    def search_attributes(self, plan: Plan) -> TypedSearchAttributes:
        """Return what a run can be found by; ids only, never a name."""
        pairs = [SearchAttributePair(CLIENT, plan.client.id), SearchAttributePair(RECIPE, plan.recipe)]
        return TypedSearchAttributes(pairs if self.attributes else [])


def away(error: Exception) -> bool:
    """Say whether Temporal may take the same start later; RuntimeError is what a lazy client raises."""
    if isinstance(error, RPCError):
        return error.status is not RPCStatusCode.INVALID_ARGUMENT
    return isinstance(error, TimeoutError | RuntimeError)
