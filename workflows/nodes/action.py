"""One call to one service; an account that needs a person makes the run wait, not fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

from wakeel.language.plan import ActionStep, CallInput
from workflows.failure import from_call, verdict
from workflows.policy import options
from workflows.scope import Names, now, revive

if TYPE_CHECKING:
    from workflows.recipe import RecipeRun


async def action(run: RecipeRun, step: ActionStep, path: str, names: Names) -> Any:
    """Call the service and return its result as values."""
    args = run.evaluation(names).fill(step.args)
    while True:
        try:
            return revive(await attempt(run, step, path, args), step.shape)
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            if verdict(error)[0] != "AuthError" or not await run.account_mended(step.connection or ""):
                raise from_call(error, step, path, run.language) from error


async def attempt(run: RecipeRun, step: ActionStep, path: str, args: dict[str, Any]) -> Any:
    """Schedule the call once; Temporal repeats it by the step's policy, under the same key."""
    start, client = run.start, run.start.plan.client
    given = CallInput(
        key=f"{start.root}/{path}",
        run=start.root,
        step=path,
        client=client.id,
        connection=step.connection,
        args=args,
        effect=step.effect,
        now=now(start),
        calendar=client.calendar,
        timeout=step.timeout,
        wait=step.retry.wait,
        heartbeat=start.heartbeat,
    )
    return await workflow.execute_activity(step.action, given, **options(step, client.id, start.heartbeat))
