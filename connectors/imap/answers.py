"""What imaplib returns, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

UID = re.compile(rb"\bUID (\d+)")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
DATE = re.compile(rb'\bINTERNALDATE "([^"]{1,40})"')
FLAGS = re.compile(rb"\bFLAGS \(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Item:
    """What one FETCH told of one mail."""

    uid: int
    size: int | None
    internal_date: str
    flags: tuple[str, ...]
    data: bytes | None


def items(said: Sequence[Any]) -> Iterator[Item]:
    """Read the answer to a FETCH: a mail is a line, or lines with literals between them."""
    lines: list[bytes] = []
    data: bytes | None = None
    for part in said:
        head, literal = part if isinstance(part, tuple) else (part, None)
        if head is None:
            continue
        lines, data = [*lines, head], literal if literal is not None else data
        if literal is None:
            if item := read(b" ".join(lines), data):
                yield item
            lines, data = [], None


def read(line: bytes, data: bytes | None) -> Item | None:
    """Read the words about one mail; without its number it is no answer to us."""
    uid, size, date, flags = (pattern.search(line) for pattern in (UID, SIZE, DATE, FLAGS))
    if uid is None:
        return None
    words = tuple(flags[1].decode("ascii", "replace").split()) if flags else ()
    return Item(
        int(uid[1]), int(size[1]) if size else None, date[1].decode("ascii", "replace") if date else "", words, data
    )


def told(said: Sequence[Any] | None) -> list[str]:
    """Return the texts of an untagged answer."""
    return [text.decode("ascii", "replace") for text in said or () if isinstance(text, bytes)]
