"""Problems: a code, a place, what is wrong and how to mend it, in English and Arabic."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from wakeel.i18n import words
from wakeel.language.meanings import folded, meanings
from wakeel.language.nodes import Place

Language = Literal["en", "ar"]
MOST = 20  # problems of one file that are shown at once
ENOUGH = 60  # problems of one file that are collected: more are never needed, and each costs time
LONGEST = 60  # characters of a name that is compared with others


class Enough(Exception):
    """A file has so many problems that nothing more is read of it."""


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
    """Collects problems while a file is read; with `most`, one more than that raises Enough."""

    def __init__(self, found: Iterable[Problem] = (), most: int | None = None) -> None:
        super().__init__(found)
        self.most = most

    def add(self, code: str, place: Place, near: Iterable[str] = (), **params: object) -> None:
        """Note a problem once."""
        if self.most is not None and len(self) >= self.most:
            raise Enough
        problem = Problem(code, place, {k: str(v) for k, v in params.items()}, tuple(near))
        if problem not in self:
            self.append(problem)

    def shown(self) -> list[Problem]:
        """Return the first problems by place."""
        return sorted(self, key=lambda p: (p.place.file, p.place.line, p.place.column, p.code))[:MOST]


def near_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known names that a mistyped or translated one may have meant, best first."""
    if len(name) > LONGEST:
        return ()
    wanted, names = folded(name), {folded(one): one for one in known if one != name}
    meant = (folded(word) for word in meanings().get(wanted, ()))
    close = difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    return tuple(names[one] for one in dict.fromkeys([*meant, *close]) if one in names)[:3]


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them; `—` where there are none."""
    return ", ".join(names) or "—"
