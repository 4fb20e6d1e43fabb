"""Finds the calendar's address by path or by displayed name (RFC 6764, RFC 5397, RFC 4791)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from connectors.caldav.xml import CALENDAR, HOME, HREF, NAME, PRINCIPAL, RESOURCETYPE, answers, propfind
from wakeel.sdk import Rejected

if TYPE_CHECKING:
    from connectors.caldav.connection import Answer, Caldav

MOVED = (301, 302, 303, 307, 308)
NOT_HERE = (*MOVED, 400, 403, 404, 405)  # what servers say to PROPFIND where nothing of the kind is
WELL_KNOWN = "/.well-known/caldav"
JUMPS = 3  # from redirect to redirect


async def find(client: Caldav) -> str:
    """Return the calendar's address with a final slash; raises Rejected where not exactly one is meant."""
    base = client.url.rstrip("/") + "/"
    direct = urljoin(base, quote(client.calendar, safe="/%")).rstrip("/") + "/"
    if await is_calendar(client, direct):
        return direct
    known = await calendars(client, await home(client, base))
    meant = [url for name, url in known if not client.calendar or name == client.calendar]
    if len(meant) == 1:
        return meant[0]
    there = ", ".join(sorted(f"“{name}”" for name, _url in known)) or "none"
    if not client.calendar:
        raise Rejected(f"say in the connection which calendar is meant (there: {there})")
    several = "there are several calendars" if meant else "there is no calendar"
    raise Rejected(f"{several} “{client.calendar}” (there: {there})")


async def is_calendar(client: Caldav, url: str) -> bool:
    """Say whether an address is a calendar."""
    found = await client.ask("PROPFIND", url, **propfind(RESOURCETYPE, depth=0), expected=NOT_HERE)
    return found.status == 207 and any(a.find(f".//{CALENDAR}") is not None for a in answers(found.content))


async def home(client: Caldav, base: str) -> str:
    """Return the address under which the account's calendars lie."""
    for start in (base, urljoin(base, WELL_KNOWN)):
        if principal := await named_in(client, start, PRINCIPAL):
            return await named_in(client, principal, HOME) or principal
    return base


async def named_in(client: Caldav, at: str, prop: str) -> str:
    """Return the address that a property names, following redirects; empty where there is none."""
    for _jump in range(JUMPS):
        found = await client.ask("PROPFIND", at, **propfind(prop, depth=0), expected=NOT_HERE)
        if found.status in MOVED:
            at = near(at, str(found.headers.get("Location", "")))
            continue
        return next((near(at, href) for href in hrefs(found, prop)), "")
    return ""


def hrefs(found: Answer, prop: str) -> list[str]:
    """Return the addresses in a property of an answer."""
    responses = answers(found.content) if found.status == 207 else ()
    return [href.text for one in responses for href in one.findall(f".//{prop}/{HREF}") if href.text]


async def calendars(client: Caldav, at: str) -> list[tuple[str, str]]:
    """Return the account's calendars, each with its displayed name and its address."""
    found = await client.ask("PROPFIND", at, **propfind(RESOURCETYPE, NAME, depth=1), expected=NOT_HERE)
    known: list[tuple[str, str]] = []
    for one in answers(found.content) if found.status == 207 else ():
        href = one.findtext(HREF) or ""
        if one.find(f".//{CALENDAR}") is not None:
            name = one.findtext(f".//{NAME}") or href.rstrip("/").rpartition("/")[2]
            known.append((name, near(at, href).rstrip("/") + "/"))
    return known


def near(at: str, href: str) -> str:
    """Return an address that a server names; the login goes to that server only, or to its neighbours by name."""
    try:
        there = urljoin(at, href)
        old, new = urlsplit(at), urlsplit(there)
        same = (new.scheme, domain(new.hostname), new.username) == (old.scheme, domain(old.hostname), old.username)
    except ValueError:
        same = False
    if not same:
        raise Rejected("the calendar's server leads to another one; give that one's address in the connection")
    return there


def domain(host: str | None) -> str:
    """Return what neighbours share: `icloud.com` of `p12-caldav.icloud.com`; an address of numbers has none."""
    name = host or ""
    parent = name.partition(".")[2]
    return parent if "." in parent and not name.replace(".", "").isdecimal() and ":" not in name else name
