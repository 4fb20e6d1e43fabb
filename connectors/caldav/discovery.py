"""Finds the calendar's address by path or by displayed name (RFC 6764, RFC 5397)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from connectors.caldav.xml import CALENDAR, HOME, NAME, PRINCIPAL, RESOURCETYPE, answers, propfind
from wakeel.sdk import Rejected

if TYPE_CHECKING:
    from connectors.caldav.connection import Caldav


async def find(client: Caldav) -> str:
    """Return the calendar's address with a final slash; raises Rejected where there is none of that name."""
    base = client.url if client.url.endswith("/") else client.url + "/"
    direct = urljoin(base, quote(client.calendar, safe="/:%")).rstrip("/") + "/"
    if await is_calendar(client, direct):
        return direct
    named = await calendars(client, await home(client, base))
    if not client.calendar and len(named) == 1:
        return next(iter(named.values()))
    if client.calendar not in named:
        known = ", ".join(sorted(named)) or "none"
        raise Rejected(f"there is no calendar “{client.calendar}” (there: {known})")
    return named[client.calendar]


async def is_calendar(client: Caldav, url: str) -> bool:
    """Say whether an address is a calendar."""
    found = await client.ask("PROPFIND", url, **propfind(RESOURCETYPE, depth=0), expected=(403, 404, 405))
    return found.status_code == 207 and any(a.find(f".//{CALENDAR}") is not None for a in answers(found.content))


async def home(client: Caldav, base: str) -> str:
    """Return the address under which the account's calendars lie."""
    at = base
    for prop in (PRINCIPAL, HOME):
        found = await client.ask("PROPFIND", at, **propfind(prop, depth=0), follow_redirects=False, expected=(404,))
        hrefs = [h.text for a in answers(found.content) for h in a.findall(f".//{prop}/{{DAV:}}href") if h.text]
        at = urljoin(at, hrefs[0]) if hrefs else at
    return at


async def calendars(client: Caldav, at: str) -> dict[str, str]:
    """Return the account's calendars by displayed name."""
    found = await client.ask("PROPFIND", at, **propfind(RESOURCETYPE, NAME, depth=1))
    named: dict[str, str] = {}
    for answer in answers(found.content):
        href = answer.findtext("{DAV:}href") or ""
        if answer.find(f".//{CALENDAR}") is not None:
            name = answer.findtext(f".//{NAME}") or href.rstrip("/").rpartition("/")[2]
            named[name] = urljoin(at, href)
    return named
