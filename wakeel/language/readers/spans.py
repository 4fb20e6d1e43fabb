"""Lengths of time: by the clock (`30m`, `1 day`) and of work (`2 working days`)."""

from __future__ import annotations

import re
from datetime import timedelta

from wakeel.language.readers.digits import plain, shown
from wakeel.language.readers.guesses import likely_span
from wakeel.language.readers.unreadable import Unreadable
from wakeel.sdk import WorkingDuration

NOT_SPAN, NO_UNIT, CLOCK_WANTED, WORK_WANTED, OUT_OF_RANGE = "W2155", "W2156", "W2157", "W2158", "W2159"
OTHERWISE = "W2168"

SPAN = re.compile(r"([+-]?[0-9]{1,12}) *(working +)?([A-Za-z]*)")
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
SHORT = {"s": "second", "m": "minute", "h": "hour", "d": "day"}
LEAST = timedelta()
MOST = timedelta(days=3650)

Span = timedelta | WorkingDuration


def read_duration(text: str, least: timedelta = LEAST, most: timedelta = MOST) -> timedelta:
    """Read clock time: `45s 30m 2h 3d`, `1 day`, `3 hours`."""
    amount, working, unit = parts(text)
    if working:
        raise Unreadable(CLOCK_WANTED, value=shown(text), mended=f"{amount} {plural(amount, unit)}")
    return clock_time(amount, unit, least, most)


def read_working(text: str, least: timedelta = LEAST, most: timedelta = MOST) -> WorkingDuration:
    """Read working time: `2 working days`, `3 working hours`, `15 working minutes`."""
    amount, working, unit = parts(text)
    if not working:
        wanted = "minute" if unit == "second" else unit
        raise Unreadable(WORK_WANTED, value=shown(text), mended=f"{amount} working {plural(amount, wanted)}")
    return working_time(amount, unit, least, most, text)


def read_span(text: str, least: timedelta = LEAST, most: timedelta = MOST) -> Span:
    """Read clock time or working time."""
    amount, working, unit = parts(text)
    return working_time(amount, unit, least, most, text) if working else clock_time(amount, unit, least, most)


def parts(text: str) -> tuple[int, bool, str]:
    """Return amount, whether it is working time, and the unit in the singular."""
    found = SPAN.fullmatch(plain(text))
    if not found:
        raise unread(text)
    amount, working, word = found.groups()
    if not word:
        raise Unreadable(NO_UNIT, value=shown(text), amount=abs(int(amount)))
    unit = SHORT.get(word, word.casefold().removesuffix("s"))
    if unit not in UNITS:
        raise unread(text)
    return int(amount), bool(working), unit


def unread(text: str) -> Unreadable:
    """Say how a length of time is written; where it can be told which one is meant, say that one."""
    if mended := likely_span(plain(text)):
        return Unreadable(OTHERWISE, value=shown(text), mended=mended)
    return Unreadable(NOT_SPAN, value=shown(text))


def clock_time(amount: int, unit: str, least: timedelta, most: timedelta) -> timedelta:
    """Return clock time within bounds."""
    if not least.total_seconds() <= amount * UNITS[unit] <= most.total_seconds():
        raise Unreadable(OUT_OF_RANGE, low=written(least), high=written(most))
    return timedelta(seconds=amount * UNITS[unit])


def working_time(amount: int, unit: str, least: timedelta, most: timedelta, text: str) -> WorkingDuration:
    """Return working time; its bounds are counted as if every hour were worked."""
    if unit == "second":
        raise Unreadable(NOT_SPAN, value=shown(text))
    clock_time(amount, unit, least, most)
    return WorkingDuration.model_validate({"amount": amount, "unit": unit + "s"})


def plural(amount: int, unit: str) -> str:
    """Return the unit as English says it with this amount."""
    return unit if abs(amount) == 1 else unit + "s"


def written(span: timedelta) -> str:
    """Write a length of time in its largest whole unit: `90d`."""
    seconds = int(span.total_seconds())
    fits = [word for word, unit in SHORT.items() if seconds and seconds % UNITS[unit] == 0]
    word = fits[-1] if fits else "s"
    return f"{seconds // UNITS[SHORT[word]]}{word}"
