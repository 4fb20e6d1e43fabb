"""Date patterns: the letters of Unicode's LDML that people use, written in English or Arabic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby
from typing import Any

from wakeel.language.expr.state import State
from wakeel.language.values import ExpressionError, kind_of

LONGEST = 80  # characters
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
SHORT = {"en": 3, "ar": 20}  # letters of an abbreviation: Arabic has none


def word(names: dict[str, str], language: str, number: int) -> str:
    """Return the name of a month or a day."""
    return names[language].split(" ")[number]


Letters = Callable[[Any, str], str]
OF_DAY: dict[str, Letters] = {
    "yyyy": lambda at, _: f"{at.year:04}",
    "yy": lambda at, _: f"{at.year % 100:02}",
    "MMMM": lambda at, language: word(MONTHS, language, at.month - 1),
    "MMM": lambda at, language: word(MONTHS, language, at.month - 1)[: SHORT[language]],
    "MM": lambda at, _: f"{at.month:02}",
    "M": lambda at, _: str(at.month),
    "dd": lambda at, _: f"{at.day:02}",
    "d": lambda at, _: str(at.day),
    "EEEE": lambda at, language: word(DAYS, language, at.weekday()),
    "EEE": lambda at, language: word(DAYS, language, at.weekday())[: SHORT[language]],
}
OF_TIME: dict[str, Letters] = {
    "HH": lambda at, _: f"{at.hour:02}",
    "H": lambda at, _: str(at.hour),
    "mm": lambda at, _: f"{at.minute:02}",
    "ss": lambda at, _: f"{at.second:02}",
}
LETTERS = OF_DAY | OF_TIME


@lru_cache(maxsize=512)
def pieces(pattern: str) -> tuple[str, ...]:
    """Cut a pattern into runs of one letter, and marks."""
    return tuple("".join(run) for _mark, run in groupby(pattern[:LONGEST]))


def refuse_pattern(pattern: str, kind: str) -> None:
    """Raise ExpressionError for letters that say nothing for a moment, a date or a time."""
    known = {"date": OF_DAY, "time": OF_TIME}.get(kind, LETTERS)
    for piece in pieces(pattern):
        if piece.isascii() and piece.isalpha() and piece not in known:
            raise ExpressionError("W3048", found=piece, pattern=pattern[:LONGEST])


def same_letters(found: str) -> tuple[str, ...]:
    """Return the letters that differ from these only in being small or capital."""
    return tuple(letters for letters in LETTERS if letters.casefold() == found.casefold())


def spelled(state: State, at: datetime | date | time, pattern: str) -> str:
    """Write a day or a time by a pattern; raise ExpressionError where it asks for what is not there."""
    refuse_pattern(pattern, kind_of(at))
    written = "".join(LETTERS[p](at, state.language) if p in LETTERS else p for p in pieces(pattern))
    state.grow(len(written))
    return written
