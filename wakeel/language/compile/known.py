"""What a step can see: the names made before it, and why others are out of its reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from wakeel.language.types import Field

IN_LOOP, SAME_TIME, AFTER_FAILURE, NO_FAILURE = "W3301", "W3302", "W3303", "W3306"
NOT_BEFORE_EVENT, NOT_BEFORE_RUN, ITSELF = "W3307", "W3308", "W3309"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A name that is made where this step cannot see it; `code` says why."""

    code: str
    line: int


@dataclass(frozen=True, slots=True)
class Known:
    """Names in scope; `present` are values that a condition has shown to be there."""

    names: Mapping[str, Field] = field(default_factory=dict[str, Field])
    present: frozenset[str] = frozenset()
    hidden: Mapping[str, Hidden] = field(default_factory=lambda: {"failure": Hidden(NO_FAILURE, 0)})

    def plus(self, names: Mapping[str, Field]) -> Known:
        """Return what is known once these names are made."""
        return replace(self, names={**self.names, **names}) if names else self

    def hiding(self, hidden: Mapping[str, Hidden]) -> Known:
        """Return what is known where these names are out of reach."""
        return replace(self, hidden={**self.hidden, **hidden}) if hidden else self

    def holding(self, present: Iterable[str]) -> Known:
        """Return what is known where a condition has shown values to be there."""
        return replace(self, present=self.present | frozenset(present))

    def doubtful(self) -> Known:
        """Return what is known where nothing is sure to have run."""
        return Known(maybe(self.names), frozenset(), self.hidden)


def maybe(names: Mapping[str, Field]) -> dict[str, Field]:
    """Return names whose values may be missing."""
    return {name: replace(found, maybe=True) for name, found in names.items()}


def out_of_reach(names: Iterable[str], code: str, lines: Mapping[str, int]) -> dict[str, Hidden]:
    """Return these names as hidden ones."""
    return {name: Hidden(code, lines.get(name, 0)) for name in names}
