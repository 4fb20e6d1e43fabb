"""Reading event sources: events are kept in the store before the cursor moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import structlog
from pydantic import BaseModel
from temporalio import activity

from activities.clients import Clients
from activities.errors import to_failure, verdict
from activities.pulse import pulse
from wakeel.catalog import catalog
from wakeel.crash import crash
from wakeel.language.plan import SourceStart, Tick
from wakeel.sdk import AuthError, Connector, Effect, Event, Since, Trigger, Unavailable
from wakeel.sdk.calendar import zone
from wakeel.store import Store
from wakeel.triggers.door import Door

PULSES = 3  # signs of life within one heartbeat
LIFE = 3600.0  # seconds of one watch
LOCKED_OUT = timedelta(minutes=5)  # between logins with a password that was refused
logger = structlog.get_logger()


@dataclass(slots=True)
class Reached:
    """How far a source was read; what it reads may be slower than the signs of life that it owes."""

    cursor: Any = None

    async def alive(self) -> bool:
        """Show a sign of life; it carries the cursor, or it would wipe the last one out."""
        activity.heartbeat(*([self.cursor] if self.cursor is not None else []))
        return True


@dataclass(slots=True)
class Sources:
    """Polls and watches for the owners of event sources."""

    store: Store
    clients: Clients
    door: Door

    @activity.defn(name="wakeel.poll")
    async def poll(self, source: SourceStart) -> Any:
        """Look once and return the new cursor."""
        connector, trigger = found(source.kind)
        try:
            async with (
                pulse(source.heartbeat / PULSES, Reached().alive),
                self.clients.use(connector, source.connection, source.client) as opened,
            ):
                assert trigger.poll is not None  # noqa: S101 - the owner polls what has a poll
                args, since = asked(trigger, source), self.since(trigger, source, opened.client, source.cursor)
                events, cursor = await trigger.poll(args, since)
        except Exception as error:  # noqa: BLE001 - a source is never given up
            raise await self.broken(connector, source, error) from None
        crash("watch.fetched")
        await self.door.accept(source.source, source.client, events)
        crash("watch.kept")
        return cursor.model_dump(mode="json")

    @activity.defn(name="wakeel.watch")
    async def watch(self, source: SourceStart) -> Any:
        """Watch for up to an hour, keeping each event as it comes; return the last cursor."""
        connector, trigger = found(source.kind)
        details = activity.info().heartbeat_details
        at = Reached(details[0] if details else source.cursor)
        try:
            async with (
                asyncio.timeout(LIFE) as life,
                pulse(source.heartbeat / PULSES, at.alive),
                self.clients.use(connector, source.connection, source.client) as opened,
            ):
                await self.read_on(trigger, source, self.since(trigger, source, opened.client, at.cursor), at)
        except asyncio.CancelledError:
            if at.cursor is None:
                raise
        except TimeoutError as error:
            if not life.expired():
                raise await self.broken(connector, source, error) from None
        except Exception as error:  # noqa: BLE001 - a source is never given up
            raise await self.broken(connector, source, error) from None
        return at.cursor

    async def read_on(self, trigger: Trigger, source: SourceStart, since: Since[Any, Any], at: Reached) -> None:
        """Keep events as they come; the first cursor of all is brought home at once, lest a change forget it."""
        assert trigger.watch is not None  # noqa: S101 - the owner watches what has a watch
        first = at.cursor is None
        seen = cast("AsyncGenerator[Any, None]", trigger.watch(asked(trigger, source), since))
        async with aclosing(seen):
            async for event, moved in seen:
                at.cursor = await self.keep(source, event, moved)
                if first or activity.is_worker_shutdown():
                    return

    @activity.defn(name="wakeel.tick")
    async def tick(self, tick: Tick, due: str) -> None:
        """Keep a schedule's firing; a time of day counts once, also in the night that has it twice."""
        moment = datetime.fromisoformat(due).astimezone(zone(tick.time_zone))
        name = moment.astimezone(UTC) if tick.every_time else moment
        data = found(tick.kind)[1].event.model_validate({"due": moment})
        await self.door.accept(tick.source, tick.client, [Event(f"s:{tick.source}:{name:%Y-%m-%dT%H:%M:%S}", data)])

    async def keep(self, source: SourceStart, event: Event[Any] | None, cursor: BaseModel) -> Any:
        """Keep an event, then let the cursor move."""
        if event is not None:
            crash("watch.fetched")
            await self.door.accept(source.source, source.client, [event])
            crash("watch.kept")
        moved = cursor.model_dump(mode="json")
        activity.heartbeat(moved)
        return moved

    def since(self, trigger: Trigger, source: SourceStart, client: Any, cursor: Any) -> Since[Any, Any]:
        """Return how far the source was read."""
        read = trigger.cursor.model_validate(cursor) if trigger.cursor and cursor is not None else None
        return Since(client, read, datetime.now(UTC), self.store.files(source.client), source.connection)

    async def broken(self, connector: Connector[Any], source: SourceStart, error: Exception) -> Exception:
        """Turn an error into a failure after which the source is opened anew."""
        await self.clients.retire(source.connection)
        word = verdict(connector, error, source.kind)
        if isinstance(word, AuthError):
            logger.warning("source_refused", source=source.source, client=source.client, reason=str(word))
        wait = LOCKED_OUT if isinstance(word, AuthError) else word.retry_after
        return to_failure(Unavailable(str(word), retry_after=wait), Effect.READ)  # a source is never given up


def found(kind: str) -> tuple[Connector[Any], Trigger]:
    """Return the trigger of a resolved kind."""
    connector, trigger = catalog().connector(kind.partition(".")[0]), catalog().trigger(kind)
    if connector is None or trigger is None:
        raise LookupError(kind)
    return connector, trigger


def asked(trigger: Trigger, source: SourceStart) -> Any:
    """Return what all live activations ask of the source, as one."""
    return trigger.merge([trigger.args.model_validate(args) for args in source.asked])
