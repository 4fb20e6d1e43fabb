"""What the checker lets through, the evaluator can do: generated expressions over typed values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from wakeel.language import types as t
from wakeel.language.expr import MISSING, ExpressionError, ExpressionProblem, Scope, check
from wakeel.language.values import kind_of

UNTYPED = {"W3102", "W3103", "W3104", "W3110", "W3048"}
ATOMS = ["event.subject", "event.size", "event.automatic", "event.received_at", "event.thread_id", "event.headers.x"]
ATOMS += ["event.from.name", "event.attachments", "triage.label", "now", "day", "at", "hold_for", "work_for", "numbers"]
ATOMS += ["cards", "card.url", "card.due", "hold.url", "hold", "numbers[0]", "'a'", "'2 days'", "1", "0", "2.5", "true"]
FILTERS = [
    "shorten(3)",
    "upper",
    "join(', ')",
    "first",
    "last",
    "length",
    "sort",
    "unique",
    "sum",
    "min",
    "max",
    "round",
]
FILTERS += ["date", "time", "money('EGP')", "number", "digits", "plain", "fold", "json", "yes_no", "map('url')", "trim"]
FILTERS += ["where('id', 'c1')", "split", "plus('2 working days')", "minus(hold_for)", "plus('3h')", "default('x')"]
FILTERS += ["default(0)", "replace('a', 'b')", "strip_quotes", "gender('م', 'ة')", "sort('url')", "round(1)"]
OPERATORS = ["+", "-", "*", "/", "//", "~", "==", "!=", "<", ">=", "in", "not in", "and", "or"]


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(OPERATORS), inner),
        st.builds("({} | {})".format, inner, st.sampled_from(FILTERS)),
        st.builds("({} | {})".format, inner, st.sampled_from(FILTERS)),
        st.builds("(not {})".format, inner),
        st.builds("({} is present)".format, inner),
        st.builds("({0} if {1} is present else {2})".format, inner, inner, inner),
        st.builds("[{0}, {0}]".format, inner),
        st.builds("{{'k': {}}}".format, inner),
        st.builds("({})[0]".format, inner),
    )


EXPRESSIONS = st.recursive(st.sampled_from(ATOMS), larger, max_leaves=5)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(EXPRESSIONS)
def test_a_checked_expression_has_a_value_of_its_type(scope: Scope, worth: Callable[..., Any], text: str) -> None:
    found: list[ExpressionProblem] = []
    field = check(text, scope, found.append)
    assume(not found)
    try:
        value = worth(text, hold={"id": "h", "url": "u"})
    except ExpressionError as error:
        value, code = None, error.code
    else:
        code = ""
    assert code not in UNTYPED
    if code:
        return
    if value is MISSING:
        assert field.maybe or field.type == t.ANY
    elif field.type != t.ANY:
        assert kind_of(value) == ("map" if field.type == t.FILE else field.type.kind)
