"""Times of day in English and Arabic text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

LATE = ("pm", "p.m", "p.m.", "مساء", "م", "عصرا", "ظهرا", "ليلا", "بعد الظهر")
EARLY = ("am", "a.m", "a.m.", "صباحا", "ص", "فجرا")
HALF = "|".join(sorted(map(re.escape, LATE + EARLY), key=len, reverse=True))
TIME = re.compile(
    rf"(?:(?P<cue>\bat\s+|\bالساعه\s+|@\s*))?(?<![\d:/.,+-])(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?"
    rf"(?![\d/%])(?::[0-5]\d)?\s*(?P<half>(?:{HALF})(?!\w))?"
)
WORDS = {"noon": time(12), "midday": time(12), "منتصف النهار": time(12), "midnight": time(0)}
NAMED = re.compile(r"\b(" + "|".join(map(re.escape, WORDS)) + r")\b")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day that a text names."""

    start: int
    end: int
    time: time


def find_times(text: str) -> list[Clock]:
    """Find times: with am or pm, with a colon, or behind “at” and “الساعة”; a bare number is none."""
    found = [clock for match in TIME.finditer(text) if (clock := read(match))]
    return found + [Clock(m.start(), m.end(), WORDS[m[1]]) for m in NAMED.finditer(text)]


def read(match: re.Match[str]) -> Clock | None:
    """Read one time, or return None where the number is none."""
    hour, minute, half, cue = int(match["hour"]), match["minute"], match["half"] or "", match["cue"]
    colon = minute is not None and match[0][match.start("minute") - match.start() - 1] == ":"
    if not (half or colon or cue) or hour > (12 if half else 23):
        return None
    hour = hour % 12 + 12 * (half in LATE) if half else office(hour, sure=colon)
    return Clock(match.start(), match.end(), time(hour, int(minute or 0)))


def office(hour: int, *, sure: bool) -> int:
    """Read a bare hour as people at work mean it: from 1 to 6 is the afternoon."""
    return hour + 12 if not sure and 1 <= hour <= 6 else hour
