"""Steps that need no command: names, notes, and the two ends of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from wakeel.language.plan import FailStep, NoteStep, SetStep, StopStep
from wakeel.language.values import text_of
from workflows.failure import Stopped, failed
from workflows.scope import Names, revive

if TYPE_CHECKING:
    from workflows.recipe import RecipeRun


async def set_names(run: RecipeRun, step: SetStep, _path: str, names: Names) -> Any:
    """Evaluate all values before any name is given: they cannot see each other."""
    filled = run.evaluation(names).fill({"$map": step.values})
    return {name: revive(filled[name], step.shapes.get(name, "any")) for name in step.values if name in filled}


async def note(run: RecipeRun, step: NoteStep, _path: str, names: Names) -> Any:
    """Write a line into the journal."""
    text = text_of(run.evaluation(names).fill(step.text))
    run.notes.append(text)
    return text


async def stop(run: RecipeRun, step: StopStep, _path: str, names: Names) -> NoReturn:
    """End the run well."""
    raise Stopped(text_of(run.evaluation(names).fill(step.text)))


async def fail(run: RecipeRun, step: FailStep, path: str, names: Names) -> NoReturn:
    """End the run with the recipe's own words."""
    text = text_of(run.evaluation(names).fill(step.text))
    raise failed("W5010", path, run.language, text=text)
