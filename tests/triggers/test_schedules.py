"""A schedule fires by the client's clock, also where that clock is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from temporalio.client import ScheduleActionStartWorkflow, ScheduleDescription
from temporalio.service import RPCError

from activities.clients import Clients
from activities.watch import Sources
from tests.faults.waiting import until_told
from tests.triggers.conftest import House
from wakeel.language.plan import Plan, Start, Tick
from wakeel.triggers.door import Door
from wakeel.triggers.schedules import schedule_of

CAIRO = {"time_zone": "Africa/Cairo", "weekend": [4, 5]}


def clock(house: House, recipe: str = "backup", turn: str = "", **args: Any) -> dict[str, Any]:
    """Return a start by the clock."""
    source = f"{house.prefix}/{recipe}/schedule.every{turn}"
    return {"trigger": "schedule.every", "kind": "schedule.every", "source": source, "args": args}


def timed(
    house: House, recipe: str = "backup", *, zone: str = "Africa/Cairo", state: str = "live", **args: Any
) -> Plan:
    """Return a plan that the clock starts."""
    client = {"id": house.prefix, "name": "Nour", "calendar": CAIRO | {"time_zone": zone}}
    return house.plan(clock(house, recipe, **args), recipe=recipe, client=client, state=state)


async def described(house: House, recipe: str = "backup", turn: str = "") -> ScheduleDescription:
    name = f"wakeel/{house.queue}/{house.prefix}/{recipe}/schedule.every{turn}"
    return await house.client.get_schedule_handle(name).describe()


def action_of(plan: Plan, start: Start) -> ScheduleActionStartWorkflow:
    """Return what a schedule does."""
    action = schedule_of(plan, start, "q").action
    assert isinstance(action, ScheduleActionStartWorkflow)
    return action


async def next_times(house: House, plan: Plan, count: int) -> Sequence[datetime]:
    """Return when Temporal would fire a plan's schedule next."""
    await house.live(plan)
    await house.owners.reconcile()
    return (await described(house)).info.next_action_times[:count]


@pytest.mark.parametrize(
    ("args", "wall"),
    [
        ({"at": ["09:30"]}, "09:30"),
        ({"cron": "15 6 * * *"}, "06:15"),
    ],
)
async def test_a_time_of_day_is_the_clients(house: House, args: dict[str, Any], wall: str) -> None:
    plan = timed(house, **args)
    for moment in await next_times(house, plan, 3):
        assert plan.client.calendar.local(moment).strftime("%H:%M") == wall


async def test_weekdays_and_several_times_are_kept_apart(house: House) -> None:
    plan = timed(house, at=["08:00", "17:30"], on=["sunday", "thursday"])
    local = [plan.client.calendar.local(moment) for moment in await next_times(house, plan, 6)]
    assert {(moment.weekday(), moment.strftime("%H:%M")) for moment in local} == {
        (day, wall) for day in (6, 3) for wall in ("08:00", "17:30")
    }


async def test_an_interval_is_clock_time(house: House) -> None:
    first, second = await next_times(house, timed(house, interval="90m"), 2)
    assert second - first == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("args", "late"),
    [
        ({"at": ["00:30"]}, True),
        ({"at": ["00:30"], "on": ["friday"]}, True),
        ({"at": ["00:30"], "on": ["monday"]}, False),
        ({"at": ["01:00"]}, False),
        ({"cron": "30 0 * * *"}, True),
        ({"cron": "30 0 30 * *"}, True),
        ({"cron": "30 0 * * mon"}, False),
        ({"cron": "30 * * * *"}, False),
        ({"cron": "30 3 * * *"}, False),
        ({"interval": "1h"}, False),
    ],
)
async def test_a_time_that_the_clock_skips_is_made_up_for(house: House, args: dict[str, Any], late: bool) -> None:
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        spec = schedule_of(timed(house, **args), timed(house, **args).starts[0], "q").spec
    extra = [c for c in spec.calendars if c.year]
    assert len(extra) == late
    for calendar in extra:
        parts = (calendar.year, calendar.month, calendar.day_of_month, calendar.hour, calendar.minute)
        assert [part[0].start for part in parts] == [2027, 4, 30, 1, 0]


async def test_the_server_fires_behind_the_gap(house: House) -> None:
    """The gap must lie within the days that are looked at ahead, whenever this runs."""
    plan = timed(house, at=["00:30"], zone="Africa/Cairo")
    gap = next(plan.client.calendar.gaps(datetime.now(UTC), timedelta(days=400)))
    if gap.begin.hour != 0:
        pytest.skip("Egypt has changed its rules")
    await house.live(plan)
    await house.owners.reconcile()
    handle = house.client.get_schedule_handle((await described(house)).id)
    from temporalio.api.workflowservice.v1 import ListScheduleMatchingTimesRequest

    request = ListScheduleMatchingTimesRequest(namespace="default", schedule_id=handle.id)
    request.start_time.FromDatetime(gap.end - timedelta(days=1, hours=1))
    request.end_time.FromDatetime(gap.end + timedelta(days=1, hours=-1))
    found = await house.client.workflow_service.list_schedule_matching_times(request)
    assert [plan.client.calendar.local(at.ToDatetime(UTC)).strftime("%d %H:%M") for at in found.start_time] == [
        (gap.end - timedelta(days=1)).strftime("%d 00:30"),
        gap.end.strftime("%d 01:00"),
    ]


async def test_schedules_are_created_changed_and_deleted(house: House) -> None:
    await house.live(timed(house, interval="1h"), timed(house, "report", interval="2h"))
    await house.owners.reconcile()
    first = await described(house)
    assert first.schedule.spec.intervals[0].every == timedelta(hours=1)
    await house.live(timed(house, interval="3h"))
    await house.owners.reconcile()
    assert (await described(house)).schedule.spec.intervals[0].every == timedelta(hours=3)
    with pytest.raises(RPCError):
        await described(house, "report")
    await house.live()
    await house.owners.reconcile()
    with pytest.raises(RPCError):
        await described(house)
    await house.owners.reconcile()


async def test_reconciling_twice_writes_nothing(house: House) -> None:
    await house.live(timed(house, interval="1h"))
    await house.owners.reconcile()
    before = (await described(house)).raw_description.info.update_time.ToNanoseconds()
    await house.owners.reconcile()
    await House(house.client, house.store, house.queue, house.pond).owners.reconcile()
    after = (await described(house)).raw_description.info.update_time.ToNanoseconds()
    assert before == after


async def test_a_schedule_that_somebody_deleted_comes_back(house: House) -> None:
    await house.live(timed(house, interval="1h"))
    await house.owners.reconcile()
    await house.client.get_schedule_handle((await described(house)).id).delete()

    async def gone() -> bool:
        listed = await house.client.list_schedules()
        return not any([house.queue in found.id async for found in listed])

    await until_told(gone, "the schedule is not listed any more")
    await house.owners.reconcile()
    assert await described(house)


async def test_a_paused_activation_pauses_its_schedule(house: House) -> None:
    await house.live(timed(house, interval="1h", state="paused"))
    await house.owners.reconcile()
    state = (await described(house)).schedule.state
    assert state.paused
    assert "paused in the client" in (state.note or "")
    await house.live(timed(house, interval="1h"))
    await house.owners.reconcile()
    assert not (await described(house)).schedule.state.paused


async def test_another_installations_schedules_are_left_alone(house: House) -> None:
    await house.live(timed(house, interval="1h"))
    await house.owners.reconcile()
    other = House(house.client, house.store, "another-queue", house.pond)
    await house.store.plans.apply([], [], {})
    await other.owners.reconcile()
    assert await described(house)


async def test_two_clocks_of_a_recipe_are_two_schedules(house: House) -> None:
    starts = [clock(house, at=["08:00"]), clock(house, turn="/2", interval="1h")]
    await house.live(house.plan(*starts, recipe="backup"))
    await house.owners.reconcile()
    assert (await described(house)).schedule.spec.calendars
    assert (await described(house, turn="/2")).schedule.spec.intervals
    names = {action_of(house.plan(), Start.model_validate(start)).id for start in starts}
    assert len(names) == 2


async def test_a_firing_reaches_the_door_with_the_wanted_time_of_the_clients_clock(working: House) -> None:
    plan = timed(working, at=["09:30"])
    await working.live(plan)
    await working.owners.reconcile()
    await working.client.get_schedule_handle((await described(working)).id).trigger()

    async def kept() -> list[str]:
        return await working.kept()

    [key] = await until_told(kept, "the firing is kept")
    name, _, moment = key.partition("schedule.every:")
    assert name == f"s:{working.prefix}/backup/"
    there = plan.client.calendar.local(datetime.now(UTC)).replace(tzinfo=None)
    assert abs(datetime.fromisoformat(moment) - there) < timedelta(minutes=2)
    await working.dispatched()
    assert await working.matches() == [("started", "")]


def tick(every_time: bool = False) -> Tick:
    return Tick(
        source="nour/a/schedule.every",
        kind="schedule.every",
        client="nour",
        time_zone="America/New_York",
        every_time=every_time,
    )


FOLD = [f"2027-11-07T0{hour}:30:00+00:00" for hour in (5, 6)]  # both are 1:30 in New York


@pytest.mark.parametrize(("every_time", "events"), [(False, 1), (True, 2)])
async def test_in_the_night_that_has_an_hour_twice_a_time_of_day_fires_once(
    house: House, every_time: bool, events: int
) -> None:
    sources = Sources(house.store, Clients(house.store), Door(house.store))
    for due in (*FOLD, *FOLD):
        await sources.tick(tick(every_time), due)
    found = await house.store.events.unmatched(9)
    assert len(found) == events
    assert found[0].value()["due"] == "2027-11-07T01:30:00-04:00"


@pytest.mark.parametrize(
    ("args", "every_time"),
    [
        ({"at": ["01:30"]}, False),
        ({"cron": "30 1 * * *"}, False),
        ({"cron": "*/5 * * * *"}, True),
        ({"interval": "1h"}, True),
    ],
)
def test_what_fires_every_hour_fires_in_both(house: House, args: dict[str, Any], every_time: bool) -> None:
    plan = timed(house, **args)
    [told] = action_of(plan, plan.starts[0]).args
    assert isinstance(told, Tick)
    assert told.every_time is every_time
