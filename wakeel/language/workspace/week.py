"""A client's working time, from `time_zone`, `week` and `holidays`."""

from __future__ import annotations

import re
from datetime import time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfoNotFoundError, available_timezones

from wakeel.language.nodes import Scalar
from wakeel.language.problems import near_names
from wakeel.language.workspace.form import Form, form_of, one, option_of, value_of
from wakeel.sdk import Calendar
from wakeel.sdk.calendar import Holiday, zone

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOURS = re.compile(r"([^-–]+)[-–]([^-–]+)")
CITY = re.compile(r"(?!Etc|SystemV)[A-Z][a-z]+(/[A-Z][A-Za-z_-]+){1,2}")  # what is proposed
NO_ZONE, NOT_HOURS, ALWAYS_CLOSED, ENDS_EARLY = "W4011", "W4012", "W4013", "W4014"


def read_calendar(form: Form, language: str) -> Calendar:
    """Read when a client works; what is not written is the calendar's own default."""
    known: dict[str, Any] = {"time_zone": _zone(form), "holidays": _holidays(form, language)}
    week = form.form("week")
    if week:
        week.only(("starts", "weekend", "hours"))
        known |= {"week_starts": _first_day(week), "weekend": _weekend(week)} | _hours(week)
    return Calendar(**{name: value for name, value in known.items() if value is not None})


def _zone(form: Form) -> str | None:
    scalar = form.scalar("time_zone")
    if scalar is None:
        return None
    if _exists(scalar.value):
        return scalar.value
    form.problems.add(NO_ZONE, scalar.place, _near_zones(scalar.value), zone=scalar.value)
    return None


def _near_zones(name: str) -> tuple[str, ...]:
    """Return zones that a name may mean: those of a city of this name first."""
    cities = {zone.rpartition("/")[2]: zone for zone in _zones()}
    whole = name.rpartition("/")[2].strip().title().replace(" ", "_")
    same = (cities[whole],) if whole in cities else ()
    return tuple(dict.fromkeys((*same, *near_names(name, _zones()))))[:3]


def _exists(name: str) -> bool:
    """Accept `Area/City` and UTC: short names such as EST mean other things to other people."""
    if not re.fullmatch(r"UTC|[A-Z][A-Za-z]+(/[A-Za-z0-9_+-]+){1,2}", name):
        return False
    try:
        return bool(zone(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(filter(CITY.fullmatch, available_timezones())))


def _first_day(week: Form) -> int | None:
    day = week.option("starts", DAYS)
    return None if day is None else DAYS.index(day)


def _weekend(week: Form) -> tuple[int, ...] | None:
    if week.node.get("weekend") is None:
        return None
    scalars = [s for node in week.items("weekend") if (s := one(node, "weekend", week.problems))]
    days = {d for s in scalars if (d := option_of(s, "weekend", DAYS, week.problems))}
    if len(days) == len(DAYS):
        week.problems.add(ALWAYS_CLOSED, scalars[0].place)
    return tuple(sorted(map(DAYS.index, days)))


def _hours(week: Form) -> dict[str, time]:
    scalar = week.scalar("hours")
    if scalar is None:
        return {}
    found = HOURS.fullmatch(scalar.value)
    opens, closes = (_time(scalar, found[n], found.start(n), week) for n in (1, 2)) if found else (None, None)
    if opens and closes and opens < closes:
        return {"opens": opens, "closes": closes}
    if not found or (opens and closes):
        week.problems.add(NOT_HOURS, scalar.place)
    return {}


def _time(scalar: Scalar, text: str, offset: int, week: Form) -> time | None:
    place = scalar.place_of(offset, len(text))
    part = Scalar(text.strip(), place, scalar.style)
    found: time | None = value_of("time", part, "hours", week.problems)
    return found


def _holidays(form: Form, language: str) -> tuple[Holiday, ...]:
    found = (_holiday(entry, language) for entry in _entries(form))
    return tuple(holiday for holiday in found if holiday)


def _entries(form: Form) -> list[Form]:
    nodes = form.items("holidays")
    return [f for n in nodes if (f := form_of(n, Scalar("holidays", n.place), form.problems))]


def _holiday(form: Form, language: str) -> Holiday | None:
    form.only(("date", "until", "name"))
    if not form.need("date"):
        return None
    day, until = form.read("date", "date"), form.read("until", "date")
    if day and until and until < day:
        form.problems.add(ENDS_EARLY, form.place, date=day, until=until)
    return Holiday(date=day, until=until, name=form.words("name", language)) if day else None
