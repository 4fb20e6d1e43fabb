"""What compiling a step gives: its part of the plan, and the names that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wakeel.language.compile.known import Hidden
from wakeel.language.plan import Node
from wakeel.language.types import Field


@dataclass(frozen=True, slots=True)
class Made:
    """A node, or None where a problem was noted; names for later steps, and names that they cannot see."""

    node: Node | None
    names: Mapping[str, Field] = field(default_factory=dict[str, Field])
    hidden: Mapping[str, Hidden] = field(default_factory=dict[str, Hidden])
