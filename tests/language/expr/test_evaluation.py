from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from wakeel.language.expr import MISSING, Evaluation, ExpressionError
from wakeel.sdk import WorkingDuration
from wakeel.sdk.calendar import Calendar

Worth = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("event.subject", "Offer"),
        ("event['from'].name", "نور"),
        ("event.payload.items", [1, 2]),
        ("event.payload.items[0] + event.payload.items[-1]", 3),
        ("event.payload.keys", "k"),
        ("event.payload.deep.number", 1.5),
        ("1 + 2 * 3 - 4", 3),
        ("7 / 2", 3.5),
        ("8 / 2", 4),
        ("-7 // 2", -4),
        ("0.1 + 0.2", 0.3),
        ("1.1 * 3", 3.3),
        ("'a' ~ 1 ~ 2.50 ~ true", "a12.5true"),
        ("1 < 2 <= 2 and 3 > 2 >= 2", True),
        ("1 < 3 < 2", False),
        ("event.subject == 'Offer' and triage.label != 'promo'", True),
        ("1 == true", False),
        ("'1' == 1", False),
        ("'ff' in event.subject", True),
        ("2 in numbers and 9 not in numbers", True),
        ("'list-id' in event.headers", True),
        ("'Offer' if triage.label == 'urgent' else 'x'", "Offer"),
        ("event.received_at < now", True),
        ("now - event.received_at == hold_for", True),
        ("day - day == hold_for", False),
        ("not event.automatic", True),
        ("event.thread_id is missing", True),
        ("nothing.of.this is missing", True),
        ("event.subject is present", True),
        ("[1, 'a', [true]]", [1, "a", [True]]),
        ("{'a': 1, 'b': {'c': 2}}.b.c", 2),
        ("numbers[2]", 2),
        ("[1, nothing, 2]", [1, 2]),
        ("{'a': nothing, 'b': 1}", {"b": 1}),
        ("cards | map('url') | join(', ')", "u1, u2"),
        ("cards | where('id', 'c2') | map('url') | first", "u2"),
    ],
)
def test_an_expression_has_its_value(text: str, value: Any, worth: Worth) -> None:
    found = worth(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text", ["event.thread_id", "event.nothing", "nothing", "numbers[9]", "[] | first", "card.url.x"]
)
def test_what_is_not_there_is_missing(text: str, worth: Worth) -> None:
    assert worth(text) is MISSING


@pytest.mark.parametrize("text", ["x[k]", "[x] | map(k) | first", "[x] | sort(k) | map(k)", "event.payload[k]"])
def test_hidden_keys_are_never_read(text: str, worth: Worth) -> None:
    assert worth(text, x={"__class__": "secret"}, k="__class__") in (MISSING, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nothing ~ 'x'", "W3102"),
        ("nothing + 1", "W3102"),
        ("nothing == 1", "W3102"),
        ("nothing | upper", "W3102"),
        ("'a' | shorten(nothing)", "W3102"),
        ("event.payload.keys + 1", "W3103"),
        ("event.payload.keys * 9", "W3103"),
        ("event.payload.items + event.payload.items", "W3103"),
        ("event.payload.items | upper", "W3103"),
        ("'a' | shorten(1.5)", "W3103"),
        ("event.payload.items < 3", "W3103"),
        ("'a' < 'b'", "W3103"),
        ("now < day", "W3103"),
        ("1 in 'abc'", "W3103"),
        ("1 in 1", "W3103"),
        ("not 1", "W3104"),
        ("1 and true", "W3104"),
        ("1 if 'x' else 2", "W3104"),
        ("1 / 0", "W3105"),
        ("1 // 0", "W3105"),
        ("0 / 0", "W3105"),
        ("999999999999999999 * 9", "W3106"),
        ("999999999999999999 + 2", "W3106"),
        ("1 / 0.0000000000000001 * 1000", "W3106"),
        ("big + 1", "W3106"),
        ("huge ~ ''", "W3106"),
        ("true + 1", "W3103"),
        ("'at ' ~ now", "W3110"),
        ("now | plus(years)", "W3109"),
        ("now | plus('2 moons')", "W3111"),
        ("now | plus('9999 days')", "W3111"),
        ("'abc' | replace('', 'x')", "W3113"),
        ("'abc' | split('')", "W3113"),
        ("1 | digits('thai')", "W3114"),
        ("1 | round(99)", "W3115"),
        ("1 | round(-1)", "W3115"),
        ("'abc' | shorten(0)", "W3116"),
        ("day | plus('2h')", "W3117"),
        ("day | plus('2 working hours')", "W3117"),
        ("day | date('HH')", "W3048"),
        ("['a', 1] | sort", "W3103"),
        ("[1, 'a'] | min", "W3103"),
        ("['a'] | sum", "W3103"),
        ("{} | money", "W3102"),
    ],
)
def test_what_has_no_value_fails_in_words(text: str, code: str, worth: Worth) -> None:
    with pytest.raises(ExpressionError) as caught:
        worth(text, big=10**18 + 1, huge=10**5000, years=timedelta(days=999999999))
    assert caught.value.code == code


def test_the_message_names_what_is_missing(worth: Worth) -> None:
    with pytest.raises(ExpressionError) as caught:
        worth("'x' ~ event.nothing.here")
    assert caught.value.params == {"name": "event.nothing.here"}
    with pytest.raises(ExpressionError) as caught:
        worth("([] | first) + 1")
    assert caught.value.params == {"name": "… | first"}


def test_a_condition_is_looked_at_no_further_than_needed(worth: Worth) -> None:
    assert worth("false and nothing.here") is False
    assert worth("true or nothing.here") is True
    assert worth("1 if true else nothing + 1") == 1


def test_a_condition_holds_or_not() -> None:
    evaluation = Evaluation({"a": 1, "text": "yes"}, Calendar(), "en")
    assert evaluation.holds("a == 1")
    assert not evaluation.holds("b is present")
    for text, code in (("text", "W3104"), ("b", "W3102")):
        with pytest.raises(ExpressionError) as caught:
            evaluation.holds(text)
        assert caught.value.code == code


def test_the_scope_is_never_changed(worth: Worth) -> None:
    numbers = [3, 1, 2]
    assert worth("numbers | sort", numbers=numbers) == [1, 2, 3]
    assert worth("numbers | unique | map('x')", numbers=numbers) == []
    assert numbers == [3, 1, 2]


def test_python_objects_have_no_attributes_here(worth: Worth) -> None:
    class Thing:
        secret = "s"

    assert worth("thing.secret", thing=Thing()) is MISSING
    assert worth("now.year") is MISSING
    assert worth("event.subject.upper") is MISSING


SCOPE = {
    "event": {"subject": "Offer", "n": 2, "at": datetime(2026, 11, 22, 9, tzinfo=UTC), "tags": ["a", "b"]},
    "draft": {"id": "d1", "body": "long", "to": ["x"]},
    "wait": WorkingDuration(amount=2, unit="days"),
    "day": date(2026, 11, 22),
}


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("plain ${event.subject}", "plain ${event.subject}"),
        (5, 5),
        (None, None),
        ({"$expr": "event.subject"}, "Offer"),
        ({"$expr": "event.n"}, 2),
        ({"$expr": "event.at"}, "2026-11-22T09:00:00+00:00"),
        ({"$expr": "wait"}, {"amount": 2, "unit": "days"}),
        ({"$expr": "day"}, "2026-11-22"),
        ({"$text": ["Re: ", {"$expr": "event.subject"}, " x", {"$expr": "event.n"}]}, "Re: Offer x2"),
        ({"$expr": "draft", "keep": ["id", "absent"]}, {"id": "d1"}),
        ({"$expr": "[draft, draft]", "keep": ["id"]}, [{"id": "d1"}, {"id": "d1"}]),
        ({"a": {"$expr": "event.nothing"}, "b": {"c": {"$expr": "event.n"}}}, {"b": {"c": 2}}),
        ([{"$expr": "event.nothing"}, 1, {"$expr": "event.tags"}], [1, ["a", "b"]]),
        ({"$map": {"$expr": {"$expr": "event.n"}, "$text": "x"}}, {"$expr": 2, "$text": "x"}),
    ],
)
def test_a_template_is_filled(template: Any, value: Any) -> None:
    assert Evaluation(SCOPE, Calendar(), "en").fill(template) == value


def test_a_template_of_a_missing_value_is_missing() -> None:
    evaluation = Evaluation(SCOPE, Calendar(), "en")
    assert evaluation.fill({"$expr": "event.nothing"}) is MISSING
    with pytest.raises(ExpressionError, match="W3102"):
        evaluation.fill({"$text": ["x", {"$expr": "event.nothing"}]})
    with pytest.raises(ExpressionError, match="W3110"):
        evaluation.fill({"$text": ["x", {"$expr": "event.at"}]})
