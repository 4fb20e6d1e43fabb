"""The XML of WebDAV: what is asked, and answers read by a parser that refuses entities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NoReturn
from xml.etree import ElementTree as ET
from xml.parsers import expat

from wakeel.sdk import Unavailable

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
RESOURCETYPE, NAME, PRINCIPAL = f"{DAV}resourcetype", f"{DAV}displayname", f"{DAV}current-user-principal"
HOME, CALENDAR, DATA, HREF = f"{CAL}calendar-home-set", f"{CAL}calendar", f"{CAL}calendar-data", f"{DAV}href"
XML = {"Content-Type": "application/xml; charset=utf-8"}
STAMP = "%Y%m%dT%H%M%SZ"


def propfind(*props: str, depth: int) -> dict[str, Any]:
    """Return the arguments of a PROPFIND request."""
    root = ET.Element(f"{DAV}propfind")
    wanted = ET.SubElement(root, f"{DAV}prop")
    for prop in props:
        ET.SubElement(wanted, prop)
    return {"content": ET.tostring(root, encoding="utf-8"), "headers": {**XML, "Depth": str(depth)}}


def events_between(start: datetime, end: datetime) -> dict[str, Any]:
    """Return the arguments of a calendar-query REPORT with repeats expanded by the server (RFC 4791 §7.8, §9.6.5)."""
    span = {"start": start.astimezone(UTC).strftime(STAMP), "end": end.astimezone(UTC).strftime(STAMP)}
    root = ET.Element(f"{CAL}calendar-query")
    ET.SubElement(ET.SubElement(ET.SubElement(root, f"{DAV}prop"), DATA), f"{CAL}expand", span)
    whole = ET.SubElement(ET.SubElement(root, f"{CAL}filter"), f"{CAL}comp-filter", {"name": "VCALENDAR"})
    ET.SubElement(ET.SubElement(whole, f"{CAL}comp-filter", {"name": "VEVENT"}), f"{CAL}time-range", span)
    return {"content": ET.tostring(root, encoding="utf-8"), "headers": {**XML, "Depth": "1"}}


def answers(content: bytes) -> Iterator[ET.Element]:
    """Yield the responses of a multistatus; raises Unavailable for what is none, such as a proxy's page."""
    try:
        refuse_declarations(content)
        root = ET.fromstring(content)  # noqa: S314 - declarations were refused above
    except (expat.ExpatError, ET.ParseError, ValueError, LookupError) as error:
        raise Unavailable("the calendar's answer cannot be read") from error
    yield from root.iter(f"{DAV}response")


def refuse_declarations(content: bytes) -> None:
    """Raise Unavailable at a document type, before any entity is read: a small one can grow to gigabytes."""
    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = unsafe
    reader.Parse(content, True)


def unsafe(*_declared: object) -> NoReturn:
    """Refuse a document type."""
    raise Unavailable("the calendar answered with a document that is not safe to read")
