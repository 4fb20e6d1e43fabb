"""How a step fails, in words: what a call could not do becomes the `failure` that recipes see."""

from __future__ import annotations

from temporalio import exceptions
from temporalio.exceptions import ActivityError, ApplicationError, TimeoutType

from wakeel.i18n import catalogue, words
from wakeel.language.expr import ExpressionError
from wakeel.language.plan import ActionStep, Failure

catalogue()  # read once, when the worker starts: a workflow reads no file

CODES = {
    "Rejected": "W5001",
    "Unavailable": "W5002",
    "RateLimited": "W5002",
    "NotFoundError": "W5002",
    "Maybe": "W5003",
    "AuthError": "W5004",
}
NOT_BEGUN = (TimeoutType.SCHEDULE_TO_START,)


class StepFailed(ApplicationError):
    """A step cannot go on; it ends the run unless an `if_it_fails` deals with it."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message, type=failure.code, non_retryable=True)
        self.why = failure


class Stopped(Exception):
    """The recipe said `stop`."""


def failed(code: str, step: str, language: str, **params: str) -> StepFailed:
    """Make a failure from a code's sentences."""
    message, advice = words(code, "message", language, params), words(code, "hint", language, params)
    return StepFailed(Failure(step=step, code=code, message=message, advice=advice))


def from_expression(error: ExpressionError, step: str, language: str) -> StepFailed:
    """Make a failure from an expression that could not be evaluated."""
    return failed(error.code, step, language, **error.params)


def from_call(error: ActivityError, step: ActionStep, path: str, language: str) -> StepFailed:
    """Make a failure from a call that could not be done; only the cause says anything."""
    word, reason, code = verdict(error)
    service, _, _verb = step.action.partition(".")
    params = {"service": service, "reason": reason.rstrip("."), "connection": step.connection or service}
    return failed(code or CODES.get(word, "W5003"), path, language, **params)


def verdict(error: ActivityError) -> tuple[str, str, str]:
    """Return the error's word, its sentence, and its own code where it has one."""
    cause = error.cause
    if isinstance(cause, exceptions.TimeoutError):
        word = "Unavailable" if cause.type in NOT_BEGUN else "Maybe"
        return word, "no worker answered", ""
    if isinstance(cause, ApplicationError):
        code = str(cause.details[0]) if cause.details else ""
        return cause.type or "", cause.message, code
    return "Maybe", str(cause or error), ""
