"""How feeds are fetched: the settings, the client, and what an answer means."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from pydantic import Field

from wakeel.sdk import Connection, Connector, ConnectorError, RateLimited, Rejected, Unavailable
from wakeel.sdk.retry_after import retry_after

if TYPE_CHECKING:
    from httpx2 import AsyncClient

SECONDS, SECONDS_TO_CONNECT = 20, 5
READER = "Wakeel (feed reader)"
TYPES = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


class FeedConnection(Connection):
    """Feeds of the open internet; they need no account."""

    allow_local: bool = Field(default=False, description="Whether feeds of this machine itself may be read, too.")


@asynccontextmanager
async def open_client(connection: FeedConnection) -> AsyncIterator[AsyncClient]:
    """Open a client that follows no redirect, reads no proxy settings and reaches no machine inside."""
    import httpx2

    from connectors.feed.transport import OutsideTransport

    async with httpx2.AsyncClient(
        transport=OutsideTransport(allow_local=connection.allow_local),
        headers={"User-Agent": READER, "Accept": TYPES},
        timeout=httpx2.Timeout(SECONDS, connect=SECONDS_TO_CONNECT),
        trust_env=False,
    ) as client:
        yield client


def classify(error: Exception) -> ConnectorError | None:
    """Say what an error on the way means; reading changes nothing, so a broken line is only away."""
    import httpx2

    match error:
        case httpx2.LocalProtocolError() | httpx2.UnsupportedProtocol() | httpx2.InvalidURL():
            return Rejected("the feed's address cannot be used")
        case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.PoolTimeout():
            return Unavailable("the feed cannot be reached")
        case httpx2.HTTPError() | TimeoutError():
            return Unavailable("the feed did not answer")
        case _:
            return None


def refused(status: int, wait: str | None) -> ConnectorError:
    """Say what a status that brings no feed means."""
    match status:
        case 429:
            return RateLimited("the feed asked to wait", retry_after=retry_after(wait))
        case 401 | 403:
            return Rejected(f"the feed does not let us read it ({status})")
        case 404 | 410:
            return Rejected(f"the feed is not there any more ({status}); look for its new address")
        case _ if status >= 500:
            return Unavailable(f"the feed failed ({status})", retry_after=retry_after(wait) if wait else None)
        case _:
            return Rejected(f"the feed's server refused the request ({status})")


feed: Connector[AsyncClient] = Connector("feed", FeedConnection, open_client, classify, title="Feed")
