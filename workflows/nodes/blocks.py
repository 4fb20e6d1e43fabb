"""Steps that hold steps, one after the other: groups and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wakeel.language.plan import ChooseStep, GroupStep
from workflows.scope import Names

if TYPE_CHECKING:
    from workflows.recipe import RecipeRun


async def group(run: RecipeRun, step: GroupStep, path: str, names: Names) -> Any:
    """Run the steps in order."""
    await run.block(step.steps, f"{path}/steps", names)


async def choose(run: RecipeRun, step: ChooseStep, path: str, names: Names) -> Any:
    """Run the first branch that holds; which one it was is journalled before it begins."""
    taken = run.entered(path)
    if taken is None:
        taken = next((n for n, b in enumerate(step.branches) if run.holds(b.condition, path, names)), -1)
        run.enter(path, taken)
    if taken >= 0:
        await run.block(step.branches[taken].steps, f"{path}/choose/{taken}", names)
