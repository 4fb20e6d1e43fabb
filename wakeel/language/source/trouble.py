"""A spot where YAML's syntax breaks, with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from wakeel.language.source.compose import Composer
from wakeel.language.source.lines import Inside, Line, apart, item_end, item_start
from wakeel.language.source.places import Span
from wakeel.language.source.text import Text


@dataclass(frozen=True, slots=True)
class Trouble:
    """Line and column (from 0) of the break, what the parser says, and the newest event before it."""

    text: Text
    line: int
    column: int
    problem: str
    context: str
    opened: tuple[int, int]  # where the thing begins that the parser was reading
    last: Any
    inside: Inside

    @property
    def row(self) -> Line:
        """Return the line taken apart."""
        return apart(self.text.line(self.line))

    @property
    def char(self) -> str:
        """Return the character at the break; empty at the end of a line."""
        return self.row.text[self.column : self.column + 1]

    @property
    def in_flow(self) -> bool:
        """Say whether the break lies inside `[ ]` or `{ }`."""
        return bool(self.inside) or self.context.startswith("while parsing a flow")

    @property
    def item(self) -> tuple[int, int]:
        """Return the columns of the `[ ]` or `{ }` item around the break."""
        start = min(item_start(self.row.text, self.column), self.column)
        return start, max(item_end(self.row.text, start), self.column + 1)

    @property
    def before(self) -> Span | None:
        """Return where the text stands that the parser read last, if it was one."""
        if not isinstance(self.last, yaml.ScalarEvent):
            return None
        start, end = self.last.start_mark, self.last.end_mark
        return Span(start.line, start.column, end.line, end.column) if start and end else None


def trouble(error: yaml.MarkedYAMLError, composer: Composer) -> Trouble:
    """Return the spot where a reading ended."""
    mark, opened = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    context = error.context or ""
    if context.startswith("while parsing a flow") and composer.opened:
        opened = composer.opened[-1]
    line, column = (mark.line, mark.column) if mark else (0, 0)
    begin = (opened.line, opened.column) if opened else (line, column)
    return Trouble(composer.text, line, column, error.problem or "", context, begin, composer.last, composer.inside[-1])
