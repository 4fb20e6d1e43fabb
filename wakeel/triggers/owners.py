"""Makes trigger owners and schedules equal to what the live activations ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from temporalio.client import Client, Schedule, ScheduleAlreadyRunningError, ScheduleUpdate
from temporalio.common import WorkflowIDConflictPolicy

from wakeel.catalog import catalog
from wakeel.language.plan import Plan, SourceStart, Start
from wakeel.sdk import Trigger
from wakeel.store import Store
from wakeel.triggers.schedules import schedule_of

logger = structlog.get_logger()


@dataclass(slots=True)
class Owners:
    """Starts, changes and stops what reads event sources; running it twice changes nothing."""

    client: Client
    store: Store
    task_queue: str
    heartbeat: float = 10.0

    async def reconcile(self) -> None:
        """Compare what is asked with what runs, and make it equal."""
        plans = (await self.store.plans.live_plans()).values()
        wanted = {owner_id(s): s for s in sources(plans, self.heartbeat)}
        for workflow_id, source in wanted.items():
            await self.own(workflow_id, source)
        for workflow_id in await self.running():
            if workflow_id not in wanted:
                await self.client.get_workflow_handle(workflow_id).signal("stop")
        await self.schedules(plans)

    async def own(self, workflow_id: str, source: SourceStart) -> None:
        """Start an owner, or tell the one that runs what is asked now."""
        await self.client.start_workflow(
            "wakeel.trigger",
            source,
            id=workflow_id,
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            start_signal="ask",
            start_signal_args=[source],
        )

    async def running(self) -> list[str]:
        """Return the ids of the owners that run."""
        query = "WorkflowType = 'wakeel.trigger' AND ExecutionStatus = 'Running'"
        return [found.id async for found in self.client.list_workflows(query)]

    async def schedules(self, plans: Iterable[Plan]) -> None:
        """Create, change and delete Temporal's schedules."""
        wanted = {s.source: schedule_of(plan, s, self.task_queue) for plan, s in starts(plans) if is_schedule(s)}
        for source, schedule in wanted.items():
            await self.schedule(schedule_id(source), schedule)
        known = {schedule_id(source) for source in wanted}
        async for found in await self.client.list_schedules():
            if found.id.startswith("wakeel/") and found.id not in known:
                await self.client.get_schedule_handle(found.id).delete()

    async def schedule(self, name: str, schedule: Schedule) -> None:
        """Create a schedule or bring it up to date."""
        try:
            await self.client.create_schedule(name, schedule)
        except ScheduleAlreadyRunningError:
            handle = self.client.get_schedule_handle(name)
            await handle.update(lambda _known: ScheduleUpdate(schedule))


def starts(plans: Iterable[Plan]) -> Iterable[tuple[Plan, Start]]:
    """Yield every start of plans that listen; a paused activation still owns its sources."""
    return ((plan, start) for plan in plans for start in plan.starts)


def sources(plans: Iterable[Plan], heartbeat: float) -> Iterable[SourceStart]:
    """Yield one source for each connection and kind, with all that is asked of it."""
    asked: dict[str, list[tuple[Plan, Start]]] = {}
    for plan, start in starts(plans):
        if start.connection is not None and reads(trigger_of(start)):
            asked.setdefault(start.source, []).append((plan, start))
    for source, wanting in sorted(asked.items()):
        plan, start = wanting[0]
        trigger = trigger_of(start)
        yield SourceStart(
            source=source,
            kind=start.kind,
            client=plan.client.id,
            connection=start.connection or "",
            asked=unique(s.args for _plan, s in wanting),
            every=trigger.every.total_seconds() if trigger.every and not trigger.watch else None,
            heartbeat=heartbeat,
        )


def unique(asked: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return each wish once, in a stable order."""
    return [dict(one) for one in {repr(sorted(a.items())): a for a in asked}.values()]


def trigger_of(start: Start) -> Trigger:
    """Return the trigger of a start."""
    name, _, kind = start.kind.partition(".")
    connector = catalog().connector(name)
    if connector is None:
        raise LookupError(start.kind)
    return connector.triggers[kind]


def reads(trigger: Trigger) -> bool:
    """Say whether a trigger has to be read, rather than being told."""
    return trigger.poll is not None or trigger.watch is not None


def is_schedule(start: Start) -> bool:
    """Say whether a start is a clock's."""
    return start.kind.startswith("schedule.")


def owner_id(source: SourceStart) -> str:
    """Return the fixed id of a source's owner."""
    return f"{source.client}/_trigger/{source.source}"


def schedule_id(source: str) -> str:
    """Return the fixed id of a source's schedule."""
    return f"wakeel/{source}"
