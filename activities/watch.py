"""Reading event sources: events are kept in the store before the cursor moves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel
from temporalio import activity

from activities.clients import Clients
from activities.errors import to_failure, verdict
from wakeel.catalog import catalog
from wakeel.crash import crash
from wakeel.language.plan import SourceStart, Tick
from wakeel.sdk import AuthError, Connector, Effect, Event, Since, Trigger, Unavailable
from wakeel.sdk.calendar import zone
from wakeel.store import Store
from wakeel.triggers.door import Door

LIFE = 3600.0  # seconds of one watch
LOCKED_OUT = timedelta(minutes=5)  # between logins with a password that was refused


class Fired(BaseModel):
    """The event of a schedule."""

    due: datetime


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
            async with self.clients.use(connector, source.connection, source.client) as opened:
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
        cursor = details[0] if details else source.cursor
        try:
            async with self.clients.use(connector, source.connection, source.client) as opened:
                assert trigger.watch is not None  # noqa: S101 - the owner watches what has a watch
                since = self.since(trigger, source, opened.client, cursor)
                async with asyncio.timeout(LIFE) as life:
                    async for event, moved in trigger.watch(asked(trigger, source), since):
                        cursor = await self.keep(source, event, moved)
                        if activity.is_worker_shutdown():
                            break
        except TimeoutError as error:
            if not life.expired():
                raise await self.broken(connector, source, error) from None
        except Exception as error:  # noqa: BLE001 - a source is never given up
            raise await self.broken(connector, source, error) from None
        return cursor

    @activity.defn(name="wakeel.tick")
    async def tick(self, tick: Tick, due: str) -> None:
        """Keep a schedule's firing; its key is the wanted local time, so that a doubled hour fires once."""
        moment = datetime.fromisoformat(due).astimezone(zone(tick.time_zone))
        event = Event(f"s:{tick.source}:{moment:%Y-%m-%dT%H:%M:%S}", Fired(due=moment))
        await self.door.accept(tick.source, tick.client, [event])

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
        word = verdict(connector, error)
        wait = LOCKED_OUT if isinstance(word, AuthError) else word.retry_after
        return to_failure(Unavailable(str(word), retry_after=wait), Effect.READ)  # a source is never given up


def found(kind: str) -> tuple[Connector[Any], Trigger]:
    """Return the trigger of a resolved kind."""
    name, _, trigger = kind.partition(".")
    connector = catalog().connector(name)
    if connector is None:
        raise LookupError(kind)
    return connector, connector.triggers[trigger]


def asked(trigger: Trigger, source: SourceStart) -> Any:
    """Return what all live activations ask of the source, as one."""
    return trigger.merge([trigger.args.model_validate(args) for args in source.asked])
