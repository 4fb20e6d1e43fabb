"""Filters for moments and days: moving them, and writing them in the client's zone and language."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from wakeel.language.expr.filters.patterns import refuse_pattern, same_letters, spelled
from wakeel.language.expr.filters.signature import Day, Span, Use, filter_
from wakeel.language.expr.state import State
from wakeel.language.kinds import TEXT, Field
from wakeel.language.readers.spans import read_span
from wakeel.language.readers.unreadable import Unreadable
from wakeel.language.values import ExpressionError, text_of
from wakeel.sdk.calendar import WorkingDuration

LONGEST = 40  # characters of a written length of time
COST = 20  # visits that one day of a search through the calendar may cost


def moved(use: Use) -> Field:
    """Give what was moved; refuse a written length of time that is none, or that a day cannot move by."""
    written = use.args[0].fixed
    if isinstance(written, str):
        try:
            length = length_of(written)
        except ExpressionError as error:
            use.refuse(0, "W3047", **error.params)
        else:
            if use.receiver.kind == "date" and not whole_days(length):
                use.refuse(0, "W3117", span=written)
    return Field(use.receiver)


def written_out(use: Use) -> Field:
    """Give a text; refuse a pattern that says nothing, or asks a day for its time."""
    for argument in use.args:
        if isinstance(argument.fixed, str):
            try:
                refuse_pattern(argument.fixed, use.receiver.kind)
            except ExpressionError as error:
                use.refuse(0, error.code, same_letters(error.params["found"]), **error.params)
    return Field(TEXT)


@filter_(
    ('now | plus("2 working days") | date("yyyy-MM-dd HH:mm")', "2026-11-24 09:30"),
    ('now | plus("90m") | time', "11:00"),
    gives=moved,
)
def plus(state: State, moment: Day, span: Span) -> Any:
    """Move on by clock time (`1h`, `2 days`) or by the client's working time (`2 working days`)."""
    return move(state, moment, span, 1)


@filter_(
    ('now | minus("1h") | time', "08:30"),
    ('now | minus("3 working days") | date("dd/MM")', "17/11"),
    gives=moved,
)
def minus(state: State, moment: Day, span: Span) -> Any:
    """Move back by clock time or by the client's working time."""
    return move(state, moment, span, -1)


def move(state: State, moment: Day, span: Span, way: int) -> Any:
    """Move a moment, or a day by whole days; raise ExpressionError."""
    length = length_of(span) if isinstance(span, str) else span
    if isinstance(length, WorkingDuration):
        state.spend(COST * (1 + days_of(length)))
    try:
        if isinstance(moment, datetime):
            return shift(state, moment, length, way)
        if not whole_days(length):
            raise ExpressionError("W3117", span=text_of(span))
        return shift(state, state.calendar.at(moment, state.calendar.opens), length, way).date()
    except (OverflowError, ValueError) as error:
        if isinstance(error, ExpressionError):
            raise
        raise ExpressionError("W3109") from None


def shift(state: State, moment: datetime, length: timedelta | WorkingDuration, way: int) -> datetime:
    """Let the client's calendar move a moment; whole days of clock time keep the time of day."""
    return state.calendar.plus(moment, length) if way > 0 else state.calendar.minus(moment, length)


def length_of(text: str) -> timedelta | WorkingDuration:
    """Read a length of time; raise ExpressionError."""
    try:
        return read_span(text[:LONGEST])
    except Unreadable:
        raise ExpressionError("W3111", span=text[:LONGEST]) from None


def days_of(span: WorkingDuration) -> int:
    """Return how many days of a calendar a search may have to look at."""
    return span.amount if span.unit == "days" else span.amount // (60 if span.unit == "minutes" else 1)


def whole_days(length: timedelta | WorkingDuration) -> bool:
    """Say whether a length is made of days, as it must be to move a day."""
    return length.unit == "days" if isinstance(length, WorkingDuration) else not length % timedelta(days=1)


@filter_(("now | date", "22 November 2026"), ("now | date('yyyy/MM')", "2026/11"), gives=written_out)
def date_(state: State, moment: Day, pattern: str = "d MMMM yyyy") -> str:
    """Write the day in the client's zone: `yyyy MM dd`, `MMMM` and `EEEE` in words, `HH mm` for the time."""
    return spelled(state, state.calendar.local(moment) if isinstance(moment, datetime) else moment, pattern)


@filter_(("now | time", "09:30"), ('now | time("HH.mm")', "09.30"), gives=written_out)
def time_(state: State, moment: datetime | time, pattern: str = "HH:mm") -> str:
    """Write the time of day in the client's zone."""
    return spelled(state, state.calendar.local(moment) if isinstance(moment, datetime) else moment, pattern)
