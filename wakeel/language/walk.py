"""Every step of a plan with the path that names it in journals and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wakeel.language.plan import ChooseStep, ForEachStep, GroupStep, Node, Plan, TogetherStep

BLOCKS = ("steps", "if_it_fails", "always")


@dataclass(frozen=True, slots=True)
class Block:
    """Steps in order inside another step; `condition` is that of a branch, None for `otherwise`."""

    path: str
    steps: tuple[Node, ...]
    kind: str
    condition: str | None = None


def blocks_of(plan: Plan) -> Iterator[Block]:
    """Yield the plan's own lists of steps that are not empty."""
    for kind in BLOCKS:
        steps: tuple[Node, ...] = getattr(plan, kind)
        if steps:
            yield Block(kind, steps, kind)


def inside(step: Node, path: str) -> Iterator[Block]:
    """Yield the lists of steps inside a step, as the interpreter walks them."""
    match step:
        case GroupStep() | TogetherStep():
            yield Block(f"{path}/{step.kind}", step.steps, step.kind)
        case ForEachStep():
            yield Block(f"{path}[n]", step.steps, step.kind)
        case ChooseStep():
            for number, branch in enumerate(step.branches):
                yield Block(f"{path}/choose/{number}", branch.steps, "choose", branch.condition)
    if isinstance(step.on_failure, tuple):
        yield Block(f"{path}/if_it_fails", step.on_failure, "if_it_fails")
