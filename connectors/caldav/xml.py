"""The XML of WebDAV: what is asked, and answers read by a parser that refuses entities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from wakeel.sdk import Maybe

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
RESOURCETYPE, NAME, PRINCIPAL = f"{DAV}resourcetype", f"{DAV}displayname", f"{DAV}current-user-principal"
HOME, CALENDAR, DATA = f"{CAL}calendar-home-set", f"{CAL}calendar", f"{CAL}calendar-data"
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
    """Yield the responses of a multistatus; a document with entities of its own is refused unread."""
    if b"<!" in content.replace(b"<![CDATA[", b""):
        raise Maybe("the calendar answered with a document that is not safe to read")
    try:
        yield from ET.fromstring(content).iter(f"{DAV}response")  # noqa: S314 - declarations were refused above
    except ET.ParseError as error:
        raise Maybe("the calendar's answer cannot be read") from error
