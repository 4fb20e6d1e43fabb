"""A durable pause, in clock time or in the client's working time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from temporalio import workflow

from wakeel.language.plan import WaitStep
from workflows.scope import Names, now, revive

if TYPE_CHECKING:
    from workflows.recipe import RecipeRun


async def wait(run: RecipeRun, step: WaitStep, _path: str, names: Names) -> Any:
    """Sleep until the span is over; no timer is shorter than a second (the server rounds up)."""
    span = span_of(run.evaluation(names).fill(step.span))
    begun = now(run.start)
    until = run.start.plan.client.calendar.plus(begun, span)
    if until > begun:
        await workflow.sleep(max(until - begun, timedelta(seconds=1)), summary=step.title or f"until {until:%F %R}")


def span_of(value: Any) -> Any:
    """Read a span from JSON: seconds, an ISO 8601 duration, or working time."""
    if isinstance(value, int | float):
        return timedelta(seconds=value)
    return revive(value, "working duration" if isinstance(value, dict) else "duration")
