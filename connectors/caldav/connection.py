"""The account: where the calendar is, and what an answer of its server means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from pydantic import Field, SecretStr

from wakeel.sdk import AuthError, Connection, ConnectorError, Maybe, RateLimited, Rejected, Unavailable

if TYPE_CHECKING:
    import httpx2

MOST = 5 * 1024 * 1024  # bytes of an answer
LONGEST_WAIT = 3600


class CaldavConnection(Connection):
    """One calendar of one account."""

    url: str = Field(description="Address of the server, or of the calendar itself.")
    username: str = Field(description="Login name.")
    password: SecretStr = Field(description="Password or app password.")
    calendar: str = Field(default="", description="The calendar's path or displayed name; empty where `url` is it.")


@dataclass(slots=True)
class Caldav:
    """An HTTP client, and the calendar's address once it is known."""

    http: httpx2.AsyncClient
    url: str
    calendar: str
    home: str = ""
    choosing: asyncio.Lock = field(default_factory=asyncio.Lock)  # one hold at a time looks for its slot

    async def ask(self, method: str, url: str, **given: Any) -> httpx2.Response:
        """Send one request; raises for every status that is not a success or one that the caller expects."""
        expected = given.pop("expected", ())
        answer = await self.http.request(method, url, **given)
        if answer.status_code not in expected:
            answer.raise_for_status()
        return answer

    async def collection(self) -> str:
        """Return the calendar's address, looking for it once."""
        if not self.home:
            from connectors.caldav.discovery import find

            self.home = await find(self)
        return self.home

    async def href(self, event: str) -> str:
        """Return the address of an event."""
        return urljoin(await self.collection(), f"{event}.ics")


@asynccontextmanager
async def open_client(connection: CaldavConnection) -> AsyncIterator[Caldav]:
    """Open a pooled client; nothing is sent before the first call."""
    import httpx2

    async with httpx2.AsyncClient(
        auth=(connection.username, connection.password.get_secret_value()),
        timeout=httpx2.Timeout(20, connect=5),
        trust_env=False,
    ) as http:
        yield Caldav(http, connection.url, connection.calendar)


async def check(client: Caldav) -> None:
    """Look for the calendar."""
    client.home = ""
    await client.collection()


def classify(error: Exception) -> ConnectorError | None:
    """Say what an HTTP error means to a run; a refused event may be a 403, so only 401 is about the account."""
    import httpx2

    match error:
        case httpx2.HTTPStatusError(response=answer):
            return classify_status(answer.status_code, answer.headers.get("Retry-After", ""))
        case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.PoolTimeout() | httpx2.UnsupportedProtocol():
            return Unavailable("the calendar cannot be reached")
        case httpx2.HTTPError():
            return Maybe("the calendar did not answer")
        case _:
            return None


def classify_status(status: int, retry_after: str) -> ConnectorError:
    """Say what a status means."""
    if status == 401:
        return AuthError("the calendar no longer accepts this login")
    if status == 429:
        wait = min(int(retry_after), LONGEST_WAIT) if retry_after.isdecimal() else 30
        return RateLimited("the calendar asked to wait", retry_after=timedelta(seconds=wait))
    if status == 503:
        return Unavailable("the calendar is down")
    if status >= 500:
        return Maybe(f"the calendar failed ({status})")
    return Rejected(f"the calendar refused the request ({status})")
