"""The operators on values: `+ - * / //`, comparisons and `in`; wrong kinds raise ExpressionError."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from wakeel.language.expr.access import contains, equal, less
from wakeel.language.expr.arithmetic import calculate
from wakeel.language.expr.state import State
from wakeel.language.values import ExpressionError

WRITTEN = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}
SCAN = 1024  # characters of a text that one visit pays for


def subtract(left: Any, right: Any) -> Any:
    """Subtract numbers, or tell how long it is from one moment or day to another."""
    if isinstance(left, datetime) and isinstance(right, datetime):
        try:
            return left.astimezone(UTC) - right.astimezone(UTC)
        except OverflowError:
            raise ExpressionError("W3109") from None
    if type(left) is date and type(right) is date:
        return left - right
    return calculate("-", left, right)


def arithmetic(operator: str) -> Callable[[Any, Any], Any]:
    """Return the function of an arithmetic operator."""
    return subtract if operator == "-" else lambda left, right: calculate(operator, left, right)


def within(state: State, part: Any, whole: Any) -> bool:
    """Say whether a part is in a whole, and count what looking costs."""
    if isinstance(whole, str):
        state.spend(len(whole) // SCAN)
    elif isinstance(whole, list | tuple):
        state.spend(len(whole))
    return contains(whole, part)


COMPARISONS: dict[str, Callable[[State, Any, Any], bool]] = {
    "eq": lambda _state, left, right: equal(left, right),
    "ne": lambda _state, left, right: not equal(left, right),
    "lt": lambda _state, left, right: less(left, right),
    "gt": lambda _state, left, right: less(right, left),
    "lteq": lambda _state, left, right: not less(right, left),
    "gteq": lambda _state, left, right: not less(left, right),
    "in": within,
    "notin": lambda state, part, whole: not within(state, part, whole),
}
