"""Steps for each item of a list; the list is journalled, so that turns keep their numbers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from wakeel.language.plan import ForEachStep
from workflows.failure import failed
from workflows.nodes.together import at_once
from workflows.scope import MISSING, Names, plain, revive

if TYPE_CHECKING:
    from workflows.recipe import RecipeRun


async def for_each(run: RecipeRun, step: ForEachStep, path: str, names: Names) -> Any:
    """Run the steps for every item, `at_once` items at a time; return what `collect` hands out."""
    items = items_of(run, step, path, names)
    collected: list[Any] = [MISSING] * len(items)

    async def turn(number: int) -> None:
        inner = names.new_child({step.item: items[number]})
        await run.block(step.steps, f"{path}[{number}]", inner)
        if step.collect is not None:
            collected[number] = run.evaluation(inner).fill(step.collect)

    if step.at_once == 1:
        for number in range(len(items)):
            await turn(number)
    else:
        await crowd(run, turn, len(items), step.at_once)
    return [revive(value, step.shape) for value in collected if value is not MISSING]


async def crowd(run: RecipeRun, turn: Any, count: int, most: int) -> None:
    """Run turns side by side, at most `most` of them."""
    free = asyncio.Semaphore(most)

    async def admitted(number: int) -> None:
        async with free:
            await turn(number)

    await at_once(run, (admitted(number) for number in range(count)))


def items_of(run: RecipeRun, step: ForEachStep, path: str, names: Names) -> list[Any]:
    """Return the items, evaluated once in the life of the run."""
    known = run.entered(path)
    if known is None:
        known = run.evaluation(names).fill(step.over)
        if not isinstance(known, list):
            raise failed("W5011", path, run.language)
        run.enter(path, plain(known))
    found = revive(known, step.over_shape)
    return list(found)
