"""Digits and spaces as people type them: Arabic-Indic and Persian digits, invisible direction marks."""

from __future__ import annotations

ASCII_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹−", "01234567890123456789-")
DIRECTION_MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
BLANKS = " \t\n" + DIRECTION_MARKS  # what nobody sees around a word
SHOWN = 40


def plain(text: str) -> str:
    """Return the text trimmed, with ASCII digits."""
    return text.strip(BLANKS).translate(ASCII_DIGITS)


def shown(text: str) -> str:
    """Return the text as a message quotes it: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
