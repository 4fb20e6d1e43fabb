"""Filters that make a text from a text."""

from __future__ import annotations

import unicodedata

from wakeel.language.expr.filters.items import joined
from wakeel.language.expr.filters.signature import Items, filter_
from wakeel.language.expr.state import State
from wakeel.language.kinds import TEXT, ListOf
from wakeel.language.values import ExpressionError, text_of

ELLIPSIS = "…"
HIDDEN = ("Cc", "Cf")  # control characters; direction marks, zero-width characters
HEADS = ("-----original message", "-----رسالة أصلية", "-------- forwarded message")


@filter_(('"a long subject" | shorten(9)', "a long…"), ('"مرحبا" | shorten(80)', "مرحبا"))
def shorten(state: State, text: str, most: int) -> str:
    """Cut a text at a word, so that it has at most this many characters with the “…” at its end."""
    if most < 1:
        raise ExpressionError("W3116", least=1)
    if len(text) <= most:
        return text
    state.grow(most)
    room = most - 1
    while room > 0 and unicodedata.combining(text[room]):
        room -= 1
    cut = text[:room]
    if not text[room].isspace() and (word := cut.rfind(" ")) > room // 2:
        cut = cut[:word]
    return cut.rstrip() + ELLIPSIS


@filter_(('"urgent" | upper', "URGENT"), ('"Straße" | upper', "STRASSE"))
def upper(state: State, text: str) -> str:
    """Write a text in capitals."""
    state.grow(len(text))
    return text.upper()


@filter_(('"URGENT" | lower', "urgent"), ('"Re: Offer" | lower', "re: offer"))
def lower(state: State, text: str) -> str:
    """Write a text in small letters."""
    state.grow(len(text))
    return text.lower()


@filter_(('"  a b " | trim', "a b"), ('"\\n a" | trim', "a"))
def trim(state: State, text: str) -> str:
    """Take white space off both ends."""
    state.grow(len(text))
    return text.strip()


@filter_(('"a-b-c" | replace("-", " ")', "a b c"), ('"Re: Re: x" | replace("Re: ", "")', "x"))
def replace(state: State, text: str, old: str, new: str) -> str:
    """Put another text in each place where `old` stands."""
    if not old:
        raise ExpressionError("W3113", what="replace")
    state.grow(len(text) + text.count(old) * max(len(new) - len(old), 0))
    return text.replace(old, new)


@filter_(('"a, b" | split(", ")', ["a", "b"]), ('" one  two " | split', ["one", "two"]), gives=ListOf(TEXT))
def split(state: State, text: str, by: str = " ") -> list[str]:
    """Cut a text into a list; without a separator, or at a blank, empty pieces are left out."""
    if not by:
        raise ExpressionError("W3113", what="split")
    state.grow(len(text))
    state.spend(text.count(by) + 1)
    return [piece for piece in text.split(by) if piece] if by == " " else text.split(by)


@filter_(('["a", "b"] | join(", ")', "a, b"), ("[1, 2] | join", "12"), gives=joined)
def join(state: State, items: Items, between: str = "") -> str:
    """Make one text of a list, with a separator between its items."""
    state.spend(len(items))
    pieces = [text_of(item) for item in items]
    state.grow(sum(map(len, pieces)) + len(between) * max(len(pieces) - 1, 0))
    return between.join(pieces)


@filter_(('" a\\n\\n  b\\t" | plain', "a b"), ('"total:\\n 5" | plain', "total: 5"))
def plain(state: State, text: str) -> str:
    """Make one line: no invisible characters, no line breaks, one blank between words."""
    state.grow(2 * len(text))
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in HIDDEN)
    return " ".join(seen.split())


@filter_(('"Yes.\\n> Shall we?" | strip_quotes', "Yes."), ('"نعم\\nكتب أحمد:\\n> متى؟" | strip_quotes', "نعم"))
def strip_quotes(state: State, text: str) -> str:
    """Leave out what a mail quotes: lines that begin with `>`, the line that introduces them, a forwarded mail."""
    state.grow(2 * len(text))
    kept: list[str] = []
    for line in text.split("\n"):
        if line.lower().startswith(HEADS):
            break
        if not line.startswith(">"):
            kept.append(line)
        elif kept and kept[-1].rstrip().endswith(":"):
            kept.pop()
    return "\n".join(kept).strip()
