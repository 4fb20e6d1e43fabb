"""What the VA reads: rows 36 to 44 of the list of bad recipes, and every code that the language can raise."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import wakeel.i18n
import wakeel.language.expr
from wakeel.i18n import catalogue
from wakeel.language import types as t
from wakeel.language.expr import ExpressionProblem
from wakeel.language.nodes import Place
from wakeel.language.problems import Language, Problem

Wrong = Callable[..., list[ExpressionProblem]]
PLACE = Place("recipe.yaml", 1, 1, 2)
HERE = Path(wakeel.language.expr.__file__).parent
FILES = [*HERE.rglob("*.py"), HERE.parent / "values.py"]
CODES = sorted({code for file in FILES for code in re.findall(r'"(W3\d{3})"', file.read_text("utf-8"))})


def said(problem: ExpressionProblem, language: Language = "en") -> str:
    shown = Problem(problem.code, PLACE, problem.params, problem.near)
    return f"{shown.message(language)} {shown.hint(language)}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("${crad.url}", "No result “crad”. Did you mean “card”?"),
        ("${draft.url}", "“draft” is made later (line 41). Move that step up."),
        ("${event.subjct}", "`mail.received` has no “subjct”. Did you mean “subject”?"),
        ("${event.subject", "`${` is not closed with `}`."),
        ("${event.subject | uper}", "No filter “uper”. Did you mean “upper”?"),
        ("${'a' * 10}", "`*` is for numbers"),
        ("${2 ** 9}", "`**` is not part of the language."),
        ("${event.subject.upper()}", "Nothing is called with `( )`. Write `| upper`."),
        ("{% for x in y %}…", "Loops stand in `for_each:` or in a reply template"),
        ("at ${now}", "This is a moment, which does not stand inside a text by itself. Say how to write it: `| date`."),
        ("${hold.url}", "“hold” may be missing here. Guard it with `if: hold is present`"),
        ("${numbers | upper}", "The filter “upper” is not for a list; it takes a text."),
        ("${triage.label == 'x'}", "It is one of: urgent, important, promo."),
    ],
)
def test_the_message_says_how_to_mend_it(text: str, sentence: str, wrong_in_text: Wrong) -> None:
    assert sentence in said(wrong_in_text(text)[0])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("event.subject = 'x'", "Use `==` to compare."),
        ('${triage.label == "promo"}', 'In `if` write the expression without `${ }`: `triage.label == "promo"`.'),
        ("event.attachments", "Write `event.attachments | length > 0`."),
    ],
)
def test_a_condition_says_how_to_mend_it(text: str, sentence: str, wrong: Wrong) -> None:
    assert sentence in said(wrong(text, condition=True)[0])


def test_types_have_names_in_both_languages(wrong_in_text: Wrong) -> None:
    problem = wrong_in_text("${numbers | upper}")[0]
    assert "القيمة: قائمة، والمطلوب: نص" in said(problem, "ar")
    assert (t.name(t.WORKING_DURATION, "en"), t.name(t.MOMENT, "ar")) == ("a working duration", "وقت")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_sentences(code: str) -> None:
    entry = catalogue()[code]
    assert set(entry) == {"en", "ar", "fix_en", "fix_ar"}
    for first, second in (("en", "ar"), ("fix_en", "fix_ar")):
        assert set(re.findall(r"\{\w+\}", entry[first])) == set(re.findall(r"\{\w+\}", entry[second]))
    assert re.search("[\u0600-\u06ff]", entry["ar"])


def test_every_sentence_is_used() -> None:
    written = tomllib.loads((Path(wakeel.i18n.__file__).parent / "problems" / "w3.toml").read_text("utf-8"))
    assert sorted(code for code in written if code.startswith("W3")) == CODES


@pytest.mark.parametrize("text", ["${x | term.text}", "${'term.nothing' * 2}", "${term.no}"])
def test_a_name_that_looks_like_a_term_breaks_no_message(text: str, wrong_in_text: Wrong) -> None:
    for problem in wrong_in_text(text):
        assert said(problem)
        assert said(problem, "ar")
