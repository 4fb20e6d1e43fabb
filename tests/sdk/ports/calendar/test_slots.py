"""Free slots lie in working time, apart from what is taken, in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.connectors.calls import CAIRO, NOW, a_call
from wakeel.sdk import Call, Connector, WorkingDuration
from wakeel.sdk.ports.calendar import (
    GRID,
    Busy,
    BusyTimes,
    CreateEvent,
    FindSlots,
    FreeBusy,
    Hold,
    free_slots,
    shared,
    span_of,
)

HOUR = timedelta(hours=1)
offsets = st.integers(0, 14 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
spans = st.builds(
    lambda start, length: Busy(start=NOW + start, end=NOW + start + length),
    offsets,
    st.integers(1, 600).map(lambda minutes: timedelta(minutes=minutes)),
)


def busy(begin: float, end: float) -> Busy:
    """Return a span that begins and ends so many hours from now, which is 11:00 in Cairo."""
    return Busy(start=NOW + begin * HOUR, end=NOW + end * HOUR)


def calendar_with(*taken: Busy) -> tuple[Any, Any, list[FreeBusy]]:
    """Return the shared verbs over a calendar that a test fills."""
    asked: list[FreeBusy] = []

    async def free_busy(args: FreeBusy, _call: Call[Any]) -> BusyTimes:
        asked.append(args)
        return BusyTimes(busy=list(taken))

    return *shared(Connector("trial"), free_busy), asked


@settings(max_examples=80, deadline=None)
@given(offsets, offsets, st.integers(1, 32), st.lists(spans, max_size=20))
def test_slots_are_free_in_working_time_in_order_and_on_the_quarter_hour(
    begin: timedelta, length: timedelta, quarters: int, taken: list[Busy]
) -> None:
    start, end, asked = NOW + begin, NOW + begin + length, quarters * GRID
    slots = list(free_slots(CAIRO, start, end, asked, taken))
    windows = list(CAIRO.windows(start, end))
    for slot in slots:
        assert slot.end - slot.start == asked
        assert slot.start.minute % 15 == slot.start.second == 0
        assert any(opens <= slot.start and slot.end <= closes for opens, closes in windows)
        assert not any(b.start < slot.end and b.end > slot.start for b in taken)
    assert all(first.end <= second.start for first, second in pairwise(slots))


@settings(max_examples=80, deadline=None)
@given(st.lists(spans, max_size=20), st.integers(1, 8))
def test_the_first_slot_is_the_first_that_there_is(taken: list[Busy], quarters: int) -> None:
    end, length = NOW + timedelta(days=7), quarters * GRID
    first = next(iter(free_slots(CAIRO, NOW, end, length, taken)), None)
    every = [NOW + n * GRID for n in range(7 * 24 * 4)]
    fits = (
        at
        for at in every
        if any(opens <= at and at + length <= closes for opens, closes in CAIRO.windows(NOW, end))
        and not any(b.start < at + length and b.end > at for b in taken)
    )
    assert (first.start if first else None) == next(fits, None)


async def test_as_many_slots_are_found_as_were_asked_for() -> None:
    find_slots, _check, asked = calendar_with(busy(0, 1), busy(2, 2.5))
    found = await find_slots(FindSlots(length=HOUR, count=2), a_call(None))
    assert [(s.start - NOW) / HOUR for s in found.slots] == [1, 2.5]
    assert str(found.slots[0].start.tzinfo) == "Africa/Cairo"
    assert (asked[0].start, asked[0].end) == span_of(a_call(None), None, WorkingDuration(amount=5, unit="days"))


async def test_fewer_slots_are_found_where_the_calendar_is_full() -> None:
    find_slots, _check, _asked = calendar_with(busy(0, 24 * 30))
    assert (await find_slots(FindSlots(length=HOUR), a_call(None))).slots == []


async def test_a_span_is_free_or_says_what_takes_it() -> None:
    _find, check_conflicts, _asked = calendar_with(busy(-1, 0), busy(0.5, 2), busy(1, 3))
    found = await check_conflicts(FreeBusy(start=NOW, end=NOW + HOUR), a_call(None))
    assert (found.free, len(found.conflicts)) == (False, 1)
    assert (await check_conflicts(FreeBusy(start=NOW, end=NOW + 0.5 * HOUR), a_call(None))).free


@pytest.mark.parametrize("around", [None, NOW - HOUR, NOW])
def test_a_search_never_begins_in_the_past(around: datetime | None) -> None:
    assert span_of(a_call(None), around, HOUR) == (NOW, NOW + HOUR)


@pytest.mark.parametrize("length", ["0s", timedelta(), timedelta(hours=-1)])
def test_a_slot_without_length_is_refused(length: Any) -> None:
    with pytest.raises(ValidationError):
        Hold(title="x", length=length)
    with pytest.raises(ValidationError):
        FindSlots(length=length)


def test_an_end_before_the_start_and_a_time_without_a_zone_are_refused() -> None:
    for start, end in ((NOW, NOW), (NOW, NOW - HOUR), (datetime(2026, 11, 22, 9), NOW)):  # noqa: DTZ001
        with pytest.raises(ValidationError):
            CreateEvent(title="x", start=start, end=end)
        with pytest.raises(ValidationError):
            FreeBusy(start=start, end=end)


def test_slots_lie_on_the_quarter_hour_of_zones_that_are_off_by_one() -> None:
    nepal = CAIRO.model_copy(update={"time_zone": "Asia/Kathmandu"})  # UTC+5:45
    start = datetime(2026, 11, 22, 3, 16, tzinfo=UTC)
    slot = next(free_slots(nepal, start, start + 5 * HOUR, HOUR, []))
    assert (slot.start.hour, slot.start.minute) == (9, 15)
