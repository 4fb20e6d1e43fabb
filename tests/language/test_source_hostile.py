"""Texts that were made to break the reader: it answers quickly, in words, and never with an exception."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wakeel.language.nodes import Mapping, Node, Place, Scalar, Sequence
from wakeel.language.problems import Problems
from wakeel.language.source import load
from wakeel.language.source.text import LARGEST

ALIASES = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {x: 1}\n" + "".join(
    f"{new}: &{new} {{<<: [{','.join([f'*{old}'] * 9)}]}}\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)
STEP = '- slack.post_message:\n    channel: "#a"\n    text: ${event.subject} is here\n  as: x\n'
HOSTILE = {
    "aliases": ALIASES,
    "merge keys": MERGES,
    "open brackets": "[" * 3000,
    "open brackets in lines": "[\n" * 3000,
    "open braces": "{" * 3000,
    "closed brackets": "[" * 900 + "]" * 900,
    "dashes": "- " * 3000,
    "questions": "? " * 3000,
    "digits": "a: " + "9" * 5000,
    "digits in a key": "9" * 5000 + ": a",
    "digits in a directive": "%YAML 1." + "9" * 5000 + "\n---\na: b\n",
    "a character that is none": 'a: "\\U99999999"\nb: "\\ud800"\n',
    "as large as allowed": STEP * (LARGEST // len(STEP)),
    "as many keys as allowed": "".join(f"k{number}: v\n" for number in range(25_000))[:LARGEST],
    "a list in one line": "a: [" + "x, " * 80_000 + "${x}]",
    "expressions in a list": "a: [" + "${x}, " * 40_000 + "]",
    "blanks": "a: " + " " * 260_000 + "@",
    "blanks before a comment": "a:" + " " * 260_000 + "#b",
    "braces without an end": "a: b {{" + " " * 260_000,
    "braces": "a: b " + "{{" * 130_000,
    "colons": "a: " + "b: " * 80_000,
    "Arabic commas": "a: {" + "b: c، " * 30_000 + "}",
    "tabs": "a:\n" + "\tb: c\n" * 37_000,
    "controls": "\x01\n" * 130_000,
    "one line of controls": "\x01" * 260_000,
    "a key for each line": "a: 1\n" * 50_000,
    "a mistake in each line": "a: @x\n" * 37_000,
    "a quote in each line": 'a: "x\n' * 37_000,
    "a bracket in each line": "a: ]\n" * 50_000,
    "escapes": 'a: "' + "\\d" * 130_000 + '"',
    "comments": "a: b" + " #" * 130_000,
    "a condition": 'if: "a" == ' + "b" * 260_000,
    "documents": "---\n" * 65_000,
    "levels": "".join(" " * depth + "a:\n" for depth in range(700)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_an_answer_comes_within_a_second(text: str) -> None:
    data, problems = text.encode()[:LARGEST], Problems()
    before = time.process_time()
    node = load(data, "x.yaml", problems)
    assert time.process_time() - before < 1
    check_places(data, node, problems)


SIGNS = "[]{}:,#&*!|>%@`\"'-? \n\t\\،“”😀\0\u2028\u202e\u00a0\ufeff"
PARTS = "${¦{{ x }}¦}}¦: ¦ #¦- ¦\n  ¦\"a\"¦'b'¦|\n¦<<: ¦---\n¦...\n¦!x ¦&a ¦*a¦\r\n¦if: ¦a: ¦\\x41¦\\u12¦%YAML 1.1\n¦abc¦12:30¦عقد"
PIECES = st.sampled_from([*SIGNS, *PARTS.split("¦")])


@given(st.lists(PIECES, max_size=25).map("".join))
@example("{\\x41'b'%&\nabc\xa0 x${\r\n?\"😀")
@example('*x * éx"a"& \n  #\\x41a: @{{ x }}“...\n')
@example("if: !x %YAML 1.1\n #\t ")
def test_no_text_raises_and_every_place_lies_in_the_file(text: str) -> None:
    problems = Problems()
    node = load(text.encode(), "x.yaml", problems)
    assert node or problems
    check_places(text.encode(), node, problems)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    problems = Problems()
    assert load(data, "x.yaml", problems) or problems
    assert all(problem.message("ar") and problem.message("en") for problem in problems)


def check_places(data: bytes, node: Node | None, problems: Problems) -> None:
    text = data.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    widths = [len(line) for line in text.split("\n")]
    places = [problem.place for problem in problems] + list(places_of(node) if node and len(data) < 1000 else ())
    for place in places:
        assert 1 <= place.line <= len(widths)
        assert 1 <= place.column <= widths[place.line - 1] + 1
        assert place.column < place.end_column <= widths[place.line - 1] + 2


def places_of(node: Node) -> Iterator[Place]:
    yield node.place
    if isinstance(node, Scalar):
        yield from (node.place_of(offset) for offset in range(len(node.value) + 1))
    for inner in node.items if isinstance(node, Sequence) else []:
        yield from places_of(inner)
    for key, inner in node.entries if isinstance(node, Mapping) else []:
        yield from (key.place, *places_of(inner))
