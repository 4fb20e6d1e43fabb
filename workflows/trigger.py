"""The single durable owner of one event source: it owns the cursor and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ActivityError, is_cancelled_exception

from wakeel.language.plan import SourceStart, Tick

AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))
LIFE = timedelta(hours=1)  # of one watch: then the cursor comes home
POLL = timedelta(minutes=5)
FIRED_AT = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")


@workflow.defn(name="wakeel.trigger")
class TriggerOwner:
    """Watches or polls a source for as long as an activation asks for it."""

    @workflow.init
    def __init__(self, start: SourceStart) -> None:
        self.start = start
        self.changed = False
        self.stopped = False

    @workflow.run
    async def run(self, start: SourceStart) -> None:  # noqa: ARG002 - __init__ has kept it
        """Read on from the cursor until nobody asks any more."""
        while not self.stopped:
            self.changed = False
            await self.read()
            if self.start.every:
                await self.pause(timedelta(seconds=self.start.every))
            if workflow.info().is_continue_as_new_suggested() and not self.stopped:
                workflow.continue_as_new(self.start)

    async def read(self) -> None:
        """Poll once or watch for a while, until it ends by itself or something else is asked for."""
        reading = workflow.start_activity(
            "wakeel.poll" if self.start.every else "wakeel.watch",
            self.start,
            start_to_close_timeout=POLL if self.start.every else LIFE + POLL,
            heartbeat_timeout=timedelta(seconds=self.start.heartbeat),
            retry_policy=AGAIN,
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        )
        asked = asyncio.ensure_future(workflow.wait_condition(self.told))
        await workflow.wait([reading, asked], return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        reading.cancel()
        await self.bring_home(reading)

    async def pause(self, every: timedelta) -> None:
        """Wait until it is time to look again, or something else is asked for."""
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(self.told, timeout=every)

    def told(self) -> bool:
        """Say whether a signal came."""
        return self.changed or self.stopped

    async def bring_home(self, reading: asyncio.Future[Any]) -> None:
        """Keep the cursor of what ended; one that was cancelled may have none."""
        try:
            self.start.cursor = await reading
        except ActivityError as error:
            if not is_cancelled_exception(error) or workflow.cancellation_reason() is not None:
                raise

    @workflow.signal
    def ask(self, start: SourceStart) -> None:
        """Hear what the live activations ask for now; the cursor stays ours."""
        told = start.model_copy(update={"cursor": self.start.cursor})
        if told != self.start:
            self.start, self.changed = told, True

    @workflow.signal
    def again(self) -> None:
        """Hear that the account may work now: look at once."""
        self.changed = True

    @workflow.signal
    def stop(self) -> None:
        """Hear that nobody asks any more."""
        self.stopped = True


@workflow.defn(name="wakeel.tick")
class ScheduleTick:
    """One firing of a schedule: it hands the door an event and ends."""

    @workflow.run
    async def run(self, tick: Tick) -> None:
        """Tell the door for which moment the schedule fired."""
        due = workflow.info().typed_search_attributes.get(FIRED_AT) or workflow.info().start_time
        await workflow.execute_activity(
            "wakeel.tick",
            args=[tick, due.isoformat()],
            start_to_close_timeout=timedelta(seconds=30),
            retry_policy=AGAIN,
        )
