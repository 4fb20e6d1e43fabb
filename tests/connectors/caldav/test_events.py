"""Events are written by the library, whatever their texts hold, and read with care."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.caldav.actions import create_event, delete_event, free_busy, hold
from connectors.caldav.events import events_in, to_ical
from tests.connectors.calls import KEY, NOW, a_call
from wakeel.sdk import Rejected
from wakeel.sdk.ports.calendar import CreateEvent, EventRef, FreeBusy, Hold, OneEvent

if TYPE_CHECKING:
    from connectors.caldav.connection import Caldav
    from tests.connectors.caldav.conftest import Diary

START, END = datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
ARABIC = "عاجل: عقد الصيانة، «المخبز»؛ ١٢ شارع النيل \u200f(نور)"
NAMES = {"BEGIN", "UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "STATUS", "TRANSP", "CLASS", "X-WAKEEL-KEY", "END"}


def meeting(title: str = "Call", **more: str) -> CreateEvent:
    return CreateEvent.model_validate({"title": title, "start": START, "end": END, **more})


async def test_an_arabic_title_arrives_unchanged(client: Caldav, diary: Diary) -> None:
    made = await create_event(meeting(ARABIC, description=ARABIC, location=ARABIC), a_call(client))
    [event] = events_in(diary.server.request("GET", made.url))
    assert [str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")] == [ARABIC] * 3
    assert (await create_event(meeting(ARABIC), a_call(client, repeat=True))).title == ARABIC


async def test_an_event_is_confirmed_and_made_once(client: Caldav, diary: Diary) -> None:
    first = await create_event(meeting(), a_call(client))
    for repeat in (False, True):
        assert await create_event(meeting(), a_call(client, repeat=repeat)) == first
    assert diary.count() == 1
    assert "STATUS:CONFIRMED" in diary.text()


async def test_another_step_makes_another_event(client: Caldav, diary: Diary) -> None:
    first = await create_event(meeting(), a_call(client))
    second = await create_event(meeting(), a_call(client, f"{KEY}/1"))
    assert first.id != second.id
    assert diary.count() == 2


async def test_deleting_an_event_twice_is_fine(client: Caldav, diary: Diary) -> None:
    made = await create_event(meeting(), a_call(client))
    for _turn in range(2):
        await delete_event(OneEvent(event=made.event), a_call(client))
    assert diary.count() == 0


@pytest.mark.parametrize("hostile", ["../other/x", "http://127.0.0.1:9/x", "/etc", "..", "a?b#c", "%2e%2e%2f"])
async def test_an_id_never_leads_out_of_the_calendar(client: Caldav, diary: Diary, hostile: str) -> None:
    diary.put("kept", "DTSTART:20261122T090000Z")
    assert (await client.href(hostile)).startswith(diary.url)
    assert "/" not in (await client.href(hostile)).removeprefix(diary.url)
    with contextlib.suppress(Exception):  # a server may refuse such a name
        await delete_event(OneEvent(event=hostile), a_call(client))
    assert diary.count() == 1


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b", "\x0c", "\x1c"])
async def test_the_end_of_a_line_in_a_title_injects_nothing(client: Caldav, diary: Diary, end: str) -> None:
    title = f"Call{end}ATTENDEE:mailto:evil@example.com{end}END:VEVENT"
    made = await hold(Hold(title=title), a_call(client))
    [event] = events_in(diary.server.request("GET", made.url))
    assert set(event) | {"BEGIN", "END"} == NAMES
    assert str(event["SUMMARY"]) == made.title == "Call ATTENDEE:mailto:evil@example.com END:VEVENT"


@given(st.text(min_size=1, max_size=200), st.text(max_size=200))
def test_no_text_makes_a_second_property_or_event(title: str, description: str) -> None:
    ref = EventRef(id="1", event="1", url="", title=title, start=START, end=END)
    data = to_ical(ref, key=KEY, now=NOW, tentative=True, description=description, location=description)
    [event] = events_in(data)
    assert set(event) - {"DESCRIPTION", "LOCATION"} | {"BEGIN", "END"} == NAMES
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


@pytest.mark.parametrize("lines", [["DTSTART:2026"], ["SUMMARY:no time"], ["DTSTART:20261122T090000Z", "DTEND:never"]])
def test_an_event_that_cannot_be_read_is_said_and_not_skipped(lines: list[str]) -> None:
    from connectors.caldav.events import busy_in
    from tests.connectors.calls import CAIRO

    text = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    with pytest.raises(Rejected, match="cannot be read"):
        list(busy_in(text, CAIRO))


async def test_floating_times_are_the_clients(client: Caldav, diary: Diary) -> None:
    diary.put("floating", "DTSTART:20261123T100000", "DTEND:20261123T110000")
    taken = await free_busy(FreeBusy(start=START, end=END), a_call(client))
    assert [(b.start.astimezone(UTC), b.end.astimezone(UTC)) for b in taken.busy] == [(START, END)]


async def test_times_with_a_zone_of_windows_are_understood(client: Caldav, diary: Diary) -> None:
    diary.put(
        "zoned", "DTSTART;TZID=Arab Standard Time:20261123T110000", "DTEND;TZID=Arab Standard Time:20261123T120000"
    )
    taken = await free_busy(FreeBusy(start=START, end=END), a_call(client))
    assert [b.start.astimezone(UTC) for b in taken.busy] == [START]
