"""Values of cells: what one may hold, when two are the same, and texts that a program would run as a formula."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import Field

LONGEST = 32_000  # characters; Excel holds 32,767
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no file of Excel can hold them
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")

Cell = Annotated[str, Field(max_length=LONGEST)] | bool | int | float | None


def plain(cell: Cell) -> str:
    """Return a cell as text, by which cells are compared: `5`, `5.0` and `"5 "` are the same."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFC", str(cell)).strip()


def is_formula(text: str) -> bool:
    """Say whether a text would be run as a formula where its type is lost."""
    return FORMULA.match(text) is not None


def escaped(text: str) -> str:
    """Return a text as a file without types may hold it: a formula gets an apostrophe in front, as people write it."""
    return f"'{text}" if is_formula(text) else text


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return text[1:] if text.startswith("'") and is_formula(text) else text


def clean(text: str) -> str:
    """Return a text without what no file can hold."""
    return CONTROL.sub("", text.encode("utf-8", "replace").decode())
