"""Events as iCalendar (RFC 5545), always through the library, never text pasted together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from unicodedata import category

from wakeel.sdk import Rejected
from wakeel.sdk.ports.calendar import Busy, EventRef

if TYPE_CHECKING:
    from wakeel.sdk import Calendar

UNSAFE = ("Cc", "Cs")


def to_ical(
    ref: EventRef, *, key: str, now: datetime, tentative: bool, description: str = "", location: str = ""
) -> bytes:
    """Return the event's file; times are UTC, and a reader's own program shows its own zone."""
    from icalendar import Calendar as Book
    from icalendar import Event

    event = Event()
    event.add("uid", ref.id)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", text(ref.title, " "))
    event.add("dtstart", ref.start.astimezone(UTC))
    event.add("dtend", ref.end.astimezone(UTC))
    event.add("status", "TENTATIVE" if tentative else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE" if tentative else "PUBLIC")
    event.add("x-wakeel-key", key)
    for name, value in (("description", text(description, "\n")), ("location", text(location, " "))):
        if value:
            event.add(name, value)
    book = Book()
    book.add("prodid", "-//Wakeel//EN")
    book.add("version", "2.0")
    book.add_component(event)
    return bytes(book.to_ical())


def text(value: str, newline: str) -> str:
    """Return a text without control characters and half characters: some readers end a line at them."""
    return newline.join("".join(c for c in line if category(c) not in UNSAFE) for line in value.splitlines())


def events_in(content: bytes | str) -> list[Any]:
    """Return the events of a file; raises Rejected where it cannot be read."""
    from icalendar import Calendar as Book

    try:
        return Book.from_ical(content).walk("VEVENT")
    except (ValueError, AssertionError, LookupError, AttributeError) as error:
        raise unreadable() from error


def read_ref(content: bytes, event: str, url: str, etag: str, calendar: Calendar) -> EventRef:
    """Return what the file says about its event."""
    found = next(iter(events_in(content)), None)
    if found is None:
        raise unreadable()
    start, end = span(found, calendar)
    title = str(found.get("SUMMARY", ""))
    return EventRef(id=event, event=event, url=url, etag=etag, title=title, start=start, end=end)


def busy_in(content: str, calendar: Calendar) -> Iterator[tuple[str, Busy]]:
    """Yield what takes time in a file, with the UIDs."""
    for found in events_in(content):
        start, end = span(found, calendar)
        if end > start and not says(found, "TRANSP", "TRANSPARENT") and not says(found, "STATUS", "CANCELLED"):
            yield str(found.get("UID", "")), Busy(start=start, end=end, title=str(found.get("SUMMARY", "")))


def says(found: Any, name: str, word: str) -> bool:
    """Say whether a property has a value; case does not matter."""
    return str(found.get(name, "")).upper() == word


def span(found: Any, calendar: Calendar) -> tuple[datetime, datetime]:
    """Return begin and end; a day is a whole day of the client, an end left out is the begin (RFC 5545 §3.6.1)."""
    try:
        start, whole = moment(found.decoded("DTSTART"), calendar)
        if "DTEND" in found:
            return start, moment(found.decoded("DTEND"), calendar)[0]
        length = found.decoded("DURATION") if "DURATION" in found else timedelta(days=1 if whole else 0)
        return start, calendar.plus(start, length)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise unreadable() from error


def moment(value: date | datetime, calendar: Calendar) -> tuple[datetime, bool]:
    """Return an aware moment, and whether the value was a whole day; floating times are the client's."""
    if not isinstance(value, datetime):
        return calendar.at(value, time(0)), True
    if value.tzinfo is None:
        return calendar.at(value.date(), value.time()), False
    return calendar.local(value), False


def unreadable() -> Rejected:
    """Return what is said about an event that nobody can read: skipped, it might be booked over."""
    return Rejected("an event in the calendar cannot be read; look for one with an odd time and save it anew")
