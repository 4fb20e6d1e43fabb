"""The parts of a recipe as written, with the nodes that hold their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from wakeel.language.nodes import Mapping, Node, Place, Scalar
from wakeel.language.plan import Retry


@dataclass(slots=True)
class When:
    """One trigger with its fields and the run-control words beside it."""

    verb: Scalar
    body: Node
    only_if: Scalar | None = None
    once_per: Scalar | None = None
    one_at_a_time_per: Scalar | None = None
    beside: list[Scalar] = field(default_factory=list[Scalar])  # words that perhaps belong under the trigger


@dataclass(slots=True)
class Branch:
    """One way of a `choose`; no condition is `otherwise`."""

    condition: Scalar | None
    steps: list[Step]


@dataclass(slots=True)
class Loop:
    """What stands under `for_each`."""

    over: Node
    item: Scalar | None
    at_once: int
    steps: list[Step]
    collect: Node | None


Then = Literal["continue"] | list["Step"]


@dataclass(slots=True)
class Step:
    """A verb, what is indented under it, and the engine words beside it."""

    verb: Scalar
    body: Node | None
    path: str
    steps: list[Step] = field(default_factory=list["Step"])  # of `together` and `steps`
    branches: list[Branch] = field(default_factory=list[Branch])
    loop: Loop | None = None
    name: Scalar | None = None
    condition: Scalar | None = None
    using: Scalar | None = None
    retry: Retry | None = None
    timeout: float | None = None
    if_it_fails: Then | None = None
    undo: list[Step] | None = None  # [] is `none`
    title: Node | None = None
    beside: list[Scalar] = field(default_factory=list[Scalar])  # keys that perhaps belong under the verb

    @property
    def line(self) -> int:
        """The line on which the step begins."""
        return self.verb.place.line

    def blocks(self) -> Iterator[list[Step]]:
        """Yield the lists of steps inside this one, in written order."""
        yield self.steps
        for branch in self.branches:
            yield branch.steps
        if self.loop:
            yield self.loop.steps
        yield self.if_it_fails if isinstance(self.if_it_fails, list) else []
        yield self.undo or []


@dataclass(slots=True)
class Recipe:
    """One recipe's file."""

    id: str
    file: str
    place: Place
    node: Mapping
    title: Node | None = None
    about: Node | None = None
    starts: list[When] = field(default_factory=list[When])
    steps: list[Step] = field(default_factory=list[Step])
    if_it_fails: list[Step] = field(default_factory=list[Step])
    always: list[Step] = field(default_factory=list[Step])
    stuck: Literal["pause", "fail"] = "pause"

    def all_steps(self) -> Iterator[Step]:
        """Yield every step, also those inside others, in written order."""
        for block in (self.steps, self.if_it_fails, self.always):
            yield from walk(block)


def walk(steps: list[Step]) -> Iterator[Step]:
    """Yield steps and those inside them, in written order."""
    for step in steps:
        yield step
        for block in step.blocks():
            yield from walk(block)
