"""Every recipe that can go wrong says so: which code, where, and in which words."""

from __future__ import annotations

import json
import re

import pytest

from tests.language.recipe import (
    wrong_clients,
    wrong_expressions,
    wrong_fields,
    wrong_habits,
    wrong_structure,
    wrong_words,
)
from tests.language.recipe.office import CLIENT, checked, problems, steps
from tests.language.recipe.wrong import Wrong, said
from wakeel.i18n import catalogue

CASES = [
    *wrong_structure.CASES,
    *wrong_words.CASES,
    *wrong_fields.CASES,
    *wrong_expressions.CASES,
    *wrong_clients.CASES,
    *wrong_habits.CASES,
]
PYTHON = re.compile(
    r"pydantic|Traceback|NoneType|<class|Error\b|\b(?:dict|str|int|float|datetime|timedelta|BaseModel)\b"
)
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)


@each
def test_a_wrong_recipe_says_what_is_wrong_and_where(case: Wrong) -> None:
    assert [said(problem) for problem in case.problems()] == case.said


@each
def test_every_problem_is_said_in_arabic_too_and_says_how_to_mend_it(case: Wrong) -> None:
    for problem in case.problems():
        assert problem.message("ar") != problem.message("en")
        assert problem.hint("ar") != problem.hint("en")
        assert re.search("[\u0600-\u06ff]", problem.message("ar"))
        assert re.search("[\u0600-\u06ff]", problem.hint("ar"))


@each
def test_no_message_shows_python_or_an_unfilled_place(case: Wrong) -> None:
    for problem in case.problems():
        for text in (problem.message("en"), problem.message("ar"), problem.hint("en"), problem.hint("ar")):
            assert not PYTHON.search(text)
            assert not [name for name in problem.params if "{" + name + "}" in text]


@each
def test_carriage_returns_and_a_byte_order_mark_change_no_place(case: Wrong) -> None:
    changed = Wrong(case.why, "\ufeff" + case.recipe.replace("\n", "\r\n"), client=case.client)
    changed.connections = case.connections
    assert [said(problem) for problem in changed.problems()] == case.said


def test_the_parts_of_a_problem_are_what_check_prints_as_json() -> None:
    found = problems(steps("  - slack.pots_message:\n      channel: a\n"))
    assert json.loads(json.dumps([problem.as_json() for problem in found])) == [
        {
            "code": "W2104",
            "file": "recipes/job.yaml",
            "line": 7,
            "column": 9,
            "end_column": 21,
            "message": "Slack has no “pots_message”.",
            "hint": "Did you mean “post_message”? It has: post_message.",
            "near": ["post_message"],
        }
    ]


def test_at_most_twenty_problems_of_a_file_are_shown_the_first_ones() -> None:
    found = problems(steps("".join(f"  - note: ${{no_{number}}}\n" for number in range(30))))
    assert [problem.place.line for problem in found] == list(range(7, 27))


def test_a_secret_is_said_by_no_message_at_all() -> None:
    secret = "xoxb-1234567890-abcdefghij"
    text = f"  - trello.create_card:\n      list: a\n      name: b\n      kind: {secret}\n    as: {secret}\n"
    found = checked(steps(text), CLIENT).problems
    assert {problem.code for problem in found} == {"W4020"}
    assert secret not in "".join(str(problem) + problem.message() + problem.hint() for problem in found)


def test_every_sentence_of_the_recipe_has_the_same_places_in_both_languages() -> None:
    for code, entry in catalogue().items():
        if code.startswith(("W22", "W23", "W24", "W33", "W43", "explain.")):
            for english, arabic in (("en", "ar"), ("fix_en", "fix_ar")):
                places = [set(re.findall(r"\{(\w+)\}", entry.get(language, ""))) for language in (english, arabic)]
                assert places[0] == places[1], code
