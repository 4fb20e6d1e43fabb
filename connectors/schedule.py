"""Schedules: a clock starts the recipe, by the client's time zone."""

from __future__ import annotations

import datetime as clock
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, Field, model_validator

from wakeel.sdk import Connector, Duration, Trigger

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Every(BaseModel):
    """When to start: one of `interval`, `cron`, or times of day on some weekdays."""

    interval: Duration | None = Field(default=None, description="Time between two starts, such as `2h`.")
    cron: str | None = Field(default=None, description="A cron line with five fields, in the client's time zone.")
    at: list[clock.time] = Field(default=[], description="Times of day, such as `[08:00, 17:00]`.")
    on: list[Day] = Field(default=[], description="Weekdays for `at`; all days where it is left out.")

    @model_validator(mode="after")
    def one_way(self) -> Every:
        """Accept exactly one way to say when."""
        if [self.interval is not None, self.cron is not None, bool(self.at)].count(True) != 1:
            msg = "give exactly one of interval, cron and at"
            raise ValueError(msg)
        if self.interval is not None and self.interval < timedelta(minutes=1):
            msg = "the shortest interval is one minute"
            raise ValueError(msg)
        if self.cron is not None:
            check_cron(self.cron)
        return self

    def weekdays(self) -> list[int]:
        """Return the chosen weekdays, Monday = 0."""
        return [DAYS.index(day) for day in self.on]


class Due(BaseModel):
    """The moment for which the schedule started the run."""

    due: datetime = Field(description="The wanted moment, in the client's time zone.")


def check_cron(text: str) -> None:
    """Refuse a cron line that no clock will ever fulfil; raises ValueError."""
    from cronsim import CronSim, CronSimError

    try:
        next(CronSim(text, datetime(2026, 1, 1, tzinfo=clock.UTC)))
    except (CronSimError, StopIteration) as error:
        msg = "not a cron line with five fields"
        raise ValueError(msg) from error


schedule: Connector[None] = Connector("schedule", title="Schedule")
schedule.triggers["every"] = Trigger("every", "Start at times of the client's clock.", Every, Due)
