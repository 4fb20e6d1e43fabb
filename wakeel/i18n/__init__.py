"""All sentences for people, in English and Arabic: one TOML file for each family of codes.

`[W2104]` holds `en` and `ar` (what is wrong) and `fix_en` and `fix_ar` (how to mend it), with the
same `{placeholders}` in both languages.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

PLACEHOLDER = re.compile(r"\{(\w+)\}")  # all in one pass: a value may look like a placeholder itself
SAID = "said."
FIELDS = {"message": "{language}", "hint": "fix_{language}"}


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every entry by code."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(Path(__file__).parent.glob("**/*.toml")):
        found |= tomllib.loads(file.read_text("utf-8"))
    return found


def words(code: str, what: Literal["message", "hint"], language: str, params: Mapping[str, str]) -> str:
    """Return a sentence with its placeholders filled; values are inserted as they are, never formatted."""
    entry = catalogue()[code]
    text = entry.get(FIELDS[what].format(language=language), "")
    return PLACEHOLDER.sub(lambda found: named(params.get(found[1], found[0]), language), text)


def named(value: str, language: str) -> str:
    """Return a value as a person reads it: `term.list|term.map` is the names of two types, `said.…` a connector's words.

    All else stands as it is.
    """
    if value.startswith(SAID):
        return said(value.removeprefix(SAID), language)
    if not value.startswith("term."):
        return value
    return " / ".join(catalogue().get(term, {}).get(language, term) for term in value.split("|"))


def said(text: str, language: str) -> str:
    """Return what a connector says in English, in a language; what nobody has put into it stays English."""
    name = re.sub("[^a-z]+", "_", text.lower()).strip("_")
    return catalogue().get(f"said.{name}", {}).get(language, text)
