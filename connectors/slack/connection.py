"""A Slack workspace: its settings, its client, and what its errors mean."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field, SecretStr

from wakeel.sdk import AuthError, Connection, Connector, ConnectorError, Maybe, RateLimited, Rejected, Unavailable
from wakeel.sdk.retry_after import retry_after

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

REVOKED = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "not_authed",
    "org_login_required",
    "token_expired",
    "token_revoked",
}
UNSURE = {"", "fatal_error", "internal_error", "request_timeout"}  # "" is an answer that is not Slack's
SAID = {
    "cant_delete_message": "this app may delete only its own messages",
    "cant_update_message": "this app may change only its own messages",
    "channel_not_found": "there is no such channel, or this app may not see it",
    "is_archived": "the channel is archived",
    "message_not_found": "there is no such message",
    "msg_too_long": "the text is too long",
    "not_in_channel": "this app is not in the channel: invite it there with /invite",
}
SECONDS, SECONDS_TO_CONNECT = 20, 5
wire = logging.getLogger(f"{__name__}.wire")


class SlackConnection(Connection):
    """A Slack app installed in one workspace."""

    token: SecretStr = Field(description="Bot token of the app, starts with `xoxb-`.")
    base_url: str = Field(default="https://slack.com/api/", description="Address of the API; another one for tests.")


@dataclass
class Workspace:
    """A workspace as the app sees it."""

    web: AsyncWebClient
    home: str = ""  # address of its pages

    def address(self, channel: str, ts: str) -> str:
        """Return a message's address, made by rule: asking Slack would cost one more request for each."""
        return f"{self.home}archives/{channel}/p{ts.replace('.', '')}"

    async def sign_in(self) -> None:
        """Ask once, before the first message, where the workspace's pages are."""
        self.home = self.home or str((await self.web.auth_test())["url"])


@asynccontextmanager
async def open_client(connection: SlackConnection) -> AsyncIterator[Workspace]:
    """Open a client with one pool of connections and without retries of its own: the engine retries."""
    import aiohttp
    from slack_sdk.web.async_client import AsyncWebClient

    wire.setLevel(logging.WARNING)  # the library logs every text at DEBUG
    times = aiohttp.ClientTimeout(total=SECONDS, sock_connect=SECONDS_TO_CONNECT)
    async with aiohttp.ClientSession(timeout=times, cookie_jar=aiohttp.DummyCookieJar()) as session:
        web = AsyncWebClient(
            connection.token.get_secret_value(),
            base_url=connection.base_url,
            session=session,
            retry_handlers=[],
            logger=wire,
        )
        web.proxy = None  # the library reads HTTP_PROXY by itself
        yield Workspace(web)


def classify(error: Exception) -> ConnectorError | None:
    """Say what an error from Slack means to a run."""
    import aiohttp
    from slack_sdk.errors import SlackApiError

    match error:
        case SlackApiError(response=answer):
            return refused(*told(answer))
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Unavailable("it cannot be reached")
        case aiohttp.ClientError() | TimeoutError():
            return Maybe("it did not answer")
        case _:
            return None


def told(answer: Any) -> tuple[str, int, str | None]:
    """Return error word, status and `Retry-After`; an answer that is no JSON comes as aiohttp's own object."""
    data, status = getattr(answer, "data", None), getattr(answer, "status_code", 0) or getattr(answer, "status", 0)
    word = str(data.get("error", "")) if isinstance(data, Mapping) else ""
    return word[:60], status, answer.headers.get("Retry-After")


def refused(word: str, status: int, wait: str | None) -> ConnectorError:
    """Say what Slack's word for an error means to a run."""
    if status == 429 or word in {"ratelimited", "rate_limited"}:
        return RateLimited("it asked to wait", retry_after=retry_after(wait))
    if word in REVOKED:
        return AuthError(f"it does not accept the app's token any more ({word})")
    if status == 503 or word == "service_unavailable":
        return Unavailable("it is out of service")
    if status >= 500 or word in UNSURE:
        return Maybe(f"it failed ({word or status})")
    return Rejected(SAID.get(word, f"it does not take this ({word})"))


async def check(workspace: Workspace) -> None:
    """Ask who is signed in."""
    await workspace.web.auth_test()


slack: Connector[Workspace] = Connector("slack", SlackConnection, open_client, classify, title="Slack", check=check)
