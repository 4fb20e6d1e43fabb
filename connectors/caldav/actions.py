"""What a recipe can do in a CalDAV calendar; an event's UID comes from the step's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.caldav.connection import CaldavConnection, check, classify, open_client
from connectors.caldav.events import events_in, says
from connectors.caldav.files import GONE, existing, planned, put, take_away
from connectors.caldav.holding import acted, clashes, settle, taken
from wakeel.sdk import Call, Connector, Effect, Nothing
from wakeel.sdk.ports.calendar import BusyTimes, CreateEvent, EventRef, FreeBusy, Hold, OneEvent, Released, shared

if TYPE_CHECKING:
    from connectors.caldav.connection import Caldav

SAME_UID = "the calendar refuses a second event with the same UID"
caldav: Connector[Caldav] = Connector(
    "caldav", CaldavConnection, open_client, classify, port="calendar", title="The calendar", check=check
)


@caldav.action(Effect.READ)
async def free_busy(args: FreeBusy, call: Call[Caldav]) -> BusyTimes:
    """List what is taken in a span; repeated events are expanded by the server.

    Example:
        - caldav.free_busy:
            start: "2027-03-01T09:00:00+02:00"
            end: "2027-03-01T17:00:00+02:00"
    """
    return BusyTimes(busy=[busy for _uid, busy in await taken(args, call)])


find_slots, check_conflicts = shared(caldav, free_busy)


@caldav.action(Effect.KEYED, authority="internal", undo="caldav.release_hold", why=SAME_UID)
async def hold(args: Hold, call: Call[Caldav]) -> EventRef:
    """Keep time free: a tentative, private event in the first free slot of the client's working time.

    Example:
        - caldav.hold:
            title: "Answer ${event.from.name}"
            length: 30m
            within: 2 working days
    """
    async with call.client.choosing:
        if call.repeat and (known := await existing(call)):
            with acted():
                if args.if_busy == "anyway" or not await clashes(known, call):
                    return known
        return await settle(args, call)


@caldav.action(Effect.KEYED, authority="destructive", why="what is gone already counts as released")
async def release_hold(args: OneEvent, call: Call[Caldav]) -> Released:
    """Let a hold go; one that a person confirmed in the calendar stays.

    Example:
        - caldav.release_hold:
            event: ${hold.id}
    """
    url = await call.client.href(args.event)
    found = await call.client.ask("GET", url, expected=GONE)
    if found.status in GONE:
        return Released(released=True)
    if any(says(event, "STATUS", "CONFIRMED") for event in events_in(found.content)):
        return Released(released=False)
    await take_away(url, call, found.etag)
    return Released(released=True)


@caldav.action(Effect.KEYED, authority="commitment", undo="caldav.delete_event", why=SAME_UID)
async def create_event(args: CreateEvent, call: Call[Caldav]) -> EventRef:
    """Put an event in the calendar.

    Example:
        - caldav.create_event:
            title: "Call ${event.from.name}"
            start: "2027-03-01T10:00:00+02:00"
            end: "2027-03-01T10:30:00+02:00"
    """
    ref = planned(call, args.title, args.start, args.end)
    return await put(ref, call, tentative=False, description=args.description, location=args.location)


@caldav.action(Effect.KEYED, authority="destructive", why="what is gone already counts as deleted")
async def delete_event(args: OneEvent, call: Call[Caldav]) -> Nothing:
    """Take an event out of the calendar.

    Example:
        - caldav.delete_event:
            event: ${meeting.id}
    """
    await take_away(await call.client.href(args.event), call)
    return Nothing()
