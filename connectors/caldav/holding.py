"""Keeping time free: choose a slot, put the hold there, and look whether somebody else did the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from connectors.caldav.connection import classify
from connectors.caldav.events import busy_in
from connectors.caldav.files import planned, put, take_away, uid_of
from connectors.caldav.xml import DATA, answers, events_between
from wakeel.sdk import Call, ConnectorError, Maybe, Rejected, Unavailable
from wakeel.sdk.ports.calendar import Busy, EventRef, FreeBusy, Hold, Slot, free_slots, span_of

if TYPE_CHECKING:
    from connectors.caldav.connection import Caldav

DAY = timedelta(days=1)
ROUNDS = 6  # of two holds that meet
MOST = 2000  # events in one look


async def settle(args: Hold, call: Call[Caldav]) -> EventRef:
    """Put the hold where nothing else is; of two that meet both move on, as each may have been first."""
    skipped = 0
    for _round in range(ROUNDS):
        slot = await choose(args, skipped, call)
        ref = await put(planned(call, args.title, slot.start, slot.end), call, tentative=True)
        with acted():
            others = [] if args.if_busy == "anyway" else await clashes(ref, call)
            if not others:
                return ref
            await take_away(ref.url, call, ref.etag)
        skipped += 2 if ref.id > max(others) else 1  # they must not meet again in the next slot
    raise Unavailable("others are taking every free slot just now")


async def choose(args: Hold, skipped: int, call: Call[Caldav]) -> Slot:
    """Return the wanted time, or the next free slot; `skipped` slots are left to those whom the hold met."""
    start, end = span_of(call, args.around, args.within)
    wanted, asked = Slot(start=start, end=start + args.length), start == args.around
    if asked and args.if_busy == "anyway":
        return wanted
    there = await taken(FreeBusy(start=start, end=max(end, wanted.end)), call)
    busy = [found for uid, found in there if uid != uid_of(call)]
    if asked and not skipped and not any(b.start < wanted.end and b.end > wanted.start for b in busy):
        return wanted
    none: ConnectorError = Rejected("there is no free slot in that time")
    if asked and args.if_busy == "fail":
        none, end = Rejected("the wanted time is taken"), start
    slot = next(islice(free_slots(call.calendar, start, end, args.length, busy), skipped, None), None)
    if slot is None:
        raise Unavailable("somebody else wanted the same time just now") if skipped else none
    return slot


@contextmanager
def acted() -> Iterator[None]:
    """Make Maybe of every error: the hold is in the calendar."""
    try:
        yield
    except Exception as error:
        word = error if isinstance(error, ConnectorError) else classify(error)
        if word is None:
            raise
        raise Maybe(str(word), retry_after=word.retry_after) from error


async def clashes(ref: EventRef, call: Call[Caldav]) -> list[str]:
    """Return the UIDs of events that meet a hold which is there."""
    there = await taken(FreeBusy(start=ref.start, end=ref.end), call)
    return [uid for uid, _busy in there if uid != ref.id]


async def taken(span: FreeBusy, call: Call[Caldav]) -> list[tuple[str, Busy]]:
    """Return what takes time in a span in order, with the UIDs of the events.

    A server counts whole days and times without a zone in a zone of its own, so more is asked and sorted out here.
    """
    asked = events_between(span.start - DAY, span.end + DAY)
    answer = await call.client.ask("REPORT", await call.client.collection(), **asked)
    files = [data.text for found in answers(answer.content) for data in found.iter(DATA) if data.text]
    there = list(islice((pair for file in files for pair in busy_in(file, call.calendar)), MOST + 1))
    if len(there) > MOST:
        raise Rejected(f"there are more than {MOST} events in that time")
    inside = [(uid, busy) for uid, busy in there if busy.start < span.end and busy.end > span.start]
    return sorted(inside, key=lambda pair: pair[1].start)
