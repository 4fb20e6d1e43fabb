"""A hold takes free time, once for each step, and never what somebody else took."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from connectors.caldav.actions import free_busy, hold, release_hold
from connectors.caldav.connection import classify
from tests.connectors.calls import KEY, NOW, a_call
from wakeel.sdk import Call, Maybe, Rejected, Unavailable, WorkingDuration
from wakeel.sdk.ports.calendar import EventRef, FreeBusy, Hold, OneEvent

if TYPE_CHECKING:
    from connectors.caldav.connection import Caldav
    from tests.connectors.caldav.conftest import Diary, Shaky

HALF = timedelta(minutes=30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026 in UTC; Cairo is two hours ahead, the 22nd is a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def held(ref: EventRef) -> tuple[datetime, datetime]:
    return ref.start.astimezone(UTC), ref.end.astimezone(UTC)


def wanted(**given: Any) -> Hold:
    return Hold.model_validate({"title": "Answer Nour", "length": "30m", **given})


def late(client: Caldav, key: str = KEY) -> Call[Any]:
    """Return a call on Thursday the 26th at 16:40 in Cairo, when no half hour is left."""
    call = a_call(client, key)
    return Call(client, key, call.repeat, at(26, 14, 40), call.calendar, call.files)


async def test_a_hold_takes_the_first_free_quarter_hour_of_working_time(client: Caldav, diary: Diary) -> None:
    ref = await hold(wanted(), a_call(client))
    assert held(ref) == (NOW, NOW + HALF)
    assert (ref.title, ref.event, ref.url) == ("Answer Nour", ref.id, f"{diary.url}{ref.id}.ics")
    assert ref.etag
    assert str(ref.start.tzinfo) == "Africa/Cairo"


async def test_a_hold_is_tentative_private_and_carries_its_key(client: Caldav, diary: Diary) -> None:
    await hold(wanted(), a_call(client))
    lines = diary.text().splitlines()
    assert {"STATUS:TENTATIVE", "CLASS:PRIVATE", "TRANSP:OPAQUE", "DTSTART:20261122T090000Z"} <= set(lines)
    assert any(line.startswith("X-WAKEEL-KEY:") and KEY in line for line in lines)


async def test_what_is_taken_is_skipped(client: Caldav, diary: Diary) -> None:
    diary.put("busy", "DTSTART:20261122T085000Z", "DTEND:20261122T092000Z")
    diary.put("more", "DTSTART:20261122T095000Z", "DTEND:20261122T100000Z")
    assert held(await hold(wanted(), a_call(client))) == (at(22, 10), at(22, 10, 30))


async def test_what_takes_no_time_is_not_skipped(client: Caldav, diary: Diary) -> None:
    diary.put("free", "DTSTART:20261122T090000Z", "DTEND:20261122T100000Z", "TRANSP:TRANSPARENT")
    diary.put("off", "DTSTART:20261122T090000Z", "DTEND:20261122T100000Z", "STATUS:CANCELLED")
    diary.put("moment", "DTSTART:20261122T090500Z")
    assert held(await hold(wanted(), a_call(client))) == (NOW, NOW + HALF)


async def test_a_tentative_event_of_somebody_else_is_skipped(client: Caldav, diary: Diary) -> None:
    diary.put("maybe", "DTSTART:20261122T090000Z", "DURATION:PT1H", "STATUS:TENTATIVE")
    assert held(await hold(wanted(), a_call(client))) == (at(22, 10), at(22, 10, 30))


async def test_a_whole_day_is_taken_from_midnight_to_midnight_in_the_clients_zone(client: Caldav, diary: Diary) -> None:
    diary.put("feast", "DTSTART;VALUE=DATE:20261122", "DTEND;VALUE=DATE:20261124")
    assert held(await hold(wanted(), a_call(client))) == (at(24, 7), at(24, 7, 30))
    taken = await free_busy(FreeBusy(start=at(20, 0), end=at(26, 0)), a_call(client))
    assert (taken.busy[0].start.astimezone(UTC), taken.busy[0].end.astimezone(UTC)) == (at(21, 22), at(23, 22))


async def test_a_repeated_event_is_expanded_by_the_server(client: Caldav, diary: Diary) -> None:
    diary.put("daily", "DTSTART:20261101T090000Z", "DTEND:20261101T150000Z", "RRULE:FREQ=DAILY", "SUMMARY:Shift")
    taken = await free_busy(FreeBusy(start=at(22, 0), end=at(25, 0)), a_call(client))
    assert [(b.start.astimezone(UTC), b.title) for b in taken.busy] == [(at(d, 9), "Shift") for d in (22, 23, 24)]
    assert held(await hold(wanted(), a_call(client))) == (at(23, 7), at(23, 7, 30))


async def test_the_weekend_is_skipped(client: Caldav) -> None:
    assert held(await hold(wanted(), late(client))) == (at(29, 7), at(29, 7, 30))  # Sunday, 9:00 in Cairo


async def test_the_wanted_time_is_used_where_it_is_free_even_on_a_free_day(client: Caldav) -> None:
    friday = at(27, 18, 7)
    assert held(await hold(wanted(around=friday), a_call(client))) == (friday, friday + HALF)


async def test_the_next_free_slot_behind_the_wanted_time_is_used_where_that_is_taken(
    client: Caldav, diary: Diary
) -> None:
    diary.put("busy", "DTSTART:20261123T100000Z", "DTEND:20261123T103000Z")
    ref = await hold(wanted(around=at(23, 10, 10)), a_call(client))
    assert held(ref) == (at(23, 10, 30), at(23, 11))


async def test_a_wanted_time_that_is_past_counts_from_now(client: Caldav) -> None:
    assert held(await hold(wanted(around=at(2, 10)), a_call(client))) == (NOW, NOW + HALF)


async def test_if_busy_fail_refuses_a_taken_time_and_leaves_nothing(client: Caldav, diary: Diary) -> None:
    diary.put("busy", "DTSTART:20261123T100000Z", "DTEND:20261123T103000Z")
    with pytest.raises(Rejected, match="taken"):
        await hold(wanted(around=at(23, 10), if_busy="fail"), a_call(client))
    assert diary.count() == 1


async def test_if_busy_anyway_holds_a_taken_time(client: Caldav, diary: Diary) -> None:
    diary.put("busy", "DTSTART:20261123T100000Z", "DTEND:20261123T103000Z")
    ref = await hold(wanted(around=at(23, 10), if_busy="anyway"), a_call(client))
    assert held(ref) == (at(23, 10), at(23, 10, 30))


async def test_where_nothing_is_free_the_hold_is_refused(client: Caldav, diary: Diary) -> None:
    diary.put("long", "DTSTART:20261101T000000Z", "DTEND:20261230T000000Z")
    with pytest.raises(Rejected, match="no free slot"):
        await hold(wanted(within=WorkingDuration(amount=3, unit="days")), a_call(client))
    with pytest.raises(Rejected, match="no free slot"):
        await hold(wanted(length="9h"), a_call(client, "other"))  # longer than any day of work


@pytest.mark.parametrize("repeat", [False, True])
async def test_a_second_attempt_with_the_same_key_is_one_event(client: Caldav, diary: Diary, repeat: bool) -> None:
    first = await hold(wanted(), a_call(client))
    second = await hold(wanted(), a_call(client, repeat=repeat))
    assert second == first
    assert diary.count() == 1


async def test_a_repeat_keeps_the_first_time_when_the_calendar_has_filled_up(client: Caldav, diary: Diary) -> None:
    first = await hold(wanted(), a_call(client))
    diary.put("busy", "DTSTART:20261122T093000Z", "DTEND:20261122T150000Z")
    assert await hold(wanted(), a_call(client, repeat=True)) == first


@pytest.mark.parametrize("seen", ["PUT", "REPORT"])
async def test_a_lost_answer_leaves_one_event_and_is_uncertain(shaky: Shaky, seen: str) -> None:
    async with shaky.opened() as client:
        await free_busy(FreeBusy(start=at(22, 0), end=at(23, 0)), a_call(client))  # the calendar is known
        if seen == "PUT":
            shaky.fault("drop-after-effect", "PUT /*")
        else:  # the look behind the PUT fails, although the server says that it did nothing
            shaky.fault("slow", "REPORT /*", seconds=0)
            shaky.fault("503", "REPORT /*")
        with pytest.raises(Exception) as lost:  # noqa: PT011 - whatever comes, classify names it
            await hold(wanted(), a_call(client))
        assert isinstance(classify(lost.value) or lost.value, Maybe)
        again = await hold(wanted(), a_call(client, repeat=True))
        assert held(again) == (NOW, NOW + HALF)
    assert list(shaky.server.events) == [again.url.partition("/caldav/")[2].join(["/caldav/", ""])]
    assert shaky.requests("PUT") == 1


async def test_a_repeat_moves_away_from_what_came_in_meanwhile(client: Caldav, diary: Diary) -> None:
    first = await hold(wanted(), a_call(client))
    diary.put("busy", "DTSTART:20261122T091500Z", "DTEND:20261122T100000Z")
    second = await hold(wanted(), a_call(client, repeat=True))
    assert second.id == first.id
    assert held(second)[0] >= at(22, 10)
    assert diary.count() == 2


async def test_holds_of_one_worker_at_once_never_overlap(client: Caldav) -> None:
    refs = await asyncio.gather(*(hold(wanted(), a_call(client, f"noor/triage/{n}")) for n in range(6)))
    starts = sorted(held(ref)[0] for ref in refs)
    assert starts == [NOW + n * HALF for n in range(6)]


async def test_holds_of_several_workers_at_once_never_overlap(diary: Diary) -> None:
    async def one(number: int) -> EventRef:
        async with diary.opened() as own:
            return await hold(wanted(within=WorkingDuration(amount=5, unit="days")), a_call(own, f"noor/{number}"))

    refs = await asyncio.gather(*(one(number) for number in range(5)))
    spans = sorted(held(ref) for ref in refs)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert diary.count() == 5


async def test_two_who_want_the_same_time_never_both_have_it(diary: Diary) -> None:
    async def one(number: int) -> EventRef:
        async with diary.opened() as own:
            return await hold(wanted(around=at(23, 10), if_busy="fail"), a_call(own, f"noor/{number}"))

    refs = await asyncio.gather(one(1), one(2), return_exceptions=True)
    assert diary.count() == sum(isinstance(ref, EventRef) for ref in refs) <= 1
    assert all(isinstance(ref, EventRef | Rejected | Unavailable) for ref in refs)


async def test_a_released_hold_is_gone_and_releasing_it_twice_is_fine(client: Caldav, diary: Diary) -> None:
    ref = await hold(wanted(), a_call(client))
    for _turn in range(2):
        assert (await release_hold(OneEvent(event=ref.event), a_call(client))).released
    assert diary.count() == 0


async def test_a_hold_that_a_person_confirmed_stays(client: Caldav, diary: Diary) -> None:
    ref = await hold(wanted(), a_call(client))
    confirmed = diary.server.request("GET", ref.url).replace(b"TENTATIVE", b"CONFIRMED")
    diary.server.request("PUT", ref.url, confirmed, **{"Content-Type": "text/calendar"})
    assert not (await release_hold(OneEvent(event=ref.event), a_call(client))).released
    assert diary.count() == 1
