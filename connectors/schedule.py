"""Schedules: a clock starts the recipe, by the client's time zone."""

from __future__ import annotations

import datetime as clock
import re
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, Field, model_validator

from wakeel.sdk import Connector, Duration, Trigger

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=366)
ATOM = r"(?:\*|[0-9]{1,2}|[a-z]{3})"
PART = rf"{ATOM}(?:-{ATOM})?(?:/[0-9]{{1,2}})?"
FIELD = re.compile(rf"{PART}(?:,{PART})*", re.IGNORECASE)  # no `L`, `W`, `#`, `?`: readers differ about them


class Every(BaseModel):
    """When to start: one of `interval`, `cron`, or times of day on some weekdays."""

    interval: Duration | None = Field(default=None, description="Time between two starts, such as `2h`.")
    cron: str | None = Field(default=None, description="A cron line with five fields, in the client's time zone.")
    at: list[clock.time] = Field(default=[], max_length=50, description="Times of day, such as `[08:00, 17:00]`.")
    on: list[Day] = Field(default=[], description="Weekdays for `at`; all days where it is left out.")

    @model_validator(mode="after")
    def one_way(self) -> Every:
        """Accept exactly one way to say when."""
        if [self.interval is not None, self.cron is not None, bool(self.at)].count(True) != 1:
            raise ValueError("give exactly one of interval, cron and at")
        if self.on and not self.at:
            raise ValueError("weekdays go with at")
        if self.interval is not None and not SHORTEST <= self.interval <= LONGEST:
            raise ValueError("an interval is one minute to one year")
        if any(at.tzinfo or at.second or at.microsecond for at in self.at):
            raise ValueError("a time of day has hours and minutes, in the client's zone")
        if self.cron is not None:
            check_cron(self.cron)
        return self

    def weekdays(self) -> list[int]:
        """Return the chosen weekdays, Monday = 0."""
        return sorted({DAYS.index(day) for day in self.on})


class Due(BaseModel):
    """The moment for which the schedule started the run."""

    due: datetime = Field(description="The wanted moment, in the client's time zone.")


def check_cron(text: str) -> None:
    """Refuse a cron line that does not mean the same to every reader of cron lines; raises ValueError."""
    from cronsim import CronSim, CronSimError

    fields = text.split(" ")
    if len(text) > 100 or len(fields) != 5 or not all(map(FIELD.fullmatch, fields)):
        raise ValueError("not a cron line with five fields")
    if fields[2] != "*" and fields[4] != "*":  # the clock's server wants both, other readers either
        raise ValueError("give the day of the month or the weekday, and * for the other")
    try:
        next(CronSim(text, datetime(2026, 1, 1, tzinfo=clock.UTC)))
    except (CronSimError, StopIteration) as error:
        raise ValueError("not a cron line with five fields") from error


schedule: Connector[None] = Connector("schedule", title="Schedule")
schedule.triggers["every"] = Trigger("every", "Start at times of the client's clock.", Every, Due, clock=True)
