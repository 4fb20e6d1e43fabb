"""Reads plain data by item: never a Python attribute, and what is not there is missing."""

from __future__ import annotations

from typing import Any

from wakeel.language.kinds import term
from wakeel.language.values import MISSING, ExpressionError, kind_of

ORDERED = ("number", "moment", "date", "time", "duration")


def pick(value: Any, key: str) -> Any:
    """Return the item of a map under a key; missing where there is none, or where the key is a hidden one."""
    found = value.get(key) if isinstance(value, dict) and not key.startswith("_") else None
    return MISSING if found is None else found


def pick_item(value: Any, key: Any) -> Any:
    """Return an item of a map by its key, or of a list by its number from 0 (from the end with -1)."""
    if isinstance(key, str):
        return pick(value, key)
    if isinstance(value, list | tuple) and isinstance(key, int) and -len(value) <= key < len(value):
        return MISSING if value[key] is None else value[key]
    return MISSING


def equal(left: Any, right: Any) -> bool:
    """Say whether two values are of one kind and equal: `1` is not `true`, nor the text `1`."""
    return (type(left) is type(right) or kind_of(left) == kind_of(right)) and bool(left == right)


def less(left: Any, right: Any) -> bool:
    """Say whether one value comes before another of its kind; raise ExpressionError."""
    kind, other = kind_of(left), kind_of(right)
    if kind != other or kind not in ORDERED:
        raise ExpressionError("W3103", what="<", kind=term(other if kind in ORDERED else kind))
    try:
        return bool(left < right)
    except TypeError:  # a moment without a zone, from free-form data
        raise ExpressionError("W3103", what="<", kind=term(kind)) from None


def contains(whole: Any, part: Any) -> bool:
    """Say whether a text has a part, a list an item, a map a key; raise ExpressionError."""
    kind = kind_of(whole)
    if kind == "list":
        return any(equal(found, part) for found in whole)
    if kind not in ("text", "map") or kind_of(part) != "text":
        raise ExpressionError("W3103", what="in", kind=term(kind))
    return part in whole
