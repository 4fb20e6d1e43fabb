"""A connector's verdict as a failure that Temporal retries, or not."""

from __future__ import annotations

from typing import Any

from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from wakeel.sdk import AuthError, Connector, ConnectorError, Effect, Maybe

LONGEST = 2000  # characters of a sentence that goes into a history


def verdict(connector: Connector[Any], error: Exception) -> ConnectorError:
    """Say what an exception means; one that the connector does not know may have acted."""
    if isinstance(error, ConnectorError):
        return error
    return connector.classify(error) or Maybe(f"an unexpected {type(error).__name__} came up")


def to_failure(error: ConnectorError, effect: Effect) -> ApplicationError:
    """Turn a verdict into a failure; its type is the word, its detail the problem's code."""
    blind = isinstance(error, Maybe) and effect is Effect.ONCE
    return ApplicationError(
        str(error)[:LONGEST],
        *([error.code] if error.code else []),
        type=type(error).__name__,
        non_retryable=blind or not error.retryable,
        next_retry_delay=error.retry_after,
        category=ApplicationErrorCategory.UNSPECIFIED
        if isinstance(error, AuthError | Maybe)
        else ApplicationErrorCategory.BENIGN,
    )
