"""Working time: what "2 working days" means where summer time, holidays and weekends meet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from wakeel.sdk import Calendar, Duration, WorkingDuration
from wakeel.sdk.calendar import Holiday

ZONES = ("Africa/Cairo", "Asia/Beirut", "America/New_York", "Asia/Riyadh", "Europe/London", "UTC")
CAIRO = Calendar(time_zone="Africa/Cairo", weekend=(4, 5))
SUNDAY_OFF = CAIRO.model_copy(update={"holidays": (Holiday(date=date(2026, 11, 22)),)})  # a Sunday
NEVER = Calendar(weekend=(0, 1, 2, 3, 4, 5, 6))

days = st.dates(date(2025, 1, 1), date(2030, 12, 31))
weekends = st.sets(st.integers(0, 6), max_size=4).map(lambda found: tuple(sorted(found)))
holidays = st.lists(
    st.builds(lambda day, more: Holiday(date=day, until=day + timedelta(days=more)), days, st.integers(0, 9)),
    max_size=8,
).map(tuple)
hours = st.sampled_from(
    [(time(9), time(17)), (time(8, 30), time(16, 15)), (time(0), time(23, 59)), (time(10), time(12, 20))]
)
calendars = st.builds(
    lambda zone, weekend, free, span: Calendar(
        time_zone=zone, weekend=weekend, holidays=free, opens=span[0], closes=span[1]
    ),
    st.sampled_from(ZONES),
    weekends,
    holidays,
    hours,
)
moments = st.datetimes(datetime(2025, 2, 1), datetime(2030, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001
amounts = st.one_of(
    st.builds(WorkingDuration, amount=st.integers(0, 60), unit=st.just("days")),
    st.builds(WorkingDuration, amount=st.integers(0, 200), unit=st.just("hours")),
    st.builds(WorkingDuration, amount=st.integers(0, 2000), unit=st.just("minutes")),
)

some = settings(max_examples=60, deadline=None)


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, zone: str = "Africa/Cairo") -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def working(amount: int, unit: str) -> WorkingDuration:
    return WorkingDuration.model_validate({"amount": amount, "unit": unit})


def at_work(calendar: Calendar, moment: datetime) -> bool:
    span = calendar.hours(calendar.local(moment).date())
    return span is not None and span[0] <= moment <= span[1]


def test_eight_working_hours_from_thursday_afternoon_end_on_monday_where_sunday_is_a_holiday() -> None:
    asked = local(2026, 11, 19, 15)
    assert SUNDAY_OFF.plus(asked, working(8, "hours")) == local(2026, 11, 23, 15)
    assert SUNDAY_OFF.plus(asked, working(4, "hours")) == local(2026, 11, 23, 11)
    assert SUNDAY_OFF.plus(asked, working(240, "minutes")) == local(2026, 11, 23, 11)


@pytest.mark.parametrize(
    ("moment", "amount", "wanted"),
    [
        (local(2026, 11, 19, 15), 1, local(2026, 11, 22, 15)),  # Thursday to Sunday
        (local(2026, 11, 19, 17), 1, local(2026, 11, 22, 17)),  # at closing time somebody still works
        (local(2026, 11, 19, 17, 1), 1, local(2026, 11, 23, 9)),  # after it, Sunday's opening is the start
        (local(2026, 11, 20, 12), 2, local(2026, 11, 24, 9)),  # Friday counts from Sunday's opening
        (local(2026, 11, 22, 8), 0, local(2026, 11, 22, 9)),
    ],
)
def test_a_working_day_keeps_the_time_of_day(moment: datetime, amount: int, wanted: datetime) -> None:
    assert CAIRO.plus(moment, working(amount, "days")) == wanted


@pytest.mark.parametrize(
    ("moment", "amount", "wanted"),
    [
        (local(2026, 11, 22, 15), 1, local(2026, 11, 19, 15)),  # Sunday to Thursday
        (local(2026, 11, 21, 12), 1, local(2026, 11, 18, 17)),  # Saturday counts from Thursday's closing
        (local(2026, 11, 22, 8), 0, local(2026, 11, 19, 17)),
    ],
)
def test_a_working_day_back_counts_from_the_last_closing(moment: datetime, amount: int, wanted: datetime) -> None:
    assert CAIRO.minus(moment, working(amount, "days")) == wanted


@pytest.mark.parametrize(
    ("zone", "day", "wall", "exists"),
    [
        ("Africa/Cairo", date(2027, 4, 30), time(0, 30), time(1)),
        ("Asia/Beirut", date(2027, 3, 28), time(0, 30), time(1)),
        ("America/New_York", date(2027, 3, 14), time(2, 30), time(3)),
        ("America/New_York", date(2027, 3, 14), time(2), time(3)),
        ("Asia/Riyadh", date(2027, 3, 28), time(0, 30), time(0, 30)),
        ("Africa/Cairo", date(2027, 4, 30), time(1), time(1)),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 10), time(2, 30)),  # half an hour of summer time
        ("Pacific/Apia", date(2011, 12, 30), time(12), time(0)),  # a whole day that was left out
    ],
)
def test_a_time_that_the_clock_skips_is_the_first_moment_behind_the_gap(
    zone: str, day: date, wall: time, exists: time
) -> None:
    assert Calendar(time_zone=zone).at(day, wall).time() == exists


def test_a_time_that_comes_twice_is_its_first_coming() -> None:
    twice = Calendar(time_zone="America/New_York").at(date(2027, 11, 7), time(1, 30))
    assert twice.astimezone(UTC) == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)


def test_the_gaps_of_a_year_are_known_ahead() -> None:
    [gap] = CAIRO.gaps(datetime(2027, 1, 1, tzinfo=UTC), timedelta(days=365))
    assert (gap.begin, gap.until) == (datetime(2027, 4, 30), datetime(2027, 4, 30, 1))  # noqa: DTZ001 - wall times
    assert gap.end.astimezone(UTC) == datetime(2027, 4, 29, 22, tzinfo=UTC)
    assert list(Calendar(time_zone="Asia/Riyadh").gaps(gap.end, timedelta(days=365))) == []


def test_clock_time_counts_real_hours_over_the_change_of_summer_time() -> None:
    new_york = Calendar(time_zone="America/New_York")
    before = local(2027, 3, 13, 12, zone="America/New_York")
    assert new_york.plus(before, timedelta(hours=24)) == local(2027, 3, 14, 13, zone="America/New_York")
    assert new_york.minus(new_york.plus(before, timedelta(hours=24)), timedelta(hours=24)) == before


def test_working_hours_over_a_night_with_a_change_of_summer_time_count_what_was_worked() -> None:
    round_the_clock = Calendar(time_zone="Africa/Cairo", weekend=(), opens=time(0), closes=time(23, 59))
    begun = local(2027, 4, 29, 23)  # the night is an hour shorter
    assert round_the_clock.plus(begun, working(2, "hours")) == local(2027, 4, 30, 2, 1)


@some
@given(calendars, moments, amounts)
def test_what_is_reached_by_working_time_is_in_working_time(
    calendar: Calendar, moment: datetime, span: WorkingDuration
) -> None:
    for reached in (calendar.plus(moment, span), calendar.minus(moment, span)):
        day = calendar.local(reached).date()
        assert calendar.works_on(day)
        assert span.unit == "days" or at_work(calendar, reached)


@some
@given(calendars, moments, amounts)
def test_minus_takes_back_what_plus_gave_in_working_time(
    calendar: Calendar, moment: datetime, span: WorkingDuration
) -> None:
    begun = calendar.local(next(calendar.windows(moment, moment + timedelta(days=99)))[0])
    there = calendar.plus(begun, span)
    assume(span.unit != "days" or calendar.local(there).time() == calendar.local(begun).time())  # not moved by a gap
    assert calendar.minus(there, span) == begun


@some
@given(calendars, st.lists(moments, min_size=2, max_size=6), amounts)
def test_who_begins_later_is_never_done_earlier(
    calendar: Calendar, begun: list[datetime], span: WorkingDuration
) -> None:
    assume(span.unit != "days" or calendar.opens > time(2))  # while clocks are set back the time of day goes back
    for earlier, later in pairwise(sorted(begun)):
        assert calendar.plus(earlier, span) <= calendar.plus(later, span)
        assert calendar.minus(earlier, span) <= calendar.minus(later, span)


@some
@given(calendars, moments, st.integers(0, 40), st.sampled_from(["days", "hours", "minutes"]))
def test_more_working_time_never_ends_earlier(calendar: Calendar, moment: datetime, amount: int, unit: str) -> None:
    assert calendar.plus(moment, working(amount, unit)) <= calendar.plus(moment, working(amount + 1, unit))
    assert calendar.minus(moment, working(amount + 1, unit)) <= calendar.minus(moment, working(amount, unit))


@some
@given(calendars, moments, st.timedeltas(timedelta(), timedelta(days=400)))
def test_windows_are_in_order_apart_and_inside_what_was_asked(
    calendar: Calendar, start: datetime, length: timedelta
) -> None:
    found = list(calendar.windows(start, start + length))
    assert all(start <= opened < closed <= start + length for opened, closed in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    assert all(at_work(calendar, opened) and at_work(calendar, closed) for opened, closed in found)


@pytest.mark.parametrize("unit", ["days", "hours", "minutes"])
def test_a_calendar_that_never_opens_ends_a_search_years_away(unit: str) -> None:
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert NEVER.plus(now, working(1, unit)) - now > timedelta(days=3000)
    assert now - NEVER.minus(now, working(1, unit)) > timedelta(days=3000)
    assert list(NEVER.windows(now, now + timedelta(days=365))) == []


def test_more_working_time_than_ten_years_have_ends_there() -> None:
    now = local(2026, 11, 22, 9)
    assert CAIRO.plus(now, working(10**6, "days")) == CAIRO.plus(now, working(10**8, "days")) > now


@pytest.mark.parametrize(
    ("text", "length"), [("45s", 45), ("30m", 1800), ("2h", 7200), ("٣d", 259200), ("PT15M", 900), (90, 90)]
)
def test_a_duration_is_read_as_people_write_it(text: object, length: int) -> None:
    assert TypeAdapter(Duration).validate_python(text) == timedelta(seconds=length)


@pytest.mark.parametrize("text", ["", "m", "2 moons", "9" * 5000 + "d", "9" * 10 + "d", "-2h", "²h"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Duration).validate_python(text)


def test_a_length_of_working_time_says_what_it_is() -> None:
    assert str(working(1, "days")) == "1 working day"
    assert str(working(3, "hours")) == "3 working hours"
