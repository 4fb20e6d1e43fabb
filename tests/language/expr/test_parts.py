from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakeel.language.expr import ExpressionProblem, Part, split


def test_a_text_without_expressions_is_one_literal() -> None:
    assert split("plain $ { } text") == (Part("plain $ { } text", 0),)


def test_an_expression_is_cut_out_with_its_place() -> None:
    assert split("Re: ${event.subject}!") == (
        Part("Re: ", 0),
        Part("event.subject", 6, expression=True),
        Part("!", 20),
    )


def test_braces_and_quotes_inside_an_expression_are_balanced() -> None:
    text = """${ {'a': "}"}['a'] | default('\\'}') } end"""
    code, end = split(text)
    assert code.expression
    assert code.text == """ {'a': "}"}['a'] | default('\\'}') """
    assert end.text == " end"


@pytest.mark.parametrize(
    ("text", "literal"), [("$${x}", "${x}"), ("a $${x} b", "a ${x} b"), ("$$${x}", "$${x}"), ("$${", "${")]
)
def test_two_dollars_are_a_literal_one(text: str, literal: str) -> None:
    assert "".join(part.text for part in split(text) if not part.expression) == literal
    assert not any(part.expression for part in split(text))


@pytest.mark.parametrize("text", ["${event.subject", "a ${", "${ 'x} ", "${ {'a': 1} "])
def test_an_open_expression_is_a_problem_at_its_beginning(text: str) -> None:
    with pytest.raises(ExpressionProblem) as caught:
        split(text)
    assert (caught.value.code, caught.value.offset) == ("W3001", text.index("${"))


def test_jinja_comments_and_newlines_in_a_text_stay() -> None:
    text = "{# kept #} {{ x }}\r\nline\n"
    assert split(text) == (Part(text, 0),)


@given(st.text(alphabet="ab$ {}'\"\\\n", max_size=40))
def test_the_parts_say_where_they_stand(text: str) -> None:
    try:
        parts = split(text)
    except ExpressionProblem:
        return
    for part in parts:
        if part.expression:
            assert text[part.offset - 2 : part.offset] == "${"
            assert text[part.offset : part.offset + len(part.text)] == part.text
            assert text[part.offset + len(part.text)] == "}"
