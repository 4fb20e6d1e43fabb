"""A recipe's `schedule.every` as a schedule of Temporal's, by the client's clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from temporalio.client import (
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleState,
)

from connectors.schedule import Every
from wakeel.language.plan import Plan, Start, Tick
from wakeel.sdk import Calendar

CATCH_UP = timedelta(hours=1)  # the default of a year would replay a flood
AHEAD = timedelta(days=400)


def schedule_of(plan: Plan, start: Start, task_queue: str) -> Schedule:
    """Return the schedule; each firing hands the door one event."""
    calendar = plan.client.calendar
    tick = Tick(source=start.source, client=plan.client.id, time_zone=calendar.time_zone)
    action = ScheduleActionStartWorkflow(
        "wakeel.tick", tick, id=f"{plan.client.id}/_tick/{plan.recipe}", task_queue=task_queue
    )
    return Schedule(
        action=action,
        spec=spec(Every.model_validate(start.args), calendar),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.ALLOW_ALL, catchup_window=CATCH_UP),
        state=ScheduleState(
            paused=plan.state == "paused", note="paused in the client's file" if plan.state == "paused" else None
        ),
    )


def spec(every: Every, calendar: Calendar) -> ScheduleSpec:
    """Return when to fire: an interval, a cron text, or times of day."""
    if every.interval is not None:
        return ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every.interval)])
    if every.cron is not None:
        return ScheduleSpec(cron_expressions=[every.cron], time_zone_name=calendar.time_zone)
    days = [ScheduleRange((day + 1) % 7) for day in every.weekdays()] or [ScheduleRange(0, 6)]
    usual = [
        ScheduleCalendarSpec(hour=[ScheduleRange(at.hour)], minute=[ScheduleRange(at.minute)], day_of_week=days)
        for at in every.at
    ]
    return ScheduleSpec(calendars=[*usual, *gaps(every, calendar)], time_zone_name=calendar.time_zone)


def gaps(every: Every, calendar: Calendar) -> Iterator[ScheduleCalendarSpec]:
    """Yield the days on which a time does not exist: Temporal would skip it, we fire at the first moment that does."""
    today = datetime.now(UTC).date()
    for number in range(AHEAD.days):
        day = today + timedelta(days=number)
        for at in every.at:
            there = calendar.at(day, at)
            if there.time() != at and (not every.weekdays() or day.weekday() in every.weekdays()):
                yield on(day, there.time())


def on(day: date, at: time) -> ScheduleCalendarSpec:
    """Return one moment of one day."""
    return ScheduleCalendarSpec(
        year=[ScheduleRange(day.year)],
        month=[ScheduleRange(day.month)],
        day_of_month=[ScheduleRange(day.day)],
        hour=[ScheduleRange(at.hour)],
        minute=[ScheduleRange(at.minute)],
    )
