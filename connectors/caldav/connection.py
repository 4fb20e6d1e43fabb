"""The account: where the calendar is, and what an answer of its server means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import Field, SecretStr

from wakeel.sdk import AuthError, Connection, ConnectorError, Maybe, RateLimited, Rejected, Unavailable
from wakeel.sdk.retry_after import retry_after

if TYPE_CHECKING:
    import httpx2

LARGEST = 5_000_000  # bytes of an answer
CHANGES = ("PUT", "DELETE")


class CaldavConnection(Connection):
    """One calendar of one account."""

    url: str = Field(pattern=r"^https?://[^\s/]+", description="Address of the server, or of the calendar itself.")
    username: str = Field(description="Login name.")
    password: SecretStr = Field(description="Password or app password.")
    calendar: str = Field(default="", description="The calendar's path or displayed name; empty where `url` is it.")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was read whole."""

    status: int
    headers: httpx2.Headers
    content: bytes

    @property
    def etag(self) -> str:
        """Version of the event, where the server gives it."""
        return str(self.headers.get("ETag", ""))


@dataclass(slots=True)
class Caldav:
    """An HTTP client, and the calendar's address once it is known."""

    http: httpx2.AsyncClient
    url: str
    calendar: str
    home: str = ""
    choosing: asyncio.Lock = field(default_factory=asyncio.Lock)  # one hold at a time looks for its slot

    async def ask(self, method: str, url: str, *, expected: tuple[int, ...] = (), **given: Any) -> Answer:
        """Send one request; raises for every status that is not a success or one that the caller expects."""
        async with self.http.stream(method, url, **given) as answer:
            content = bytearray()
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > LARGEST:
                    words = f"the calendar's answer is larger than {LARGEST // 1_000_000} MB"
                    raise Maybe(words) if method in CHANGES else Rejected(words)
        if answer.status_code not in expected:
            answer.raise_for_status()
        return Answer(answer.status_code, answer.headers, bytes(content))

    async def collection(self) -> str:
        """Return the calendar's address, looking for it once."""
        if not self.home:
            from connectors.caldav.discovery import find

            self.home = await find(self)
        return self.home

    async def href(self, event: str) -> str:
        """Return the address of an event; an id is one name, never a path that leads elsewhere."""
        return f"{await self.collection()}{quote(event, safe='')}.ics"


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
            return refused(answer.status_code, answer.headers.get("Retry-After"))
        case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.PoolTimeout():
            return Unavailable("the calendar cannot be reached")
        case httpx2.LocalProtocolError() | httpx2.UnsupportedProtocol() | httpx2.InvalidURL():
            return Rejected("the calendar's address cannot be used")
        case httpx2.HTTPError():
            return Maybe("the calendar did not answer")
        case _:
            return None


def refused(status: int, wait: str | None) -> ConnectorError:
    """Say what a status means."""
    match status:
        case 401:
            return AuthError("the calendar no longer accepts this login")
        case 429:
            return RateLimited("the calendar asked to wait", retry_after=retry_after(wait))
        case 503:
            return Unavailable("the calendar is down", retry_after=retry_after(wait) if wait else None)
        case _ if status >= 500:
            return Maybe(f"the calendar failed ({status})")
        case _:
            return Rejected(f"the calendar refused the request ({status})")
