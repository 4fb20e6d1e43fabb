"""Filters that say a value in words: yes or no, a fallback, JSON."""

from __future__ import annotations

import json
from typing import Any

from wakeel.language.expr.filters.signature import Use, filter_
from wakeel.language.expr.state import State
from wakeel.language.kinds import Field, term
from wakeel.language.types import common
from wakeel.language.values import DEEPEST, MISSING, ExpressionError
from wakeel.language.values import plain as json_value


def either(use: Use) -> Field:
    """Give the type of the value or of the fallback, which must be one and the same."""
    fallback = use.args[0].type
    shared = common(use.receiver, fallback)
    if shared is None:
        use.refuse(0, "W3041", what="default", wanted=term(use.receiver), given=term(fallback))
    return Field(shared or use.receiver)


@filter_(
    ('missing_name | default("none given")', "none given"),
    ('"Mona" | default("?")', "Mona"),
    gives=either,
    tolerant=True,
)
def default(_state: State, value: Any, fallback: Any) -> Any:
    """Stand in for a value that is missing."""
    return fallback if value is None or value is MISSING else value


@filter_(("(1 < 2) | yes_no", "yes"), ("false | yes_no", "no"))
def yes_no(state: State, value: bool) -> str:
    """Write yes or no in the client's language."""
    words = ("نعم", "لا") if state.language == "ar" else ("yes", "no")
    return words[0] if value else words[1]


@filter_(('{"a": [1, true]} | json', '{"a": [1, true]}'), ('"نعم" | json', '"نعم"'))
def json_(state: State, value: Any) -> str:
    """Write a value as JSON."""
    count(state, value)
    return json.dumps(json_value(value), ensure_ascii=False)


def count(state: State, value: Any, room: int = DEEPEST) -> None:
    """Count what the JSON of a value will cost, before it is written."""
    state.spend(1)
    if room == 0:
        raise ExpressionError("W3107")
    if isinstance(value, str):
        state.grow(len(value) + 2)
    elif isinstance(value, dict):
        for part in (*value.keys(), *value.values()):
            count(state, part, room - 1)
    elif isinstance(value, list | tuple):
        for part in value:
            count(state, part, room - 1)
    else:
        state.grow(32)
