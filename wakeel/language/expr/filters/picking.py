"""Filters that look into the maps of a list: one field of each, or those where a field has a value."""

from __future__ import annotations

from typing import Any

from wakeel.language.expr.access import equal, pick
from wakeel.language.expr.filters.items import named_field
from wakeel.language.expr.filters.signature import Items, Use, filter_
from wakeel.language.expr.state import State
from wakeel.language.kinds import Field, ListOf, term
from wakeel.language.types import common
from wakeel.language.values import MISSING


def each(use: Use) -> Field:
    """Give a list of what the field holds."""
    return Field(ListOf(named_field(use)))


def same_field(use: Use) -> Field:
    """Give the same list, if the value may stand in the field."""
    wanted, given = named_field(use), use.args[1].type
    if common(wanted, given) is None:
        use.refuse(1, "W3041", what="where", wanted=term(wanted), given=term(given))
    return Field(use.receiver)


@filter_(
    ('[{"name": "a"}, {"name": "b"}] | map("name")', ["a", "b"]),
    ('[{"n": 1}, {"n": 2}] | map("n") | sum', 3),
    gives=each,
)
def map_(state: State, items: Items, field: str) -> Items:
    """Give one field of each item; items without it are left out."""
    state.spend(len(items))
    return [found for entry in items if (found := pick(entry, field)) is not MISSING]


@filter_(
    ('[{"paid": true}, {"paid": false}] | where("paid", false) | length', 1),
    ('[{"n": 1}] | where("n", 2)', []),
    gives=same_field,
)
def where(state: State, items: Items, field: str, value: Any) -> Items:
    """Keep the items whose field has this value."""
    state.spend(len(items))
    return [entry for entry in items if equal(pick(entry, field), value)]
