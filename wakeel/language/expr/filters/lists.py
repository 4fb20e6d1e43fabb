"""Filters for lists: how many, which one, in which order."""

from __future__ import annotations

import json
from typing import Any

from wakeel.language.expr.access import ORDERED, less, pick
from wakeel.language.expr.filters.items import maybe_item, ordered, ordered_item, same
from wakeel.language.expr.filters.signature import Items, filter_
from wakeel.language.expr.filters.wording import count
from wakeel.language.expr.state import State
from wakeel.language.kinds import term
from wakeel.language.values import MISSING, ExpressionError, kind_of, plain


@filter_(("[1, 2] | first", 1), ("[] | first is missing", True), gives=maybe_item)
def first(_state: State, items: Items) -> Any:
    """Give the first item; missing if the list is empty."""
    return items[0] if items and items[0] is not None else MISSING


@filter_(("[1, 2] | last", 2), ("[] | last is missing", True), gives=maybe_item)
def last(_state: State, items: Items) -> Any:
    """Give the last item; missing if the list is empty."""
    return items[-1] if items and items[-1] is not None else MISSING


@filter_(("[1, 2] | length", 2), ('"سلام" | length', 4))
def length(_state: State, value: str | Items | dict[str, Any]) -> int:
    """Count the items of a list or map, or the characters of a text."""
    return len(value)


@filter_(("[3, 1, 2] | sort", [1, 2, 3]), ('[{"n": 2}, {"n": 1}] | sort("n") | first', {"n": 1}), gives=ordered)
def sort(state: State, items: Items, by: str = "") -> Items:
    """Put a list in order, or a list of maps in the order of one field; those without it come last."""
    state.spend(4 * len(items))
    keyed = [(pick(entry, by) if by else entry, entry) for entry in items]
    present = [pair for pair in keyed if pair[0] is not MISSING and pair[0] is not None]
    absent = [entry for key, entry in keyed if key is MISSING or key is None]
    kinds = {kind_of(key) for key, _entry in present}
    if len(kinds) > 1 or not kinds <= {*ORDERED, "text"}:
        raise ExpressionError("W3103", what="sort", kind=term(max(kinds - {*ORDERED}, default="any")))
    return [entry for _key, entry in sorted(present, key=first_of)] + absent


def first_of(pair: tuple[Any, Any]) -> Any:
    """Return what a pair is ordered by."""
    return pair[0]


@filter_(("[1, 2, 1] | unique", [1, 2]), ('["a", "a"] | unique | length', 1), gives=same)
def unique(state: State, items: Items) -> Items:
    """Leave out items that came before."""
    state.spend(2 * len(items))
    seen: dict[Any, Any] = {}
    for entry in items:
        seen.setdefault(mark(state, entry), entry)
    return list(seen.values())


def mark(state: State, value: Any) -> tuple[str, Any]:
    """Return what is the same for equal values only."""
    kind = kind_of(value)
    if kind not in ("list", "map"):
        return kind, value
    state.spend(4)
    count(state, value)
    return kind, json.dumps(plain(value), sort_keys=True)


@filter_(("[3, 1, 2] | min", 1), ("[] | min is missing", True), gives=ordered_item)
def min_(state: State, items: Items) -> Any:
    """Give the smallest number, or the earliest moment; missing if the list is empty."""
    state.spend(2 * len(items))
    return extreme(items, -1)


@filter_(("[3, 1, 2] | max", 3), ("[2, 7] | max | default(0) | money", "7.00"), gives=ordered_item)
def max_(state: State, items: Items) -> Any:
    """Give the largest number, or the latest moment; missing if the list is empty."""
    state.spend(2 * len(items))
    return extreme(items, 1)


def extreme(items: Items, sign: int) -> Any:
    """Return the item that comes first or last in the order of its kind."""
    found: Any = MISSING
    for entry in items:
        if kind_of(entry) not in ORDERED:
            raise ExpressionError("W3103", what="min" if sign < 0 else "max", kind=term(kind_of(entry)))
        if found is MISSING or (less(found, entry) if sign > 0 else less(entry, found)):
            found = entry
    return found
