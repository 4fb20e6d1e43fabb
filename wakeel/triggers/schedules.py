"""A recipe's `schedule.every` as a schedule of Temporal's, by the client's clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

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
from wakeel.sdk.summer_time import Gap

CATCH_UP = timedelta(hours=1)  # the default of a year would replay a flood
AHEAD = timedelta(days=400)  # how far gaps of summer time are looked for


def schedule_of(plan: Plan, start: Start, task_queue: str) -> Schedule:
    """Return the schedule; each firing hands the door one event. Its note tells one version from another."""
    calendar, every = plan.client.calendar, Every.model_validate(start.args)
    tick = Tick(
        source=start.source,
        kind=start.kind,
        client=plan.client.id,
        time_zone=calendar.time_zone,
        every_time=every.interval is not None or hourly(every.cron),
    )
    name = start.source.replace(plan.activation, f"{plan.client.id}/_tick/{plan.recipe}", 1)
    action = ScheduleActionStartWorkflow("wakeel.tick", tick, id=name, task_queue=task_queue)
    when, paused = spec(every, calendar), plan.state == "paused"
    version = hashlib.sha256(repr((when, tick, paused)).encode()).hexdigest()[:16]
    return Schedule(
        action=action,
        spec=when,
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.ALLOW_ALL, catchup_window=CATCH_UP),
        state=ScheduleState(
            paused=paused, note=f"{'paused in the client’s file, ' if paused else ''}version {version}"
        ),
    )


def spec(every: Every, calendar: Calendar) -> ScheduleSpec:
    """Return when to fire: an interval, a cron text, or times of day."""
    if every.interval is not None:
        return ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every.interval)])
    late = [on(gap.end) for gap in calendar.gaps(datetime.now(UTC), AHEAD) if falls_into(gap, every)]
    if every.cron is not None:
        return ScheduleSpec(cron_expressions=[every.cron], calendars=late, time_zone_name=calendar.time_zone)
    days = [ScheduleRange((day + 1) % 7) for day in every.weekdays()] or [ScheduleRange(0, 6)]
    usual = [
        ScheduleCalendarSpec(hour=[ScheduleRange(at.hour)], minute=[ScheduleRange(at.minute)], day_of_week=days)
        for at in every.at
    ]
    return ScheduleSpec(calendars=[*usual, *late], time_zone_name=calendar.time_zone)


def falls_into(gap: Gap, every: Every) -> bool:
    """Say whether a wanted time of day does not exist: Temporal would skip it, we fire behind the gap."""
    return any(gap.begin <= wall < gap.until for wall in wanted(gap, every))


def wanted(gap: Gap, every: Every) -> Iterator[datetime]:
    """Yield wall times that are wanted around a gap; a line for every hour has its next turn anyway."""
    days = every.weekdays() or range(7)
    for day in {gap.begin.date(), gap.until.date()}:
        if day.weekday() in days:
            yield from (datetime.combine(day, at) for at in every.at)
    if every.cron is not None and not hourly(every.cron):
        from cronsim import CronSim

        yield from islice(CronSim(every.cron, gap.begin - timedelta(minutes=1)), 1)


def hourly(cron: str | None) -> bool:
    """Say whether a cron line names no hour of the day."""
    return cron is not None and cron.split()[1].startswith("*")


def on(moment: datetime) -> ScheduleCalendarSpec:
    """Return one moment of one day."""
    return ScheduleCalendarSpec(
        year=[ScheduleRange(moment.year)],
        month=[ScheduleRange(moment.month)],
        day_of_month=[ScheduleRange(moment.day)],
        hour=[ScheduleRange(moment.hour)],
        minute=[ScheduleRange(moment.minute)],
    )
