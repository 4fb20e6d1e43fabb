"""A client's working time: when people work, and what "2 working days" means to them."""

from __future__ import annotations

import datetime as clock
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

DAY = timedelta(days=1)
HORIZON = 3660  # days: a calendar that never opens must end a search
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def read_duration(value: object) -> object:
    """Read `45s 30m 2h 3d`; anything else is left to pydantic (ISO 8601 texts, timedelta)."""
    if isinstance(value, str) and value[:-1].isdecimal() and value[-1:] in UNITS:
        return timedelta(**{UNITS[value[-1]]: int(value[:-1])})
    return value


Duration = Annotated[timedelta, BeforeValidator(read_duration)]


class WorkingDuration(BaseModel):
    """A length of working time; it never mixes with clock time."""

    model_config = ConfigDict(frozen=True)

    amount: int = Field(ge=0, description="How many.")
    unit: Literal["days", "hours", "minutes"] = Field(description="Of what.")

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if self.amount == 1 else self.unit
        return f"{self.amount} working {unit}"


Span = Duration | WorkingDuration


class Holiday(BaseModel):
    """A day, or days up to and with `until`, on which nobody works."""

    model_config = ConfigDict(frozen=True)

    date: clock.date
    until: clock.date | None = None
    name: str = ""


class Calendar(BaseModel):
    """Zone, hours, weekend and holidays of one client. Weekdays count from Monday = 0."""

    model_config = ConfigDict(frozen=True)

    time_zone: str = "UTC"
    week_starts: int = 0
    weekend: tuple[int, ...] = (5, 6)
    opens: clock.time = clock.time(9)
    closes: clock.time = clock.time(17)
    holidays: tuple[Holiday, ...] = ()

    def local(self, moment: datetime) -> datetime:
        """Return the moment on the client's clock."""
        return moment.astimezone(zone(self.time_zone))

    def at(self, day: clock.date, wall: clock.time) -> datetime:
        """Return the first moment that exists at or after a wall time (a gap of summer time is skipped)."""
        there = datetime.combine(day, wall, zone(self.time_zone))
        back = there.astimezone(UTC).astimezone(there.tzinfo)
        return there if back.replace(tzinfo=None) == there.replace(tzinfo=None) else end_of_gap(there)

    def works_on(self, day: clock.date) -> bool:
        """Say whether anybody works on this local date."""
        return day.weekday() not in self.weekend and not any(
            h.date <= day <= (h.until or h.date) for h in self.holidays
        )

    def windows(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans of working time between two moments, in order."""
        day, last = self.local(start).date(), self.local(end).date()
        while day <= last:
            if self.works_on(day):
                opened, closed = max(self.at(day, self.opens), start), min(self.at(day, self.closes), end)
                if opened < closed:
                    yield opened, closed
            day += DAY

    def plus(self, moment: datetime, span: timedelta | WorkingDuration) -> datetime:
        """Move on by clock time or by working time."""
        if isinstance(span, timedelta):
            return self.local(moment.astimezone(UTC) + span)
        if span.unit == "days":
            return self._days_later(moment, span.amount)
        return self._worked(moment, timedelta(**{span.unit: span.amount}))

    def minus(self, moment: datetime, span: timedelta | WorkingDuration) -> datetime:
        """Move back by clock time, or by whole working days."""
        if isinstance(span, timedelta):
            return self.local(moment.astimezone(UTC) - span)
        return self._days_earlier(moment, span)

    def opening(self, moment: datetime) -> datetime:
        """Return the first moment of working time at or after `moment`."""
        for start, _end in self.windows(moment, moment + HORIZON * DAY):
            return start
        return moment

    def _days_later(self, moment: datetime, days: int) -> datetime:
        start = self.local(self.opening(moment))
        day, left = start.date(), days
        for _ in range(HORIZON):
            if left <= 0:
                break
            day += DAY
            left -= self.works_on(day)
        return self.at(day, start.timetz().replace(tzinfo=None))

    def _days_earlier(self, moment: datetime, span: WorkingDuration) -> datetime:
        if span.unit != "days":
            return self._unworked(moment, timedelta(**{span.unit: span.amount}))
        here = self.local(moment)
        day, left = here.date(), span.amount
        for _ in range(HORIZON):
            if left <= 0:
                break
            day -= DAY
            left -= self.works_on(day)
        return self.at(day, here.timetz().replace(tzinfo=None))

    def _worked(self, moment: datetime, left: timedelta) -> datetime:
        for start, end in self.windows(moment, moment + HORIZON * DAY):
            length = end.astimezone(UTC) - start.astimezone(UTC)
            if length >= left:
                return self.local(start.astimezone(UTC) + left)
            left -= length
        return moment

    def _unworked(self, moment: datetime, left: timedelta) -> datetime:
        day = self.local(moment).date()
        for back in range(HORIZON):
            for start, end in self.windows(
                self.at(day - back * DAY, clock.time(0)), min(moment, self._midnight(day, back))
            ):
                length = end.astimezone(UTC) - start.astimezone(UTC)
                if length >= left:
                    return self.local(end.astimezone(UTC) - left)
                left -= length
        return moment

    def _midnight(self, day: clock.date, back: int) -> datetime:
        return self.at(day - (back - 1) * DAY, clock.time(0))


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name."""
    return ZoneInfo(name)


def end_of_gap(wall: datetime) -> datetime:
    """Return the first moment after the gap of summer time that swallows a wall time."""
    before, after = wall.replace(fold=0).utcoffset(), wall.replace(fold=1).utcoffset()
    gap = abs((before or timedelta()) - (after or timedelta()))
    low = (wall - gap).astimezone(UTC)
    high = low + 3 * gap
    start = low.astimezone(wall.tzinfo).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(wall.tzinfo).utcoffset() == start else (low, middle)
    return high.replace(microsecond=0).astimezone(wall.tzinfo)
