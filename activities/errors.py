"""A connector's verdict as a failure that Temporal retries, or not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from wakeel.logs import blame
from wakeel.sdk import AuthError, Connector, ConnectorError, Effect, Maybe, Rejected, Unavailable
from wakeel.sdk.errors import WORDS
from wakeel.store import FileMissing, StoreError

LONGEST = 2000  # characters of a sentence that goes into a history
logger = structlog.get_logger()


def verdict(connector: Connector[Any], error: Exception, doing: str) -> ConnectorError:
    """Say what an exception means; one that nobody foresaw may have acted, and the operator hears of it."""
    match error:
        case ConnectorError():
            return error
        case FileMissing():
            return Rejected(str(error))
        case StoreError():
            return Maybe(str(error))
    if word := classified(connector, error):
        return word
    logger.error("unforeseen", connector=connector.name, doing=doing, **blame(error))
    return Maybe("something unforeseen came up, which the worker's log names")


def classified(connector: Connector[Any], error: Exception) -> ConnectorError | None:
    """Ask the connector; a mistake in its answer must not hide the error."""
    try:
        return connector.classify(error)
    except Exception as mistake:  # noqa: BLE001 - it may be anybody's code
        logger.error("classify_failed", connector=connector.name, **blame(mistake))
        return None


def untouched(word: ConnectorError) -> ConnectorError:
    """Return what an error means that came before anything was asked of the service."""
    return Unavailable(str(word), retry_after=word.retry_after) if word.acted else word


def to_failure(error: ConnectorError, effect: Effect, wait: timedelta | None = None) -> ApplicationError:
    """Turn a verdict into a failure; its type is the word, its detail the problem's code."""
    blind = isinstance(error, Maybe) and effect is Effect.ONCE
    return ApplicationError(
        str(error)[:LONGEST],
        *([error.code] if error.code else []),
        type=next(kind.__name__ for kind in type(error).__mro__ if WORDS.get(kind.__name__) is kind),
        non_retryable=blind or not error.retryable,
        next_retry_delay=error.retry_after or wait,
        category=ApplicationErrorCategory.UNSPECIFIED
        if isinstance(error, AuthError | Maybe)
        else ApplicationErrorCategory.BENIGN,
    )
