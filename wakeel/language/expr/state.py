"""What one evaluation has at hand, and the counted budget that bounds it.

The budget is counted, never timed: a replay on a slower machine must decide the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wakeel.language.values import ExpressionError
from wakeel.sdk.calendar import Calendar

VISITS = 20_000  # nodes and items of lists
OUTPUT = 256 * 1024  # characters of text that an evaluation builds


class State:
    """One evaluation of one expression."""

    __slots__ = ("calendar", "language", "output", "scope", "visits")

    def __init__(self, scope: Mapping[str, Any], calendar: Calendar, language: str) -> None:
        self.scope = scope
        self.calendar = calendar
        self.language = language
        self.visits = VISITS
        self.output = OUTPUT

    def spend(self, visits: int) -> None:
        """Count visits, before they are made."""
        self.visits -= visits
        if self.visits < 0:
            raise ExpressionError("W3107")

    def grow(self, characters: int) -> None:
        """Count characters of a text, before it is built."""
        self.output -= characters
        if self.output < 0:
            raise ExpressionError("W3107")
