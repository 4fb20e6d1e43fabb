"""Makes trigger owners and schedules equal to what the live activations ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from temporalio.client import Client, Schedule, ScheduleAlreadyRunningError, ScheduleUpdate
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError, RPCStatusCode

from wakeel.catalog import catalog
from wakeel.language.plan import Plan, SourceStart, Start
from wakeel.sdk import Trigger
from wakeel.store import ConnectionRow, Store
from wakeel.triggers.schedules import schedule_of

logger = structlog.get_logger()


@dataclass(slots=True)
class Owners:
    """Starts, changes and stops what reads event sources; running it twice changes nothing.

    What Temporal lists is a moment behind, so this process remembers what it said itself.
    """

    client: Client
    store: Store
    task_queue: str
    heartbeat: float = 10.0
    told: dict[str, SourceStart] = field(default_factory=dict[str, SourceStart])
    written: dict[str, str | None] = field(default_factory=dict[str, str | None])

    async def reconcile(self) -> None:
        """Compare what is asked with what runs, and make it equal."""
        plans = list((await self.store.plans.live_plans()).values())
        connections = {row.id: row for row in await self.store.plans.connections()}
        await self.owners({owner_id(s): s for s in sources(plans, connections, self.heartbeat)})
        await self.schedules({self.schedule_id(s): (plan, s) for plan, s in starts(plans) if is_clock(s)})

    async def owners(self, wanted: Mapping[str, SourceStart]) -> None:
        """Start, change and stop the owners of sources."""
        running = await self.running()
        for workflow_id, source in wanted.items():
            if workflow_id not in running or self.told.get(workflow_id) != source:
                await self.own(workflow_id, source)
                self.told[workflow_id] = source
        for workflow_id in (running | self.told.keys()) - wanted.keys():
            await self.let_go(workflow_id)
            self.told.pop(workflow_id, None)

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

    async def let_go(self, workflow_id: str) -> None:
        """Tell an owner that nobody asks any more; one that is gone is fine."""
        try:
            await self.client.get_workflow_handle(workflow_id).signal("stop")
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def running(self) -> set[str]:
        """Return the ids of the owners that run here."""
        queue = self.task_queue.replace("\\", "\\\\").replace("'", "\\'")
        query = f"WorkflowType = 'wakeel.trigger' AND ExecutionStatus = 'Running' AND TaskQueue = '{queue}'"
        return {found.id async for found in self.client.list_workflows(query)}

    async def schedules(self, wanted: Mapping[str, tuple[Plan, Start]]) -> None:
        """Create, change and delete Temporal's schedules."""
        found = await self.client.list_schedules()
        listed = {one.id: one.schedule.state.note async for one in found if one.schedule}
        for name, (plan, start) in wanted.items():
            schedule = schedule_of(plan, start, self.task_queue)
            if name not in listed or self.written.get(name, listed[name]) != schedule.state.note:
                await self.schedule(name, schedule)
        for name in (listed.keys() | self.written.keys()) - wanted.keys():
            if name.startswith(self.schedule_id()):
                await self.unschedule(name)

    async def schedule(self, name: str, schedule: Schedule) -> None:
        """Write a schedule; one that Temporal does not take must not stop the others."""
        try:
            await self.write(name, schedule)
        except RPCError as error:
            if error.status is not RPCStatusCode.INVALID_ARGUMENT:
                raise
            logger.error("schedule_refused", schedule=name, reason=error.message)
        self.written[name] = schedule.state.note

    async def write(self, name: str, schedule: Schedule) -> None:
        """Create a schedule or bring it up to date."""
        try:
            await self.client.create_schedule(name, schedule)
        except ScheduleAlreadyRunningError:
            await self.client.get_schedule_handle(name).update(lambda _known: ScheduleUpdate(schedule))

    async def unschedule(self, name: str) -> None:
        """Delete a schedule; one that is gone is fine."""
        try:
            await self.client.get_schedule_handle(name).delete()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        self.written.pop(name, None)

    def schedule_id(self, start: Start | None = None) -> str:
        """Return the fixed id of a start's schedule, or what all of this installation begin with."""
        return f"wakeel/{self.task_queue}/{start.source if start else ''}"


def starts(plans: Iterable[Plan]) -> Iterator[tuple[Plan, Start]]:
    """Yield every start of plans that listen; a paused activation still owns its sources."""
    return ((plan, start) for plan in plans for start in plan.starts)


def sources(plans: Iterable[Plan], connections: Mapping[str, ConnectionRow], heartbeat: float) -> Iterator[SourceStart]:
    """Yield one source for each connection and kind, with all that is asked of it."""
    asked: dict[str, list[Start]] = {}
    for _plan, start in starts(plans):
        if start.connection in connections and reads(trigger_of(start)):
            asked.setdefault(start.source, []).append(start)
    for source, wanting in sorted(asked.items()):
        connection, trigger = connections[str(wanting[0].connection)], trigger_of(wanting[0])
        every = trigger.every if trigger and trigger.poll and not trigger.watch else None
        yield SourceStart(
            source=source,
            kind=wanting[0].kind,
            client=connection.client,
            connection=connection.id,
            version=connection.version,
            asked=unique(start.args for start in wanting),
            every=every.total_seconds() if every else None,
            heartbeat=heartbeat,
        )


def unique(asked: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return each wish once, in a stable order."""
    return [dict(one) for _text, one in sorted({repr(sorted(a.items())): a for a in asked}.items())]


def trigger_of(start: Start) -> Trigger | None:
    """Return the trigger of a start; None, and a line for the operator, where this installation has none."""
    trigger = catalog().trigger(start.kind)
    if trigger is None:
        logger.error("trigger_missing", kind=start.kind)
    return trigger


def reads(trigger: Trigger | None) -> bool:
    """Say whether a trigger has to be read, rather than being told."""
    return trigger is not None and (trigger.poll is not None or trigger.watch is not None)


def is_clock(start: Start) -> bool:
    """Say whether a clock starts it."""
    trigger = trigger_of(start)
    return trigger is not None and trigger.clock


def owner_id(source: SourceStart) -> str:
    """Return the fixed id of a source's owner."""
    return f"{source.client}/_trigger/{source.source}"
