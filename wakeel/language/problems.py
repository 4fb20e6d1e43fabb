"""Problems: a code, a place, what is wrong and how to mend it, in English and Arabic."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from wakeel.i18n import words
from wakeel.language.nodes import Place

Language = Literal["en", "ar"]
MOST = 20  # problems of one file that are shown at once


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file."""

    code: str
    place: Place
    params: dict[str, str] = field(default_factory=dict[str, str])
    near: tuple[str, ...] = ()

    def message(self, language: Language = "en") -> str:
        """Say what is wrong."""
        return words(self.code, "message", language, self.params)

    def hint(self, language: Language = "en") -> str:
        """Say how to mend it; with a near name first, if there is one."""
        mend = words(self.code, "hint", language, self.params)
        guess = words("near", "message", language, {"near": self.near[0]}) if self.near else ""
        return " ".join(part for part in (guess, mend) if part)

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        """Return the form that `wakeel check --json` prints."""
        return {
            "code": self.code,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "end_column": self.place.end_column,
            "message": self.message(language),
            "hint": self.hint(language),
            "near": list(self.near),
        }


class Problems(list[Problem]):
    """Collects problems while a file is read."""

    def add(self, code: str, place: Place, near: Iterable[str] = (), **params: object) -> None:
        """Note a problem once."""
        problem = Problem(code, place, {k: str(v) for k, v in params.items()}, tuple(near))
        if problem not in self:
            self.append(problem)

    def shown(self) -> list[Problem]:
        """Return the first problems by place."""
        return sorted(self, key=lambda p: (p.place.file, p.place.line, p.place.column, p.code))[:MOST]


def near_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known names that a mistyped one may have meant, best first."""
    return tuple(difflib.get_close_matches(name, list(known), n=3, cutoff=0.6))
