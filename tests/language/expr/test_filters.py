from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakeel.language.expr import FILTERS, MISSING, Evaluation, ExpressionProblem, Scope, check
from wakeel.language.expr.filters.arabic import folded
from wakeel.language.types import ANY, MOMENT, Field
from wakeel.sdk.calendar import Calendar, Holiday
from wakeel.sdk.ports.mail.folding import fold

Worth = Callable[..., Any]

CONTRACT = """shorten upper lower trim default join first last length sort unique map where sum min max round plus
minus date time money number digits plain fold replace split strip_quotes json yes_no gender"""
EXAMPLES = [(known.name, text, value) for known in FILTERS.values() for text, value in known.examples]


def test_the_list_is_the_one_of_the_language() -> None:
    assert set(FILTERS) == set(CONTRACT.split())


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_filter_has_a_sentence_and_two_examples(name: str) -> None:
    assert FILTERS[name].doc.endswith(".")
    assert len(FILTERS[name].examples) == 2


@pytest.mark.parametrize(("name", "text", "value"), EXAMPLES)
def test_the_examples_are_true(name: str, text: str, value: Any, worth: Worth) -> None:
    assert name in text
    assert worth(text) == value


@pytest.mark.parametrize(("name", "text", "value"), EXAMPLES)
def test_the_examples_pass_the_check(name: str, text: str, value: Any) -> None:
    found: list[ExpressionProblem] = []
    check(text, Scope({"now": Field(MOMENT), "missing_name": Field(ANY, maybe=True)}), found.append)
    assert found == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("now | date", "ar", "22 نوفمبر 2026"),
        ("now | date('EEEE d MMMM')", "ar", "الأحد 22 نوفمبر"),
        ("now | date('EEE d MMM yy')", "en", "Sun 22 Nov 26"),
        ("now | date('yyyy-MM-dd HH:mm:ss')", "en", "2026-11-22 09:30:00"),
        ("day | date", "en", "22 November 2026"),
        ("at | time", "en", "09:30"),
        ("true | yes_no", "ar", "نعم"),
        ("1234567.891 | money('SAR')", "ar", "1,234,567.89 ر.س"),
        ("5 | money('KWD')", "en", "5.000 KWD"),
        ("-0.005 | money('USD')", "en", "-0.01 USD"),
        ("5 | money('JPY')", "en", "5 JPY"),
        ("{'amount': 12.5, 'currency': 'EGP'} | money", "ar", "12.50 ج.م"),
        ("'ذكر' | gender('أستاذ', 'أستاذة')", "ar", "أستاذ"),
        ("nobody | gender('أستاذ', 'أستاذة')", "ar", "أستاذ/أستاذة"),
    ],
)
def test_what_people_read_is_in_their_language(text: str, language: str, value: str, worth: Worth) -> None:
    assert worth(text, language) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("123", 123),
        ("١٢٣", 123),
        ("۱۲۳٫۵", 123.5),
        ("1,234.56", 1234.56),
        ("1.234,56", 1234.56),
        ("1,234", 1234),
        ("1,5", 1.5),
        ("1.234.567", 1234567),
        ("١٬٢٣٤٫٥٠ ر.س", 1234.5),
        ("SAR 500", 500),
        ("$ 12", 12),
        ("500 جنيه", 500),
        ("-5", -5),
        ("−5", -5),
    ],
)
def test_a_number_is_read_in_either_script(text: str, value: float, worth: Worth) -> None:
    assert worth("text | number", text=text) == value


@pytest.mark.parametrize(
    "text", ["", "abc", "12 apples", "1e5", "0x1F", "1-2", "--5", "9" * 40, ".", "1.2,3.4", "inf", "nan"]
)
def test_a_text_without_a_number_is_missing(text: str, worth: Worth) -> None:
    assert worth("text | number", text=text) is MISSING


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("إلغاء الإشتراك", "الغاء الاشتراك"),
        ("مُحَمَّد", "محمد"),
        ("فاتـــورة", "فاتوره"),
        ("ﻓﺎﺗﻮرة", "فاتورة"),
        ("مستشفى", "مستشفي"),
        ("١٢٣", "123"),
        ("ABC", "abc"),
    ],
)
def test_spellings_of_one_word_fold_to_one(first: str, second: str, worth: Worth) -> None:
    assert worth("a | fold == b | fold", a=first, b=second)


@given(st.text(alphabet=st.sampled_from("أإآٱىةؤئیکابتث ًّـ١۲3Aaﻓ\u200f\u200c"), max_size=30))
def test_the_fold_is_that_of_the_mail_port(text: str) -> None:
    assert folded(text) == fold(text)
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=80), st.integers(1, 40))
def test_a_shortened_text_is_never_longer_than_asked(text: str, most: int) -> None:
    short = Evaluation({"t": text, "n": most}, Calendar(), "en").value("t | shorten(n)")
    assert len(short) <= most
    assert short == text or short.endswith("…")


CAIRO = ZoneInfo("Africa/Cairo")


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("1h", "2027-03-04 17:00"),
        ("1 day", "2027-03-05 16:00"),
        ("2 working days", "2027-03-08 16:00"),
        ("2 working hours", "2027-03-07 10:00"),
        ("30 working minutes", "2027-03-04 16:30"),
    ],
)
def test_moments_move_by_the_clients_calendar(span: str, expected: str) -> None:
    holidays = (Holiday.model_validate({"date": "2027-03-09", "name": "عيد الفطر"}),)
    calendar = Calendar(time_zone="Africa/Cairo", weekend=(4, 5), holidays=holidays)
    scope = {"t": datetime(2027, 3, 4, 16, 0, tzinfo=CAIRO), "span": span}
    found = Evaluation(scope, calendar, "en").value("t | plus(span) | date('yyyy-MM-dd HH:mm')")
    assert found == expected


def test_moments_are_written_in_the_clients_zone(worth: Worth) -> None:
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    assert worth("t | date('dd HH:mm')", t=moment) == "23 06:30"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("['b', 'a'] | sort", ["a", "b"]),
        ("[{'n': 2}, {}, {'n': 1}] | sort('n')", [{"n": 1}, {"n": 2}, {}]),
        ("[1, true, '1', 1] | unique | length", 3),
        ("[{'a': 1}, {'a': 1}] | unique | length", 1),
        ("['b', 'a'] | sort | last", ["a", "b"][1]),
        ("[[1], [1, 2]] | map('x')", []),
        ("{'a': 1} | length", 1),
        ("'a b  c' | split", ["a", "b", "c"]),
        ("'a,,b' | split(',')", ["a", "", "b"]),
        ("1.005 | round(2)", 1.01),
        ("2.5 | round", 3),
        ("[0.1, 0.2] | sum", 0.3),
        ("now | json", '"2026-11-22T09:30:00+02:00"'),
        ("'\u200fRe:\u200b a' | plain", "Re: a"),
    ],
)
def test_filters_give(text: str, value: Any, worth: Worth) -> None:
    assert worth(text) == value
