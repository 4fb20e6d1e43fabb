"""What is wrong at one spot of the text, and how to read on behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wakeel.language.nodes import Place
from wakeel.language.problems import Problems
from wakeel.language.source.lines import apart
from wakeel.language.source.text import ENOUGH, Mend, Text


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at a line and its columns (from 0), and the mends with which the text is read again."""

    code: str
    line: int
    column: int
    end: int | None = None
    params: dict[str, Any] = field(default_factory=dict[str, Any])
    mends: tuple[Mend, ...] = ()
    guess: bool = False  # the mend may be wrong: what follows is said only where it is certain

    def note(self, text: Text, problems: Problems) -> None:
        """Add the problem."""
        note(self.code, text.place(self.line, self.column, self.end), problems, **self.params)


class Refused(Exception):
    """Nothing more is read of this file: all that is to say has been noted."""


class Broken(Exception):
    """A spot that has to be mended before the rest can be understood."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def note(code: str, place: Place, problems: Problems, **params: Any) -> None:
    """Add a problem; too many end the reading."""
    problems.add(code, place, **params)
    if len(problems) >= ENOUGH:
        raise Refused


def rewriting(code: str, text: Text, mend: Mend, **params: str) -> Finding:
    """Return a finding that is mended by writing a part of its line anew; `mended` is what the message shows."""
    mended = apart(text.line(mend.line)).shown(mend.start, mend.new)
    return Finding(code, mend.line, mend.start, mend.end, {"mended": mended, **params}, (mend,))
