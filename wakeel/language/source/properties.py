"""Anchors, aliases and tags: parts of YAML that recipes do not use, mostly texts that lack their quotes."""

from __future__ import annotations

import re
from typing import Any

import yaml

from wakeel.language.source.finding import Finding, rewriting
from wakeel.language.source.keys import CONDITIONS
from wakeel.language.source.lines import Inside, apart, value_end
from wakeel.language.source.text import Mend, Text
from wakeel.language.source.writing import quoted, turned

ANCHOR, TAG, CONDITION = "W1020", "W1022", "W1040"
TOKEN = re.compile(r"[^\s,\[\]{}]+")


def foreign_property(text: Text, event: Any, inside: Inside) -> Finding | None:
    """Return the anchor, alias or tag before a node."""
    if event.anchor is None and getattr(event, "tag", None) is None:
        return None
    line, column = event.start_mark.line, event.start_mark.column
    code = TAG if text.line(line).startswith("!", column) else ANCHOR
    plain = isinstance(event, yaml.AliasEvent) or (isinstance(event, yaml.ScalarEvent) and not event.style)
    if plain and event.end_mark.line == line:
        return unquoted_sign(code, text, line, column, inside)
    found = TOKEN.match(text.line(line), column)
    end = found.end() if found else column + 1
    blank = (Mend(line, column, end, " " * (end - column)),)
    return Finding(code, line, column, end, {"mended": quoted(text.line(line)[column:end])}, blank)


def unquoted_sign(code: str, text: Text, line: int, column: int, inside: Inside) -> Finding:
    """Return the finding of a value that begins with `&`, `*` or `!`."""
    end = max(value_end(text.line(line), column, inside), column + 1)
    written = text.line(line)[column:end]
    if code == TAG and not inside and apart(text.line(line)).key in CONDITIONS:
        return rewriting(CONDITION, text, Mend(line, column, end, turned(written)))
    return rewriting(code, text, Mend(line, column, end, quoted(written)))
