"""A file's nodes: texts as typed, each with its place."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wakeel.language.nodes import Mapping, Node, Scalar, Sequence
from wakeel.language.problems import Problems
from wakeel.language.source import load

TYPED = [
    "no",
    "on",
    "12:30",
    "0123",
    "+20101234567",
    "1.10",
    "2026-11-22",
    "2026-02-30",
    "null",
    "~",
    "=",
    "1_000",
    "١٢٣",
]


def document(text: str) -> Node:
    problems = Problems()
    node = load(text.encode(), "x.yaml", problems)
    assert problems == []
    assert node is not None
    return node


def value(text: str, *path: str | int) -> Scalar:
    node: Node | None = document(text)
    for part in path:
        if isinstance(part, int):
            assert isinstance(node, Sequence)
            node = node.items[part]
        else:
            assert isinstance(node, Mapping)
            node = node.get(part)
    assert isinstance(node, Scalar)
    return node


def spot(scalar: Scalar, offset: int) -> tuple[int, int]:
    place = scalar.place_of(offset)
    return place.line, place.column


@pytest.mark.parametrize("typed", TYPED)
def test_every_value_and_every_key_is_the_text_that_was_typed(typed: str) -> None:
    assert value(f"a: {typed}\n", "a").value == typed
    assert [key for key, _value in document(f"{typed}: b\n")] == [typed]  # type: ignore[union-attr]


def test_places_count_characters_from_one() -> None:
    text = 'عنوان: "😀 نص"\nb:\n  - {c: d, é: f}\n'
    assert value(text, "عنوان").place.column == 8
    assert value(text, "عنوان").place.end_column == 14
    inner = value(text, "b", 0, "é")
    assert (inner.place.line, inner.place.column, inner.place.end_column) == (3, 15, 16)


def test_a_map_knows_the_places_of_its_keys() -> None:
    node = document("a: b\n\nc:\n  d: e\n")
    assert isinstance(node, Mapping)
    key = node.key("c")
    assert key
    assert (key.place.line, key.place.column, key.place.end_column) == (3, 1, 2)


def test_the_style_of_a_text_is_kept() -> None:
    text = "a: b\nc: 'd'\ne: \"f\"\ng: |\n  h\ni: >\n  j\n"
    assert [value(text, key).style for key in "acegi"] == ["", "'", '"', "|", ">"]


def test_an_offset_in_a_plain_text_is_a_column() -> None:
    scalar = value("a:\n  if: triage.label\n", "a", "if")
    assert scalar.locate is None
    assert spot(scalar, 7) == (2, 14)


def test_an_offset_in_quotes_counts_the_quote_and_the_escapes() -> None:
    assert spot(value('a: "b ${c}"\n', "a"), 2) == (1, 7)
    assert spot(value('a: "\\"\\u0041\\x42c"\n', "a"), 3) == (1, 17)
    assert spot(value("a: 'it''s ${c}'\n", "a"), 5) == (1, 11)


def test_an_offset_in_a_block_is_found_in_its_line() -> None:
    assert spot(value("a: |\n  one\n\n  ${two}\n", "a"), 5) == (4, 3)
    assert spot(value("a: >-\n    one\n    ${two}\n    three\n", "a"), 4) == (3, 5)
    assert spot(value("a: >-\n    one\n    ${two}\n    three\n", "a"), 11) == (4, 5)


def test_an_offset_in_a_text_of_several_lines_is_found_in_its_line() -> None:
    assert spot(value("a: one\n   two\n\n   ${b}\n", "a"), 8) == (4, 4)
    assert spot(value('a: "one\n   two \\\n   ${b}"\n', "a"), 8) == (3, 4)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).flatmap(
    lambda words: st.lists(st.sampled_from([" ", "  ", "\n", "\n\n"]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)).strip()
    )
)


@given(TEXTS, st.sampled_from(["'", '"', "|", ">"]), st.integers(20, 60))
def test_every_visible_character_is_found_where_it_stands(text: str, style: str, width: int) -> None:
    dumped = yaml.safe_dump({"a": {"b": text}}, default_style=style, width=width, allow_unicode=True)
    scalar = value(dumped, "a", "b")
    lines = dumped.split("\n")
    for offset, char in enumerate(scalar.value):
        line, column = spot(scalar, offset)
        there = lines[line - 1][column - 1 : column]
        assert char.isspace() or there in (char, "\\")


def test_what_stands_behind_a_mended_spot_keeps_its_place() -> None:
    problems = Problems()
    node = load(b"a: {b: ${c}, d: e, f: ${g}, h: i}\n", "x.yaml", problems)
    assert [(p.code, p.place.column) for p in problems] == [("W1032", 8), ("W1032", 23)]
    assert isinstance(node, Mapping)
    inner = node.get("a")
    assert isinstance(inner, Mapping)
    assert [(key.value, key.place.column) for key, _value in inner.entries] == [
        ("b", 5),
        ("d", 14),
        ("f", 20),
        ("h", 29),
    ]
    expression = inner.get("f")
    assert isinstance(expression, Scalar)
    assert spot(expression, 2) == (1, 25)


def test_all_problems_of_a_file_come_at_once_and_the_rest_is_read() -> None:
    problems = Problems()
    text = 'recipe: x\nsteps:\n- note: Re: a\n- note: @b\n- note: "c\n- note: [d, e\n- note: !f\n- note: #g\n- note: {{ h }}\n'
    node = load(text.encode(), "x.yaml", problems)
    assert [(p.place.line, p.code) for p in problems] == [
        (3, "W1031"), (4, "W1023"), (5, "W1036"), (6, "W1035"), (7, "W1022"), (8, "W1033"), (9, "W1030"),
    ]  # fmt: skip
    assert isinstance(node, Mapping)
    steps = node.get("steps")
    assert isinstance(steps, Sequence)
    assert len(steps.items) == 7


def test_of_a_repeated_key_the_first_is_kept() -> None:
    node = load(b"a: b\na: c\n", "x.yaml", Problems())
    assert isinstance(node, Mapping)
    assert [value.value for _key, value in node if isinstance(value, Scalar)] == ["b"]
