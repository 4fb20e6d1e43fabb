from __future__ import annotations

from collections.abc import Callable

import pytest

from wakeel.language import types as t
from wakeel.language.expr import ExpressionProblem, Scope, check, check_text, guards

Wrong = Callable[..., list[ExpressionProblem]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("event.subject", t.TEXT),
        ("event.from.name", t.TEXT),
        ("event['from']['name']", t.TEXT),
        ("event.received_at", t.MOMENT),
        ("event.size + 1", t.NUMBER),
        ("event.size / 2 - 1 * 3 // 4", t.NUMBER),
        ("now - event.received_at", t.DURATION),
        ("now | plus('2 working days')", t.MOMENT),
        ("day | minus(work_for)", t.DATE),
        ("now | date", t.TEXT),
        ("event.attachments | length > 0", t.YES_NO),
        ("event.attachments | map('name') | join(', ')", t.TEXT),
        ("event.attachments | map('size')", t.ListOf(t.NUMBER)),
        ("cards | where('id', 'c1') | length", t.NUMBER),
        ("numbers | sort | first | default(0)", t.NUMBER),
        ("event.thread_id | default('none')", t.TEXT),
        ("event.payload.any.thing.at['all']", t.ANY),
        ("event.headers['x-key'] | default('')", t.TEXT),
        ("'a' ~ event.size ~ true", t.TEXT),
        ("1 if event.automatic else 2", t.NUMBER),
        ("['a', 'b']", t.ListOf(t.TEXT)),
        ("{'a': 1}.a", t.NUMBER),
        ("'x' in event.subject and 'k' in event.headers and 1 in numbers", t.YES_NO),
        ("event.subject | number | default(0)", t.NUMBER),
    ],
)
def test_types_are_followed_through_models(text: str, expected: t.Type, scope: Scope, wrong: Wrong) -> None:
    assert wrong(text) == []
    assert check(text, scope, lambda _: None) == t.Field(expected)


@pytest.mark.parametrize(
    ("text", "code", "marked", "near"),
    [
        ("crad.url", "W3030", "crad", ("card", "cards")),
        ("draft.text", "W3031", "draft", ()),
        ("event.subjct", "W3032", "subjct", ("subject",)),
        ("event.from.nme", "W3032", "nme", ("name",)),
        ("event['subjct']", "W3032", "'subjct'", ("subject",)),
        ("event.subject.upper", "W3033", "upper", ()),
        ("event.attachments.name", "W3033", "name", ()),
        ("event.subject * 2", "W3034", "event.subject * 2", ()),
        ("event.subject + 'x'", "W3034", "event.subject + 'x'", ()),
        ("now + hold_for", "W3034", "now + hold_for", ()),
        ("now - '1h'", "W3034", "now - '1h'", ()),
        ("numbers - 1", "W3034", "numbers - 1", ()),
        ("-event.subject", "W3034", "-event.subject", ()),
        ("event.size == '3'", "W3035", "'3'", ()),
        ("event.subject > 'b'", "W3036", "'b'", ()),
        ("now > day", "W3035", "day", ()),
        ("hold_for == work_for", "W3035", "work_for", ()),
        ("'x' in numbers", "W3035", "'x'", ()),
        ("1 in event.subject", "W3035", "1", ()),
        ("1 in event.size", "W3044", "event.size", ()),
        ("triage.label == 'urgnt'", "W3045", "'urgnt'", ("urgent",)),
        ("triage.label in ['urgent', 'promoo']", "W3045", "'promoo'", ("promo",)),
        ("not event.subject", "W3043", "event.subject", ()),
        ("event.automatic and event.size", "W3043", "event.size", ()),
        ("1 if event.size else 2", "W3043", "event.size", ()),
        ("1 if event.automatic else 'x'", "W3050", "1 if event.automatic else 'x'", ()),
        ("'at ' ~ now", "W3039", "now", ()),
        ("'to ' ~ numbers", "W3039", "numbers", ()),
        ("numbers | upper", "W3040", "upper", ()),
        ("event.size | shorten(3)", "W3040", "shorten", ()),
        ("event.text | shorten('3')", "W3041", "'3'", ()),
        ("event.text | shorten(3.5)", "W3041", "3.5", ()),
        ("event.size | default('none')", "W3041", "'none'", ()),
        ("cards | where('id', 1)", "W3041", "1", ()),
        ("cards | map('urll')", "W3032", "'urll'", ("url",)),
        ("cards | map(event.subject)", "W3042", "event.subject", ()),
        ("numbers | map('x')", "W3033", "numbers", ()),
        ("event[event.subject]", "W3046", "event.subject", ()),
        ("now | plus('2 moons')", "W3047", "'2 moons'", ()),
        ("now | plus('3 days working')", "W3047", "'3 days working'", ()),
        ("day | plus('2h')", "W3117", "'2h'", ()),
        ("['a'] | sum", "W3051", "['a']", ()),
        ("cards | join(', ')", "W3051", "cards", ()),
        ("cards | sort", "W3051", "cards", ()),
        ("cards | sort('urll')", "W3032", "'urll'", ("url",)),
        ("card | money", "W3032", "card", ()),
        ("now | date('QQ')", "W3048", "'QQ'", ()),
        ("day | date('HH:mm')", "W3048", "'HH:mm'", ()),
        ("at | time('yyyy')", "W3048", "'yyyy'", ()),
        ("cards | max | json", "W3051", "cards", ()),
        ("hold.url", "W3038", "hold.url", ()),
        ("event.thread_id | upper", "W3038", "event.thread_id", ()),
        ("event.headers.x ~ ''", "W3038", "event.headers.x", ()),
        ("event.attachments[0].name", "W3038", "event.attachments[0].name", ()),
        ("numbers | first + 1", "W3057", "numbers | first", ()),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    text: str, code: str, marked: str, near: tuple[str, ...], wrong: Wrong
) -> None:
    found = wrong(text)
    problem = found[0]
    assert [p.code for p in found][:1] == [code]
    assert text[problem.offset : problem.offset + problem.length].strip() == marked
    assert problem.near[: len(near)] == near


def test_all_problems_of_an_expression_come_at_once(wrong: Wrong) -> None:
    assert [p.code for p in wrong("crad.url ~ event.subjct ~ now")] == ["W3030", "W3032", "W3039"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("event.attachments", "W3052"),
        ("event.subject", "W3052"),
        ("event.size", "W3037"),
        ("event.received_at", "W3037"),
        ("${event.automatic}", "W3015"),
        ("hold.url == 'x'", "W3038"),
    ],
)
def test_a_condition_is_yes_or_no_only(text: str, code: str, wrong: Wrong) -> None:
    assert [problem.code for problem in wrong(text, condition=True)] == [code]


@pytest.mark.parametrize(
    "text", ["event.automatic", "not event.automatic", "true", "event.payload.flag", "hold is present"]
)
def test_conditions_that_are_yes_or_no_pass(text: str, wrong: Wrong) -> None:
    assert wrong(text, condition=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "hold is present and hold.url == 'x'",
        "hold is missing or hold.url == 'x'",
        "not (hold is present) or hold.url == 'x'",
        "not (hold is missing or hold.url == 'x')",
        "hold is present and (event.automatic or hold.url == 'x')",
        "hold.url == 'x' if hold is present else false",
        "true if hold is missing else hold.url == 'x'",
        "hold.due is present and hold.due > now and hold.url == 'x'",
        "event.thread_id is present and event.thread_id == 'x'",
        "event.headers.x is present and 'y' in event.headers['x']",
        "event.attachments[0] is present and event.attachments[0].name == 'x'",
        "hold.url | default('') == 'x'",
        "hold | json | default('') == 'x' if hold is present else false",
    ],
)
def test_a_guard_makes_a_missing_value_usable(text: str, wrong: Wrong) -> None:
    assert wrong(text, condition=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "hold is present or hold.url == 'x'",
        "hold is missing and hold.url == 'x'",
        "hold.url == 'x' and hold is present",
        "hold.url == 'x' if hold is missing else false",
        "hold is present and hold.due > now",
        "card is present and hold.url == 'x'",
    ],
)
def test_what_does_not_guard_is_refused(text: str, wrong: Wrong) -> None:
    assert [problem.code for problem in wrong(text, condition=True)] == ["W3038"]


def test_the_guard_is_named(wrong: Wrong) -> None:
    assert wrong("hold.url ~ ''")[0].params == {"name": "hold"}
    assert wrong("hold.due | date", present=frozenset({"hold"}))[0].params == {"name": "hold.due"}


@pytest.mark.parametrize(
    ("condition", "paths"),
    [
        ("hold is present", {"hold"}),
        ("hold.due is present and card is present", {"hold.due", "card"}),
        ("not (hold is missing)", {"hold"}),
        ("hold is not missing", {"hold"}),
        ("hold is present or card is present", set()),
        ("hold is present or hold is not missing", {"hold"}),
        ("hold is missing", set()),
        ("a['x y'] is present", {"a['x y']"}),
        ("event.automatic", set()),
    ],
)
def test_guards_say_what_a_true_condition_proves(condition: str, paths: set[str]) -> None:
    assert guards(condition) == paths


def test_a_step_behind_its_guard_uses_the_value(wrong: Wrong) -> None:
    assert wrong("hold.url", present=guards("hold is present")) == []
    assert wrong("hold.due | date", present=guards("hold.due is present")) == []


def test_a_maybe_missing_value_is_said_to_the_caller(scope: Scope) -> None:
    found: list[ExpressionProblem] = []
    assert check("hold.url", scope, found.append) == t.Field(t.TEXT, maybe=True)
    assert check_text("${hold.url}", scope, found.append) == t.Field(t.TEXT, maybe=True)
    assert found == []


def test_a_field_that_is_one_expression_keeps_its_type(scope: Scope) -> None:
    found: list[ExpressionProblem] = []
    assert check_text("${event.received_at}", scope, found.append).type == t.MOMENT
    assert check_text("${numbers}", scope, found.append).type == t.ListOf(t.NUMBER)
    assert check_text("at ${event.size}", scope, found.append).type == t.TEXT
    assert check_text("plain", scope, found.append).type == t.TEXT
    assert found == []


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("Re: ${event.subjct}", "W3032", "subjct"),
        ("from ${now} on", "W3039", "now"),
        ("from ${hold.url} on", "W3038", "hold.url"),
        ("a ${", "W3001", "${"),
        ("a ${}", "W3002", "}"),
        ("x {% for x in y %} z", "W3014", "{% for x in y %}"),
        ("a ${'a' * 10}", "W3034", "'a' * 10"),
    ],
)
def test_a_problem_in_a_text_points_into_the_text(text: str, code: str, marked: str, wrong_in_text: Wrong) -> None:
    found = wrong_in_text(text)
    assert [problem.code for problem in found] == [code]
    assert text[found[0].offset : found[0].offset + found[0].length] == marked
