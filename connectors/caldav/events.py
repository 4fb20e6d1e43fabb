"""Events as iCalendar (RFC 5545), always through the library, never text pasted together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from wakeel.sdk import Maybe
from wakeel.sdk.ports.calendar import Busy, EventRef

if TYPE_CHECKING:
    from wakeel.sdk import Calendar

MOST = 2000  # events of one answer


def to_ical(
    ref: EventRef, *, key: str, now: datetime, tentative: bool, description: str = "", location: str = ""
) -> bytes:
    """Return the event's file; UTC times with the client's zone shown by the reader's own program."""
    from icalendar import Calendar as Book
    from icalendar import Event

    event = Event()
    event.add("uid", ref.id)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", ref.title)
    event.add("dtstart", ref.start.astimezone(UTC))
    event.add("dtend", ref.end.astimezone(UTC))
    event.add("status", "TENTATIVE" if tentative else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE" if tentative else "PUBLIC")
    event.add("x-wakeel-key", key)
    for name, value in (("description", description), ("location", location)):
        if value:
            event.add(name, value)
    book = Book()
    book.add("prodid", "-//Wakeel//EN")
    book.add("version", "2.0")
    book.add_component(event)
    return bytes(book.to_ical())


def events_in(content: bytes | str) -> Iterator[Any]:
    """Yield the events of a file; raises Maybe where it cannot be read."""
    from icalendar import Calendar as Book

    try:
        book = Book.from_ical(content)
        found = book.walk("VEVENT")
    except (ValueError, AssertionError, IndexError) as error:
        raise Maybe("the calendar holds an event that cannot be read") from error
    yield from found[:MOST]


def read_ref(content: bytes, event: str, url: str, etag: str, calendar: Calendar) -> EventRef:
    """Return what the file says about its event."""
    found = next(iter(events_in(content)))
    start, end = span(found, calendar)
    return EventRef(id=event, url=url, etag=etag, title=str(found.get("SUMMARY", "")), start=start, end=end)


def busy_of(found: Any, calendar: Calendar) -> Busy | None:
    """Return the time that an event takes; None where it takes none."""
    if str(found.get("TRANSP", "OPAQUE")) == "TRANSPARENT" or str(found.get("STATUS", "")) == "CANCELLED":
        return None
    start, end = span(found, calendar)
    return Busy(start=start, end=end, title=str(found.get("SUMMARY", ""))) if end > start else None


def span(found: Any, calendar: Calendar) -> tuple[datetime, datetime]:
    """Return begin and end; a day is a whole day of the client, an end left out is the begin (RFC 5545 §3.6.1)."""
    start, whole = moment(found.decoded("DTSTART"), calendar)
    if "DTEND" in found:
        return start, moment(found.decoded("DTEND"), calendar)[0]
    length = found.decoded("DURATION") if "DURATION" in found else timedelta(days=1 if whole else 0)
    return start, start + length


def moment(value: date | datetime, calendar: Calendar) -> tuple[datetime, bool]:
    """Return an aware moment, and whether the value was a whole day; floating times are the client's."""
    if not isinstance(value, datetime):
        return calendar.at(value, time(0)), True
    if value.tzinfo is None:
        return calendar.at(value.date(), value.time()), False
    return calendar.local(value), False
