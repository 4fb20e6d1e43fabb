"""Cuts a text at its `${…}`: what is literal, what is an expression, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wakeel.language.expr.problem import ExpressionProblem

OPEN, ESCAPED = "${", "$${"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; `offset` is where `text` begins (for an expression: behind the `${`)."""

    text: str
    offset: int
    expression: bool = False


def split(text: str) -> tuple[Part, ...]:
    """Cut a text into literal parts and expressions; raise ExpressionProblem where a `${` stays open."""
    return tuple(pieces(text)) if OPEN in text else (Part(text, 0),)


def pieces(text: str) -> Iterator[Part]:
    """Yield the parts in order, empty literals left out."""
    at = 0
    while at < len(text):
        start = text.find(OPEN, at)
        escaped = start > at and text[start - 1] == "$"
        end = len(text) if start < 0 else start - escaped
        if literal := text[at:end] + (OPEN if escaped else ""):
            yield Part(literal, at)
        at = end if start < 0 else start + len(OPEN)
        if start >= 0 and not escaped:
            close = end_of(text, at)
            yield Part(text[at:close], at, expression=True)
            at = close + 1


def end_of(text: str, start: int) -> int:
    """Find the `}` that closes an expression, past quotes and inner braces."""
    at, inner = start, 0
    while at < len(text):
        mark = text[at]
        if mark in "'\"":
            at = end_of_quote(text, at)
        elif mark == "}" and inner == 0:
            return at
        inner += (mark == "{") - (mark == "}")
        at += 1
    raise ExpressionProblem("W3001", start - len(OPEN), len(OPEN))


def end_of_quote(text: str, start: int) -> int:
    """Return where a quoted text ends; behind the last character if it does not."""
    at = start + 1
    while at < len(text) and text[at] != text[start]:
        at += 2 if text[at] == "\\" else 1
    return at
