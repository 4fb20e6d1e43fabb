"""One event, one file on the server (RFC 4791 §4.1): put once, looked at, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from connectors.caldav.events import read_ref, text, to_ical
from wakeel.sdk import Call, Unavailable
from wakeel.sdk.ports.calendar import EventRef

if TYPE_CHECKING:
    from datetime import datetime

    from connectors.caldav.connection import Caldav

GONE = (404, 410)
TAKEN = (412,)


def uid_of(call: Call[Caldav]) -> str:
    """Return the event's UID: the same for every attempt at the step."""
    return str(uuid5(NAMESPACE_URL, call.key))


def planned(call: Call[Caldav], title: str, start: datetime, end: datetime) -> EventRef:
    """Return the step's event as it will be; its title is one line."""
    uid = uid_of(call)
    return EventRef(id=uid, event=uid, url="", title=text(title, " "), start=start, end=end)


async def put(
    ref: EventRef, call: Call[Caldav], *, tentative: bool, description: str = "", location: str = ""
) -> EventRef:
    """Put a new event; where the server has it already, return what it has."""
    url = await call.client.href(ref.id)
    content = to_ical(ref, key=call.key, now=call.now, tentative=tentative, description=description, location=location)
    headers = {"If-None-Match": "*", "Content-Type": "text/calendar; charset=utf-8"}
    answer = await call.client.ask("PUT", url, content=content, headers=headers, expected=TAKEN)
    if answer.status not in TAKEN:
        return ref.model_copy(update={"url": url, "etag": answer.etag})
    if known := await existing(call):
        return known
    raise Unavailable("the event went while it was looked at")


async def existing(call: Call[Caldav]) -> EventRef | None:
    """Return the event that an earlier attempt at the step left, or None."""
    url = await call.client.href(uid_of(call))
    answer = await call.client.ask("GET", url, expected=GONE)
    if answer.status in GONE:
        return None
    return read_ref(answer.content, uid_of(call), url, answer.etag, call.calendar)


async def take_away(url: str, call: Call[Caldav], etag: str = "") -> None:
    """Delete an event, in the version that was seen; one that is gone already is fine."""
    headers = {"If-Match": etag} if etag else {}
    answer = await call.client.ask("DELETE", url, headers=headers, expected=(*GONE, *TAKEN))
    if answer.status in TAKEN:
        raise Unavailable("the event was changed just now")
