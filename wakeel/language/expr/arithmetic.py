"""Numbers as people mean them: decimal arithmetic, bounded, and whole results without a fraction."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any, Final

from wakeel.language.kinds import term
from wakeel.language.values import BIGGEST, ExpressionError, kind_of, tidy

Number = int | float
EXACT: Final = Context(prec=60, rounding=ROUND_HALF_UP)
PLACES = 12  # behind the point, at most


def exact(value: Any) -> Decimal:
    """Return a number as it is written, not as it is stored: 0.1 is a tenth; raise ExpressionError for anything else."""
    if (kind := kind_of(value)) != "number":
        raise ExpressionError("W3103", what="number", kind=term(kind))
    found = Decimal(value) if isinstance(value, int) else Decimal(str(value))
    if not found.is_finite() or abs(found) > BIGGEST:
        raise ExpressionError("W3106")
    return found


def rounded(value: Any, places: int) -> Decimal:
    """Round half away from zero, as people do; raise ExpressionError where the places make no sense."""
    if not 0 <= places <= PLACES:
        raise ExpressionError("W3115", most=PLACES)
    return exact(value).quantize(Decimal(1).scaleb(-places), context=EXACT)


def whole_quotient(left: Decimal, right: Decimal) -> Decimal:
    """Divide and round down."""
    quotient = EXACT.divide_int(left, right)
    return quotient - 1 if (left < 0) != (right < 0) and quotient * right != left else quotient


OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "/": EXACT.divide,
    "//": whole_quotient,
}


def calculate(operator: str, left: Any, right: Any) -> Number:
    """Apply `+ - * / //` to two numbers; raise ExpressionError."""
    for value in (left, right):
        if (kind := kind_of(value)) != "number":
            raise ExpressionError("W3103", what=operator, kind=term(kind))
    if isinstance(left, int) and isinstance(right, int) and operator in "+-*":
        return tidy_whole(operator, left, right)
    if right == 0 and operator in ("/", "//"):
        raise ExpressionError("W3105")
    try:
        return tidy(OPERATIONS[operator](exact(left), exact(right)))
    except InvalidOperation:  # a quotient of more digits than the context holds
        raise ExpressionError("W3106") from None


def tidy_whole(operator: str, left: int, right: int) -> int:
    """Add, subtract or multiply whole numbers within bounds."""
    if max(abs(left), abs(right)) > BIGGEST:
        raise ExpressionError("W3106")
    found = left + right if operator == "+" else left - right if operator == "-" else left * right
    if abs(found) > BIGGEST:
        raise ExpressionError("W3106")
    return found
