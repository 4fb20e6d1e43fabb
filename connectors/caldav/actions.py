"""What a recipe can do in a CalDAV calendar; an event's UID comes from the step's key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from connectors.caldav.connection import CaldavConnection, check, classify, open_client
from connectors.caldav.events import busy_of, events_in, read_ref, to_ical
from connectors.caldav.xml import DATA, answers, events_between
from wakeel.sdk import Call, Connector, Effect, Nothing, Rejected, Unavailable
from wakeel.sdk.ports.calendar import (
    Busy,
    BusyTimes,
    CreateEvent,
    EventRef,
    FreeBusy,
    Hold,
    OneEvent,
    Released,
    Slot,
    free_slots,
    shared,
    span_of,
)

if TYPE_CHECKING:
    from connectors.caldav.connection import Caldav

ROUNDS = 6  # of two holds that meet
SAME_UID = "exactly once: the calendar refuses a second event with the same UID"
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
    uid = uid_of(call)
    if call.repeat and (known := await existing(uid, call)):
        return known
    async with call.client.choosing:
        return await settle(args, uid, call)


@caldav.action(Effect.KEYED, authority="destructive", why="once: what is gone already counts as released")
async def release_hold(args: OneEvent, call: Call[Caldav]) -> Released:
    """Let a hold go; one that a person confirmed in the calendar stays.

    Example:
        - caldav.release_hold:
            event: ${hold.id}
    """
    url = await call.client.href(args.event)
    found = await call.client.ask("GET", url, expected=(404, 410))
    if found.status_code >= 400:
        return Released(released=True)
    if any(str(event.get("STATUS", "")) == "CONFIRMED" for event in events_in(found.content)):
        return Released(released=False)
    await call.client.ask("DELETE", url, headers={"If-Match": found.headers.get("ETag", "*")}, expected=(404, 410))
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
    ref = EventRef(id=uid_of(call), url="", title=args.title, start=args.start, end=args.end)
    return await put(ref, call, tentative=False, description=args.description, location=args.location)


@caldav.action(Effect.KEYED, authority="destructive", why="once: what is gone already counts as deleted")
async def delete_event(args: OneEvent, call: Call[Caldav]) -> Nothing:
    """Take an event out of the calendar.

    Example:
        - caldav.delete_event:
            event: ${meeting.id}
    """
    await call.client.ask("DELETE", await call.client.href(args.event), expected=(404, 410))
    return Nothing()


async def settle(args: Hold, uid: str, call: Call[Caldav]) -> EventRef:
    """Put the hold where nothing else is; of two holds of different workers that meet, both move on."""
    skipped = 0
    for _round in range(ROUNDS):
        slot = await choose(args, uid, skipped, call)
        ref = await put(
            EventRef(id=uid, url="", title=args.title, start=slot.start, end=slot.end), call, tentative=True
        )
        others = [] if args.if_busy == "anyway" else await clashes(ref, call)
        if not others:
            return ref
        await call.client.ask("DELETE", ref.url, expected=(404,))
        skipped += 2 if uid > max(others) else 1  # two that met must not meet again in the next slot
    raise Unavailable("the calendar is too busy just now to find a free slot")


def uid_of(call: Call[Caldav]) -> str:
    """Return the event's UID: the same for every attempt at the step."""
    return str(uuid5(NAMESPACE_URL, call.key))


async def put(
    ref: EventRef, call: Call[Caldav], *, tentative: bool, description: str = "", location: str = ""
) -> EventRef:
    """Put a new event; where the server has it already, return what it has."""
    url = await call.client.href(ref.id)
    content = to_ical(ref, key=call.key, now=call.now, tentative=tentative, description=description, location=location)
    headers = {"If-None-Match": "*", "Content-Type": "text/calendar; charset=utf-8"}
    answer = await call.client.ask("PUT", url, content=content, headers=headers, expected=(412,))
    if answer.status_code == 412 and (known := await existing(ref.id, call)):
        return known
    return ref.model_copy(update={"url": url, "etag": answer.headers.get("ETag", "")})


async def existing(uid: str, call: Call[Caldav]) -> EventRef | None:
    """Return the event that an earlier attempt left, or None."""
    url = await call.client.href(uid)
    answer = await call.client.ask("GET", url, expected=(404, 410))
    if answer.status_code >= 400:
        return None
    return read_ref(answer.content, uid, url, answer.headers.get("ETag", ""), call.calendar)


async def choose(args: Hold, uid: str, skipped: int, call: Call[Caldav]) -> Slot:
    """Return the wanted time where it is free, else the next free slot; `skipped` slots are left to others."""
    start, end = span_of(call, args.around, args.within)
    wanted = Slot(start=start, end=start + args.length)
    busy = [b for other, b in await taken(FreeBusy(start=start, end=max(end, wanted.end)), call) if other != uid]
    free = args.around == start and not overlap(wanted, busy)
    if (args.if_busy == "anyway" and args.around == start) or (free and not skipped):
        return wanted
    if args.if_busy == "fail" and args.around == start:
        raise Rejected("the wanted time is taken")
    found = slots_between(start, end, args, busy, call)
    slot = next(islice(found, skipped, None), None)
    if slot is None:
        raise Rejected("there is no free slot in that time")
    return slot


def slots_between(start: datetime, end: datetime, args: Hold, busy: list[Busy], call: Call[Caldav]) -> Iterator[Slot]:
    """Yield the free slots of a search."""
    return free_slots(call.calendar, start, end, args.length, busy)


def overlap(slot: Slot, busy: list[Busy]) -> bool:
    """Say whether a slot meets something."""
    return any(b.start < slot.end and b.end > slot.start for b in busy)


async def clashes(ref: EventRef, call: Call[Caldav]) -> list[str]:
    """Return the UIDs of events that meet a hold which was just put; another run may have chosen the same slot."""
    there = await taken(FreeBusy(start=ref.start, end=ref.end), call)
    return [uid for uid, busy in there if uid != ref.id and busy.start < ref.end and busy.end > ref.start]


async def taken(span: FreeBusy, call: Call[Caldav]) -> list[tuple[str, Busy]]:
    """Return what takes time in a span, with the UIDs of the events."""
    answer = await call.client.ask("REPORT", await call.client.collection(), **events_between(span.start, span.end))
    files = [data.text for found in answers(answer.content) for data in found.iter(DATA) if data.text]
    events = [event for file in files for event in events_in(file)]
    spans = [(str(event.get("UID", "")), busy_of(event, call.calendar)) for event in events]
    return sorted([(uid, busy) for uid, busy in spans if busy is not None], key=lambda pair: pair[1].start)
