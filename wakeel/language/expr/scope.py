"""What the checker knows where an expression stands: names, names to come, and what is proven present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wakeel.language.kinds import Field, Type


@dataclass(frozen=True, slots=True)
class Scope:
    """The names in scope with what they hold."""

    names: Mapping[str, Field]
    later: Mapping[str, int] = field(default_factory=dict[str, int])  # name -> line of the step that makes it
    present: frozenset[str] = frozenset()  # paths such as `card.url` that a condition around has proven
    trigger: str = ""  # the event's trigger as written, for messages

    def proving(self, paths: frozenset[str]) -> Scope:
        """Return the same scope where a condition has proven more paths present."""
        return replace(self, present=self.present | paths) if paths else self


@dataclass(frozen=True, slots=True)
class Seen:
    """What the checker found: a type, what to guard if the value may be missing, a constant's own value."""

    type: Type
    missing: str = ""
    fixed: Any = None
