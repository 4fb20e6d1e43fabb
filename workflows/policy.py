"""How long and how often a call is tried, by its effect and the recipe's own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from temporalio.common import Priority, RetryPolicy
from temporalio.workflow import ActivityCancellationType

from wakeel.language.plan import ActionStep, Retry
from wakeel.sdk import Effect

GIVE_UP = timedelta(hours=24)
SLOWEST = timedelta(minutes=15)
MARGIN = 5.0  # seconds: the worker bounds the act itself, and says so in words


def options(step: ActionStep, client: str, heartbeat: float) -> dict[str, Any]:
    """Return the options of a call's activity.

    Every effect may be tried again, ONCE too: a second attempt meets the ledger's
    row before it meets the service, and ends as "may have gone out" without a call.
    """
    writes = step.effect is not Effect.READ
    return {
        "start_to_close_timeout": timedelta(seconds=step.timeout + MARGIN),
        "schedule_to_close_timeout": seconds(step.retry.at_most) or GIVE_UP,
        "heartbeat_timeout": timedelta(seconds=heartbeat),
        "retry_policy": retries(step.retry),
        "cancellation_type": ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
        if writes
        else ActivityCancellationType.TRY_CANCEL,
        "priority": Priority(fairness_key=(step.connection or client)[:64]),
        "summary": step.title or None,
    }


def retries(retry: Retry) -> RetryPolicy:
    """Return Temporal's policy: the pause doubles up to 15 minutes.

    A pause that the recipe asks for is between answers of the service, so the call itself
    says it (`CallInput.wait`): a worker that was lost is no reason to wait.
    """
    return RetryPolicy(
        initial_interval=timedelta(seconds=1),
        maximum_interval=SLOWEST,
        maximum_attempts=retry.times or 0,
    )


def seconds(value: float | None) -> timedelta | None:
    """Return a duration, or None where the recipe says nothing."""
    return None if value is None else timedelta(seconds=value)
