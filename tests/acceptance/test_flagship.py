"""A1: an urgent Arabic mail becomes one card, one alert and one hold, and stays unread."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.faults.letters import shipped
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP
from tests.faults.world import CARDED, once

CAIRO = ZoneInfo("Africa/Cairo")
QUARTER, HALF_HOUR = timedelta(minutes=15), timedelta(minutes=30)
WORKDAYS = {6, 0, 1, 2, 3}  # Sunday to Thursday, counted from Monday


def first_free(moment: datetime, busy: tuple[datetime, datetime]) -> datetime:
    """Return the first half hour of working time that begins on a quarter hour and meets nothing."""
    at = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while True:
        here = at.astimezone(CAIRO)
        works = here.weekday() in WORKDAYS and 9 * 60 <= here.hour * 60 + here.minute <= 16 * 60 + 30
        if at >= moment and works and not (busy[0] < at + HALF_HOUR and busy[1] > at):
            return here
        at += QUARTER


def appointment(rig: Rig, start: datetime) -> tuple[datetime, datetime]:
    """Put an appointment of half an hour into the calendar, as a person does."""
    span = start.astimezone(UTC), start.astimezone(UTC) + HALF_HOUR
    times = "".join(f"{name}:{at:%Y%m%dT%H%M%SZ}\r\n" for name, at in zip(("DTSTART", "DTEND"), span, strict=True))
    event = f"BEGIN:VEVENT\r\nUID:taken\r\nDTSTAMP:20261122T090000Z\r\n{times}SUMMARY:taken\r\nEND:VEVENT\r\n"
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{event}END:VCALENDAR\r\n"
    rig.world.radicale.request(
        "PUT", f"{rig.world.calendar}taken.ics", text.encode(), **{"Content-Type": "text/calendar"}
    )
    return span


async def test_an_urgent_mail_becomes_one_card_one_alert_and_one_hold(rig: Rig) -> None:
    world = rig.world
    busy = appointment(rig, first_free(datetime.now(UTC), (datetime.min.replace(tzinfo=UTC),) * 2))
    rig.workspace.add_flagship()
    await rig.apply()
    await rig.worker()
    await rig.watching()

    earliest, begun = datetime.now(UTC), time.monotonic()
    world.mailbox.deliver(shipped("urgent-ar"))
    await until(world.done, "card, alert, hold, link and label are there", within=10)
    took, latest = time.monotonic() - begun, datetime.now(UTC)
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]

    assert took < 10
    [card] = world.cards
    assert (card["name"], card["idList"]) == ("عاجل: عقد الصيانة", world.board.list)
    [alert] = world.alerts
    assert card["url"] in alert
    _taken, hold = sorted(world.holds(), key=lambda event: str(event["UID"]) != "taken")
    assert (str(hold["SUMMARY"]), str(hold["STATUS"])) == ("عاجل: عقد الصيانة", "TENTATIVE")
    start, end = hold.decoded("DTSTART"), hold.decoded("DTEND")
    assert start in {first_free(earliest, busy), first_free(latest, busy)}
    assert end - start == HALF_HOUR
    [link] = world.links(card)
    assert world.radicale.request("GET", link).decode().count(str(hold["UID"])) == 1
    [flags] = world.flags()
    assert CARDED in flags
    assert "\\Seen" not in flags
    assert world.tally() == once() | {"holds": 2}  # ours, and the appointment


@pytest.mark.nightly
async def test_the_flagship_runs_under_temporals_sandbox(rig: Rig) -> None:
    rig.workspace.add_flagship()
    await rig.apply()
    await rig.worker(WAKEEL_SANDBOX="true")
    await rig.watching()
    rig.world.mailbox.deliver(shipped("urgent-ar"))
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]
    assert rig.world.tally() == once()
