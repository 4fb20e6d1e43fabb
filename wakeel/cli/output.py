"""How commands print: JSON with stable keys, columns that line up also in Arabic, moments in one form."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

RED, YELLOW, GREEN, QUIET, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[2m", "\x1b[0m"


def print_json(value: Any) -> None:
    """Print a value as JSON; texts stay as they are."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def colored(text: str, color: str) -> str:
    """Return a text in a color, where a person looks and has not declined."""
    return f"{color}{text}{PLAIN}" if sys.stdout.isatty() and "NO_COLOR" not in os.environ else text


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows whose columns line up."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def width(text: str) -> int:
    """Return how many cells a terminal gives a text; marks that combine take none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """Return a text without what would move the cursor or turn the direction of a line."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "�" for c in text)


def local(seconds: float | None) -> str:
    """Return epoch seconds as this machine's clock shows them."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
