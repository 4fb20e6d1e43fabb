"""The budget is counted, never timed, and holds the worst allowed expression to 20 ms and 10 MB (T2, T22)."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import wakeel.language.expr
from wakeel.language.expr import FILTERS, Evaluation, ExpressionError, ExpressionProblem
from wakeel.sdk.calendar import Calendar, Holiday

LONG = "a" * 65536
VALUES: dict[str, Any] = {
    "long": LONG,
    "full": "a" * 200_000,
    "words": "ab " * 20_000,
    "arabic": "مُحَمَّد " * 8_000,
    "ligatures": "\ufdfa" * 60_000,
    "many": list(range(10_000)),
    "some": list(range(4_000)),
    "texts": [f"text {n}" for n in range(4_000)],
    "maps": [{"n": n, "t": "x" * 10} for n in range(4_000)],
    "long_texts": [LONG] * 3,
}
CALENDAR = Calendar(
    time_zone="Africa/Cairo", holidays=tuple(Holiday.model_validate({"date": f"2027-01-{n:02}"}) for n in range(1, 30))
)
WORST = [
    " ~ ".join(["long"] * 20),
    "long | replace('a', 'bbbb')",
    "long | replace('a', 'b') | replace('b', 'c') | replace('c', 'd') | replace('d', 'e')",
    "many | join('" + "x" * 200 + "')",
    "long_texts | join(long)",
    "words | split | join(', ') | split(',') | length",
    "full | split('a') | length",
    "arabic | fold",
    "ligatures | fold",
    "full | plain | plain",
    "long | upper | lower | upper | lower | trim",
    "some | sort | first",
    "texts | sort | last",
    "maps | sort('n') | length",
    "maps | where('n', 3) | map('n') | sum",
    "maps | unique | length",
    "texts | unique | length",
    "some | unique | sum",
    "some | min + (some | max)",
    "maps | json",
    "long_texts | json | json | json",
    "now | plus('900 working days') | date",
    "now | plus('1800 working hours') | date",
    "now | minus('1800 working hours') | date",
    "now | minus('3600 working hours') | date",
    "now | plus('3600 working hours') | date",
    "now | minus('900 working days') | date",
    "(1 in many) or (-1 in many) or (-2 in many) or (-3 in many)",
    " and ".join(["'b' not in full"] * 20),
    " or ".join(["(full == (full ~ 'x'))"] * 10),
    "[" + ", ".join(["'b' in long"] * 250) + "]",
    "[" + ", ".join(["999999999 * 999999999.5"] * 140) + "]",
    "[" + ", ".join(["long | digits('arab')"] * 4) + "]",
    "[" + ",".join(["1"] * 1900) + "]",
]


@pytest.mark.parametrize("text", WORST, ids=lambda text: text[:40])
def test_the_worst_allowed_expression_is_bounded(text: str) -> None:
    evaluation = Evaluation(VALUES | {"now": datetime(2026, 11, 22, 9, tzinfo=UTC)}, CALENDAR, "ar")
    outcome: list[Any] = []
    refused: list[str] = []

    def once() -> None:
        try:
            outcome.append(evaluation.value(text))
        except ExpressionError as error:
            refused.append(error.code)

    once()
    spent = min(timed(once) for _ in range(5))
    tracemalloc.start()
    outcome.clear()
    once()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert set(refused) <= {"W3107"}
    assert peak < 10 * 1024 * 1024
    assert spent < 0.02


def timed(run: Callable[[], None]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_two_hundred_kilobytes_pass_each_filter_quickly(name: str) -> None:
    known = FILTERS[name]
    args = {"text": "'b'", "number": "3", "list": "[1]"}
    given = ", ".join(args.get(next(iter(sorted(p.kinds)), "text"), "'b'") for p in known.params[: known.least])
    evaluation = Evaluation(VALUES, CALENDAR, "en")
    refused: list[str] = []

    def once() -> None:
        try:
            evaluation.value(f"full | {name}({given})")
        except ExpressionError as error:
            refused.append(error.code)

    once()
    assert set(refused) <= {"W3107", "W3103"}
    assert min(timed(once) for _ in range(2)) < 0.1


@pytest.mark.parametrize(
    "text",
    [
        " ~ ".join(["long"] * 5),
        "many | sort",
        "long | replace('a', 'bbbbbb')",
        "many | where('a', 1) | length + (many | sum)",
    ],
)
def test_past_the_budget_the_step_fails_with_its_code(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Evaluation(VALUES, CALENDAR, "en").value(text)
    assert caught.value.code == "W3107"


def test_each_expression_has_a_budget_of_its_own() -> None:
    evaluation = Evaluation(VALUES, CALENDAR, "en")
    for _ in range(20):
        assert len(evaluation.value("full ~ ''")) == 200_000


def test_a_joined_text_is_bounded_as_a_whole() -> None:
    with pytest.raises(ExpressionError, match="W3107"):
        Evaluation(VALUES, CALENDAR, "en").fill({"$text": [{"$expr": "long"}] * 5})


def test_deep_data_is_refused_not_recursed() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    evaluation = Evaluation({"deep": deep}, CALENDAR, "en")
    with pytest.raises(ExpressionError, match="W3107"):
        evaluation.value("deep | json")
    with pytest.raises(ExpressionError, match="W3107"):
        evaluation.fill({"$expr": "deep"})


def test_a_typical_expression_takes_microseconds() -> None:
    evaluation = Evaluation(
        VALUES | {"label": "urgent", "event": {"subject": "x", "from": {"name": "n"}}}, CALENDAR, "en"
    )
    template = {"$text": [{"$expr": "label"}, " mail from ", {"$expr": "event.from.name"}, {"$expr": "event.subject"}]}

    def hundred() -> None:
        for _ in range(100):
            evaluation.fill(template)
            evaluation.holds("label in ['urgent', 'important'] and event.subject != ''")

    hundred()
    assert min(timed(hundred) for _ in range(5)) / 100 < 100e-6  # 40 µs for both, with room for a busy machine


def test_nothing_compiles_or_renders_recipe_text() -> None:
    folder = Path(wakeel.language.expr.__file__).parent
    code = "\n".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    for word in (
        "eval(",
        "exec(",
        "compile(",
        "from_string(",
        "NativeEnvironment",
        ".render(",
        "getattr(",
        "import re\n",
    ):
        assert word not in code, word


def test_an_unreadable_expression_is_a_problem_when_run_too() -> None:
    with pytest.raises(ExpressionProblem):
        Evaluation(VALUES, CALENDAR, "en").value("long.__class__")
