"""Dates in English and Arabic text, with their times; numbers that are no dates stay numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from connectors.extract import names
from connectors.extract.times import Clock, find_times
from wakeel.sdk.ports.mail.folding import FOLDS, ascii_digits

Kind = Literal["deadline", "meeting", "date"]
LONGEST = 16 * 1024
REACH = 30  # characters between a date and its time
BEFORE, BEHIND = 60, 30  # characters in which a cue counts
NOWHERE = (-1, 0)
PAST = timedelta(days=60)  # a date without a year, further back than this, is next year's


@dataclass(frozen=True, slots=True)
class Day:
    """A date that a text names."""

    start: int
    end: int
    text: str
    date: date
    time: time | None = None
    kind: Kind = "date"
    named: bool = False  # only by a weekday


def any_of(words: dict[str, int]) -> str:
    """Return a pattern for the longest of some words."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


MONTH, WEEKDAY, NEAR = any_of(names.MONTHS), any_of(names.WEEKDAYS), any_of(names.NEAR)
COUNT, UNIT = any_of(names.NUMBERS), any_of(names.UNITS)
EDGE, OVER = r"(?<![\w/.-])", r"(?![\w/-]|\.\d)"
NUMERIC = re.compile(
    rf"{EDGE}(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?=T\d|{OVER})|{EDGE}(\d{{1,2}})([-/.])(\d{{1,2}})\6(\d{{4}}){OVER}"
)
DAY_MONTH = re.compile(
    rf"(?<![\w/.:-])(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|من\s+)?(?:شهر\s+)?({MONTH})\b\.?(?:,?\s+(?:عام\s+|سنه\s+)?(\d{{4}})\b)?"
)
MONTH_DAY = re.compile(rf"\b({MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*[:/])(?:,?\s+(\d{{4}})\b)?")
WEEK = re.compile(
    rf"\b(?:(next|this|coming|on)\s+)?(?:يوم\s+)?({WEEKDAY})\b(?:\s+(القادم|المقبل|القادمه|المقبله|هذا))?"
)
NEARBY = re.compile(rf"(?<!\w)(?:ل|ب|و)?({NEAR})\b")
DISTANT = re.compile(
    rf"\b(?:in|within|بعد|خلال|في خلال)\s+(?:(\d{{1,3}}|{COUNT})\s+)?(?:business\s+|working\s+)?({UNIT})\b"
)


def find_days(text: str, written: datetime) -> list[Day]:
    """Find the dates of a text, in its order; `written` is when it was written, on the client's clock."""
    plain, places = flat(text[:LONGEST])
    clocks = find_times(plain)
    found = without_overlaps(sorted(candidates(plain, written.date()), key=lambda d: (d.start, -d.end)))
    days = [with_time(day, found, clocks) for day in found] or lone_times(plain, clocks, written)
    return [replace(shown(day, text, places), kind=kind_of(plain, day)) for day in days]


def flat(text: str) -> tuple[str, list[int]]:
    """Fold letter by letter, and remember where each letter stood."""
    kept = [(letter, n) for n, char in enumerate(ascii_digits(text)) for letter in char.translate(FOLDS).lower()]
    return "".join(letter for letter, _ in kept), [n for _, n in kept]


def candidates(text: str, today: date) -> Iterator[Day]:
    """Yield what each pattern finds."""
    readers: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]] = [
        (NUMERIC, numeric), (DAY_MONTH, day_month), (MONTH_DAY, month_day),
        (WEEK, weekday), (NEARBY, nearby), (DISTANT, distant),
    ]  # fmt: skip
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            if not numbered(text, match) and (found := reader(match, today)):
                yield Day(match.start(), match.end(), "", found, named=reader is weekday)


def numbered(text: str, match: re.Match[str]) -> bool:
    """Say whether the digits belong to a phone, an account or an invoice."""
    if not match[0][:1].isdecimal():
        return False
    words = re.findall(r"\w+", text[max(0, match.start() - 16) : match.start()])
    return bool(words) and words[-1] in names.NUMBERED


def numeric(match: re.Match[str], _today: date) -> date | None:
    """Read `2027-03-12`, and `12/3/2027` day first where both ways are possible."""
    if match[1]:
        return real(int(match[1]), int(match[3]), int(match[4]))
    first, second, year = int(match[5]), int(match[7]), int(match[8])
    return real(year, second, first) or real(year, first, second)


def day_month(match: re.Match[str], today: date) -> date | None:
    """Read `12 March 2027`."""
    return in_year(match[3], names.MONTHS[match[2]], int(match[1]), today)


def month_day(match: re.Match[str], today: date) -> date | None:
    """Read `March 12, 2027`."""
    return in_year(match[3], names.MONTHS[match[1]], int(match[2]), today)


def in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    """Return a date; without a year the one that is meant."""
    found = real(int(year) if year else today.year, month, day)
    return real(today.year + 1, month, day) if found and not year and found < today - PAST else found


def weekday(match: re.Match[str], today: date) -> date | None:
    """Read the next day of this name; a bare short name (`sun`, `sat`) is an English word."""
    if len(match[2]) <= 5 and match[2].isascii() and not match[1]:
        return None
    ahead = (names.WEEKDAYS[match[2]] - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def nearby(match: re.Match[str], today: date) -> date | None:
    """Read `tomorrow`."""
    return today + timedelta(days=names.NEAR[match[1]])


def distant(match: re.Match[str], today: date) -> date | None:
    """Read `within 3 days`."""
    count = match[1] or "1"
    return today + timedelta(days=names.UNITS[match[2]] * (names.NUMBERS.get(count) or int(count)))


def real(year: int, month: int, day: int) -> date | None:
    """Return a date that exists and may be meant."""
    try:
        return date(year, month, day) if 2000 <= year <= 2100 else None
    except ValueError:
        return None


def without_overlaps(found: list[Day]) -> list[Day]:
    """Keep the fullest of dates that overlap; a weekday beside a date only names it."""
    kept: list[Day] = []
    for day in found:
        if kept and day.start < kept[-1].end:
            continue
        if kept and day.start - kept[-1].end <= 4 and kept[-1].named:
            kept[-1] = replace(day, start=kept[-1].start)
        else:
            kept.append(day)
    return kept


def with_time(day: Day, days: list[Day], clocks: list[Clock]) -> Day:
    """Join the time that stands nearest to a date, unless it is nearer to another date."""
    near = [clock for clock in clocks if distance(day, clock) <= REACH]
    mine = [c for c in near if min(days, key=lambda other: distance(other, c)) is day]
    if not mine:
        return day
    best = min(mine, key=lambda clock: distance(day, clock))
    return replace(day, time=best.time, start=min(day.start, best.start), end=max(day.end, best.end))


def distance(day: Day, clock: Clock) -> int:
    """Return the characters between a date and a time."""
    return max(day.start - clock.end, clock.start - day.end, 0)


def lone_times(text: str, clocks: list[Clock], written: datetime) -> list[Day]:
    """Read a time without any date: of a meeting or a deadline, the next such time."""
    days = []
    for clock in clocks:
        late = clock.time <= written.time()
        day = Day(clock.start, clock.end, "", written.date() + timedelta(days=late), clock.time)
        days += [day] if kind_of(text, day) != "date" else []
    return days


def kind_of(text: str, day: Day) -> Kind:
    """Say what the words around a date make of it; the nearest before it counts first."""
    sentence = re.split(r"[.!?؟\n]", text[max(0, day.start - BEFORE) : day.start])[-1]
    tail = re.split(r"[.!?؟\n]", text[day.end : day.end + BEHIND])[0]
    cues: dict[Kind, tuple[str, ...]] = {"deadline": names.DEADLINE, "meeting": names.MEETING}
    before = sentence + text[day.start : day.end]
    places = {kind: max(last(word, before) for word in words) for kind, words in cues.items()}
    best = max(places, key=lambda kind: places[kind])
    if places[best] > NOWHERE:
        return best
    return next((k for k, words in cues.items() if any(last(word, tail) > NOWHERE for word in words)), "date")


def last(word: str, text: str) -> tuple[int, int]:
    """Return where a word last ends, and its length; Arabic words may carry و, ل, ب, ف and ال."""
    onto = "" if word.isascii() else "(?:[ولبف]?(?:ال)?)"
    found = re.finditer(rf"(?<!\w){onto}{re.escape(word)}(?!\w)", text)
    return max(((m.end(), len(word)) for m in found), default=NOWHERE)


def shown(day: Day, text: str, places: list[int]) -> Day:
    """Put the words of the original text into a found date."""
    return replace(day, text=text[places[day.start] : places[day.end - 1] + 1].strip())
