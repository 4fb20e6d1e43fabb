"""Where the characters of a value stand in the file, where quotes, escapes and folds move them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wakeel.language.source.text import Text

JOINTS = {'"': re.compile(r"\\(?:x..|u....|U........|.|$)"), "'": re.compile("''")}
BLANK = " \t"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand in the value as they stand in the file."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Span:
    """The lines and columns (from 0) of a scalar's token."""

    line: int
    column: int
    end_line: int
    end_column: int


def locator(text: Text, span: Span, style: str, value: str) -> Callable[[int], tuple[int, int]] | None:
    """Return what finds line and column (from 1) of a value's character, or None where all stand in one row."""
    if not style and span.line == span.end_line and span.line not in text.shifts:
        return None
    runs: list[Run] = []  # found where the first place is asked for

    def locate(offset: int) -> tuple[int, int]:
        if not runs:
            rows = cut(text, span)
            runs.extend(block_runs(rows, value) if style in ("|", ">") else flow_runs(rows, style))
        run = runs[max(bisect_right(runs, offset, key=lambda run: run.offset) - 1, 0)]
        return run.line + 1, text.column(run.line, run.column + offset - run.offset) + 1

    return locate


def cut(text: Text, span: Span) -> list[tuple[int, int, str]]:
    """Return number, first column and text of each row of a token."""
    rows = [(number, 0, text.line(number)) for number in range(span.line, span.end_line + 1)]
    rows[-1] = (span.end_line, 0, rows[-1][2][: span.end_column])
    rows[0] = (span.line, span.column, rows[0][2][span.column :])
    return rows


def block_runs(rows: list[tuple[int, int, str]], value: str) -> Iterator[Run]:
    """Yield the rows of a `|` or `>` text: each stands in the value, with other blanks around it."""
    offset = 0
    yield Run(0, rows[min(1, len(rows) - 1)][0], 0)
    for number, _column, row in rows[1:]:
        words = row.strip(BLANK)
        found = value.find(words, offset) if words else -1
        if found >= 0:
            yield Run(found, number, len(row) - len(row.lstrip(BLANK)))
            offset = found + len(words)


def flow_runs(rows: list[tuple[int, int, str]], style: str) -> Iterator[Run]:
    """Yield the unmoved parts of a plain or quoted text: a line break is a space, an empty line a line break."""
    offset, empty, joined = 0, 0, True
    for index, (number, column, row) in enumerate(rows):
        start = len(style) if index == 0 else len(row) - len(row.lstrip(BLANK))
        words = row[start:].rstrip(BLANK) if index < len(rows) - 1 else row[start : len(row) - len(style)]
        if index and not words and index < len(rows) - 1:
            empty += 1
            continue
        offset += empty if joined else max(empty, 1)
        for run, source in joints(words, style):
            yield Run(offset + run, number, column + start + source)
        offset, empty = offset + run, 0
        joined = style == '"' and (len(words) - len(words.rstrip("\\"))) % 2 == 1


def joints(words: str, style: str) -> Iterator[tuple[int, int]]:
    """Yield value and source offsets at which a row's text begins, is moved by an escape, and ends."""
    moved = 0
    yield 0, 0
    for joint in JOINTS[style].finditer(words) if style else ():
        yield joint.start() - moved, joint.start()
        moved += len(joint[0]) - (joint[0] != "\\")
        yield joint.end() - moved, joint.end()
    yield len(words) - moved, len(words)
