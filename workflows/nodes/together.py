"""Steps at the same time: all finish, then the first failure in written order counts."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import TYPE_CHECKING, Any

from temporalio.exceptions import FailureError

from wakeel.language.plan import TogetherStep
from workflows.failure import Stopped
from workflows.scope import Names

if TYPE_CHECKING:
    from workflows.recipe import RecipeRun


async def together(run: RecipeRun, step: TogetherStep, path: str, names: Names) -> Any:
    """Run every step at once; a sibling is never cancelled."""
    await at_once(run, (run.step(s, f"{path}/together/{n}", names) for n, s in enumerate(step.steps)))


async def at_once(run: RecipeRun, parts: Iterable[Coroutine[Any, Any, Any]]) -> None:
    """Wait for all parts, then raise what counts; meanwhile the run does not continue as new."""
    run.busy += 1
    ends = await asyncio.gather(*parts, return_exceptions=True)
    run.busy -= 1
    errors = [end for end in ends if isinstance(end, BaseException)]
    for counts in (is_bug, is_failure, bool):
        for error in filter(counts, errors):
            raise error


def is_bug(error: BaseException) -> bool:
    """Say whether an exception is ours to mend: it must suspend the run, never be answered by the recipe."""
    return not isinstance(error, FailureError | Stopped | asyncio.CancelledError)


def is_failure(error: BaseException) -> bool:
    """Say whether an exception is a failed step."""
    return isinstance(error, FailureError)
