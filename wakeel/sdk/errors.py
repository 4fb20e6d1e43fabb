"""What went wrong, in the only words the engine understands.

* ConnectorError
  x Unavailable     surely not done: try again later
    + RateLimited   surely not done: try again after `retry_after`
  x Maybe           the request left, no answer came: it may have happened
  x Rejected        never retry: the service refused these inputs
  x AuthError       the connection needs a person: the run waits
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from datetime import timedelta


class ConnectorError(Exception):
    """A failure in words that a VA can read. Never holds a secret or a URL with a query."""

    retryable: ClassVar[bool] = False
    acted: ClassVar[bool] = False  # may the call have taken effect?

    def __init__(self, message: str, *, retry_after: timedelta | None = None, code: str = "") -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.code = code  # of the problem, where the engine knows it better than the word says


class Unavailable(ConnectorError):
    """The service was not reached, or said that it did nothing."""

    retryable = True


class RateLimited(Unavailable):
    """The service asked us to slow down."""


class Maybe(ConnectorError):
    """The request may have taken effect; only the effect class can tell."""

    retryable = True
    acted = True


class Rejected(ConnectorError):
    """The service understood the request and refused it."""


class AuthError(ConnectorError):
    """The connection's credentials no longer work."""


WORDS: dict[str, type[ConnectorError]] = {
    kind.__name__: kind for kind in (Unavailable, RateLimited, Maybe, Rejected, AuthError)
}
