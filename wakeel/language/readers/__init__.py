"""The readers of typed literals: what a person writes in a field becomes a value of the field's kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from wakeel.language.readers.address import read_address
from wakeel.language.readers.moments import read_date, read_moment, read_time
from wakeel.language.readers.money import read_money
from wakeel.language.readers.numbers import read_number, read_whole, read_yes_no
from wakeel.language.readers.spans import read_duration, read_span, read_working
from wakeel.language.readers.unreadable import Unreadable

__all__ = ["READERS", "Unreadable", "read", "within"]

READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "long text": str,
    "number": read_number,
    "whole number": read_whole,
    "yes/no": read_yes_no,
    "duration": read_duration,
    "working duration": read_working,
    "span": read_span,
    "time": read_time,
    "date": read_date,
    "moment": read_moment,
    "money": read_money,
    "mail address": read_address,
}
SPANS = {"duration": read_duration, "working duration": read_working, "span": read_span}


def read(kind: str, text: str) -> Any:
    """Read a text as a kind of value; raise Unreadable where it is none. Lengths of time are never negative."""
    return READERS[kind](text)


def within(kind: str, text: str, least: timedelta, most: timedelta) -> Any:
    """Read a `duration`, `working duration` or `span` that must lie between two lengths of time."""
    return SPANS[kind](text, least, most)
