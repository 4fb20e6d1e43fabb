"""A client's working time: when people work, and what "2 working days" means to them."""

from __future__ import annotations

import datetime as clock
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from wakeel.sdk.summer_time import Gap, change, end_of_gap

ZERO, DAY = timedelta(), timedelta(days=1)
HORIZON = 3660  # days: a search in a calendar that never opens must end
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def read_duration(value: object) -> object:
    """Read `45s 30m 2h 3d`; anything else is left to pydantic (ISO 8601 texts, timedelta)."""
    found = re.fullmatch(r"(\d{1,9})([smhd])", value) if isinstance(value, str) else None
    return timedelta(**{UNITS[found[2]]: int(found[1])}) if found else value


Duration = Annotated[timedelta, BeforeValidator(read_duration)]


class WorkingDuration(BaseModel):
    """A length of working time; it never mixes with clock time."""

    model_config = ConfigDict(frozen=True)

    amount: int = Field(ge=0, description="How many.")
    unit: Literal["days", "hours", "minutes"] = Field(description="Of what.")

    def length(self) -> timedelta:
        """Return how long it is in hours and minutes at work."""
        return timedelta(**{self.unit: self.amount})

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

    def gaps(self, start: datetime, ahead: timedelta) -> Iterator[Gap]:
        """Yield the spans of wall time that summer time leaves out, in order."""
        moment, end = start.astimezone(UTC), start.astimezone(UTC) + ahead
        while moment < end:
            after = moment + DAY
            grown = (self.local(after).utcoffset() or ZERO) - (self.local(moment).utcoffset() or ZERO)
            if grown > ZERO:
                yield Gap(change(moment, after, zone(self.time_zone)), grown)
            moment = after

    def hours(self, day: clock.date) -> tuple[datetime, datetime] | None:
        """Return from when to when people work on a local date, in UTC; None where nobody does."""
        if not self.works_on(day):
            return None
        opened, closed = self.at(day, self.opens).astimezone(UTC), self.at(day, self.closes).astimezone(UTC)
        return (opened, closed) if opened < closed else None

    def windows(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans of working time between two moments, in order and in UTC."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        day, last = self.local(start).date(), self.local(end).date()
        while day <= last:
            if found := self.hours(day):
                opened, closed = max(found[0], start), min(found[1], end)
                if opened < closed:
                    yield opened, closed
            day += DAY

    def plus(self, moment: datetime, span: timedelta | WorkingDuration) -> datetime:
        """Move on by clock time, or by working time; a calendar that never opens ends ten years on.

        A working day keeps the time of day; what is not in working time counts from the next opening.
        Raises OverflowError beyond the year 9999.
        """
        if isinstance(span, timedelta):
            return self.local(moment.astimezone(UTC) + span)
        if span.unit == "days":
            return self._days(moment, span.amount, DAY)
        return self._worked(moment, span.length())

    def minus(self, moment: datetime, span: timedelta | WorkingDuration) -> datetime:
        """Move back by clock time, or by working time: what `plus` would undo, for moments in working time.

        What is not in working time counts from the last closing.
        """
        if isinstance(span, timedelta):
            return self.local(moment.astimezone(UTC) - span)
        if span.unit == "days":
            return self._days(moment, span.amount, -DAY)
        return self._unworked(moment, span.length())

    def _days(self, moment: datetime, left: int, step: timedelta) -> datetime:
        here = self._at_work(moment, step)
        day = here.date()
        for _ in range(HORIZON):
            if left <= 0:
                return self.at(day, here.time())
            day += step
            left -= self.hours(day) is not None
        return here + HORIZON * step

    def _at_work(self, moment: datetime, step: timedelta) -> datetime:
        """Return the moment itself where somebody works, the first or last moment of work included."""
        here = self.local(moment)
        found = self.hours(here.date())
        if found and found[0] <= moment <= found[1]:
            return here
        forward = step > ZERO
        ways = self.windows(moment, moment + HORIZON * DAY) if forward else self._windows_before(moment)
        start, end = next(ways, (here, here))
        return self.local(start if forward else end)

    def _worked(self, moment: datetime, left: timedelta) -> datetime:
        if not left:
            return self._at_work(moment, DAY)
        for start, end in self.windows(moment, moment + HORIZON * DAY):
            if end - start >= left:
                return self.local(start + left)
            left -= end - start
        return self.local(moment) + HORIZON * DAY

    def _unworked(self, moment: datetime, left: timedelta) -> datetime:
        if not left:
            return self._at_work(moment, -DAY)
        for start, end in self._windows_before(moment):
            if end - start >= left:
                return self.local(end - left)
            left -= end - start
        return self.local(moment) - HORIZON * DAY

    def _windows_before(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans of working time before a moment, the last first."""
        today, moment = self.local(moment).date(), moment.astimezone(UTC)
        for back in range(HORIZON):
            found = self.hours(today - back * DAY)
            if found and found[0] < moment:
                yield found[0], min(found[1], moment)


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name."""
    return ZoneInfo(name)
