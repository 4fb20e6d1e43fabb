"""Times of the day, dates, and moments."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfoNotFoundError

from wakeel.language.readers.digits import plain, shown
from wakeel.language.readers.guesses import likely_time
from wakeel.language.readers.unreadable import Unreadable
from wakeel.sdk.calendar import zone

NOT_TIME, NO_SUCH_DATE, NOT_DATE, NOT_MOMENT, NO_ZONE = "W2160", "W2161", "W2162", "W2163", "W2164"
OTHER_CALENDAR = "W2169"

TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
YEAR_LAST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})")
MOMENT = re.compile(r"([0-9-]{8,10})(?:[Tt]| +)([0-9:]{4,8}) *(\S*)")
OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")
ANY_DATE = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}")
HIJRI = re.compile(r"[0-9./ -]+ *(?:هـ|ه|AH)\.?", re.IGNORECASE)
YEARS = range(1900, 2201)
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")


def read_time(text: str) -> time:
    """Read a time of the day: `9:30`, `17:05`."""
    found = TIME.fullmatch(plain(text))
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (24, 0, 0)
    if not is_time(hour, minute, second):
        raise Unreadable(NOT_TIME, value=shown(text), mended=likely_time(plain(text)))
    return time(hour, minute, second)


def is_time(hour: int, minute: int, second: int) -> bool:
    """Say whether a clock shows this."""
    return hour < 24 and minute < 60 and second < 60


def read_date(text: str) -> date:
    """Read a date: `2026-11-22`."""
    written = plain(text)
    if found := DATE.fullmatch(written):
        return real_date(int(found[1]), int(found[2]), int(found[3]), text)
    if found := YEAR_FIRST.fullmatch(written):
        day = real_date(int(found[1]), int(found[2]), int(found[3]), text)
        raise Unreadable(NOT_DATE, value=shown(text), mended=day.isoformat())
    if found := YEAR_LAST.fullmatch(written):
        raise Unreadable(NOT_DATE, value=shown(text), mended=year_first(found, text))
    if HIJRI.fullmatch(written):
        raise Unreadable(OTHER_CALENDAR, value=shown(text))
    raise Unreadable(NOT_DATE, value=shown(text), mended="2026-11-22")


def real_date(year: int, month: int, day: int, text: str) -> date:
    """Return the date, or refuse one that no calendar has with the nearest that it has."""
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise Unreadable(NO_SUCH_DATE, value=shown(text), mended=nearest(max(year, 1), month, day))
    if year not in YEARS:
        raise Unreadable(OTHER_CALENDAR, value=shown(text))
    return date(year, month, day)


def nearest(year: int, month: int, day: int) -> str:
    """Return the nearest date of the same year."""
    month = min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1])).isoformat()


def year_first(found: re.Match[str], text: str) -> str:
    """Turn `22.11.2026` round; where day and month could be either, show both readings."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12:
        return real_date(year, second, first, text).isoformat()
    if second > 12 or first == second:
        return real_date(year, first, second, text).isoformat()
    both = (real_date(year, second, first, text), real_date(year, first, second, text))
    return "` / `".join(day.isoformat() for day in both)


def read_moment(text: str) -> datetime:
    """Read a moment: `2026-11-22 09:00`, then maybe `Z`, an offset or a zone; without one it stays naive."""
    found = MOMENT.fullmatch(plain(text))
    if not found:
        raise Unreadable(NOT_MOMENT, value=shown(text), mended=likely_moment(plain(text)))
    day, wall, where = found.groups()
    return datetime.combine(read_date(day), read_time(wall), read_zone(where) if where else None)


def likely_moment(text: str) -> str:
    """Return the right way to write a moment that lacks its time, or is written in another way."""
    found = ANY_DATE.match(text)
    if not found:
        return "2026-11-22 09:00"
    try:
        day = read_date(found[0]).isoformat()
    except Unreadable as error:
        day = error.params.get("mended", "2026-11-22").partition("`")[0]
    rest = text[found.end() :].strip(" ,،")
    return f"{day} {likely_time(rest) if rest else '09:00'}"


def read_zone(text: str) -> tzinfo:
    """Read `Z`, `+03:00` or `Africa/Cairo`."""
    if text in ("Z", "z"):
        return UTC
    if (found := OFFSET.fullmatch(text)) and int(found[2]) < 24 and int(found[3]) < 60:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(offset if found[1] == "+" else -offset)
    try:
        if ZONE.fullmatch(text):
            return zone(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise Unreadable(NO_ZONE, value=shown(text))
