"""One line of a recipe taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

SHOWN = 100  # characters of a mended line that a message shows
SECRET = re.compile(r"pass|secret|token|key|credential", re.IGNORECASE)
COMMENT = re.compile(r"[ \t]#[ \t]")
NO_KEY = tuple("[{\"'#&*!|>%@`,]}$")

Inside = Literal["", "[", "{"]  # the nearest brackets around a node


@dataclass(frozen=True, slots=True)
class Line:
    """The parts of a line; columns count from 0, `lead` is the width of indentation and dashes."""

    text: str
    lead: int
    key: str
    start: int
    end: int

    @property
    def value(self) -> str:
        """Return the value, without a comment behind it."""
        return self.text[self.start : self.end]

    @property
    def indent(self) -> int:
        """Return the width of the blanks before the first character."""
        return indent(self.text)

    def shown(self, start: int, new: str) -> str:
        """Return what a message shows of the line with a part mended; never what may be a secret."""
        if SECRET.search(self.text, 0, start):
            new = '"…"'
        mended = f"{self.key}: {new}" if self.key and start == self.start else new
        return mended if len(mended) <= SHOWN else mended[: SHOWN - 1] + "…"


def indent(text: str) -> int:
    """Return the width of the blanks before a line's first character."""
    return len(text) - len(text.lstrip(" \t"))


def apart(text: str) -> Line:
    """Take a line apart."""
    lead = 0
    while lead < len(text) and (text[lead] in " \t" or text[lead : lead + 2] in ("- ", "-\t")):
        lead += 1
    key, start = key_of(text, lead)
    comment = COMMENT.search(text, start)
    end = comment.start() if comment else len(text)
    return Line(text, lead, key, start, max(start, len(text[:end].rstrip())))


def key_of(text: str, lead: int) -> tuple[str, int]:
    """Return the key that a line begins with, and where its value begins."""
    colon = text.find(": ", lead)
    colon = len(text.rstrip()) - 1 if colon < 0 and text.rstrip().endswith(":") else colon
    key = text[lead : max(colon, lead)].rstrip()
    if len(key) > 1 and key[0] in "\"'" and key[0] == key[-1]:
        key = key[1:-1]
    if not key or key.startswith(NO_KEY) or "${" in key:
        return "", lead
    return key, len(text) - len(text[colon + 1 :].lstrip())


def item_end(text: str, start: int) -> int:
    """Return where an item of a `[ ]` or `{ }` ends: before the next `,`, `]` or `}` outside of `${…}`."""
    depth, at = 0, start
    while at < len(text) and (depth or text[at] not in ",]}"):
        depth += {"{": 1, "}": -1}.get(text[at], 0) if depth or text.startswith("${", at - 1) else 0
        at += 1
    return len(text[:at].rstrip())


def item_start(text: str, at: int) -> int:
    """Return where the item of a `[ ]` or `{ }` begins in which a column lies."""
    marks = [text.rfind(mark, 0, at) + len(mark) for mark in ("[", "{", ",", ": ") if mark in text[:at]]
    start = max(marks, default=0)
    return start + indent(text[start:])


def value_end(text: str, start: int, inside: Inside) -> int:
    """Return where the value that begins at a column ends, without a comment behind it."""
    return item_end(text, start) if inside else max(apart(text).end, start)
