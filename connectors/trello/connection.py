"""A Trello account: its settings, its client, and what its errors mean."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import Field, SecretStr

from wakeel.sdk import AuthError, Connection, Connector, ConnectorError, Maybe, RateLimited, Rejected, Unavailable
from wakeel.sdk.retry_after import retry_after

if TYPE_CHECKING:
    from connectors.trello.transport import Account

WINDOW = timedelta(seconds=10)  # of Trello's limits; its 429 has no Retry-After
SHOWN = 200  # characters of Trello's own words


class TrelloConnection(Connection):
    """A Trello account with an API key and a token that may read and write."""

    key: SecretStr = Field(description="API key, from trello.com/power-ups/admin.")
    token: SecretStr = Field(description="Token that the account's owner granted to this key.")
    base_url: str = Field(default="https://api.trello.com/1", description="Address of the API; another one for tests.")


@asynccontextmanager
async def open_client(connection: TrelloConnection) -> AsyncIterator[Account]:
    """Open a pool of connections; the package `trello` is loaded here and not before."""
    from connectors.trello.transport import connect

    key, token = connection.key.get_secret_value(), connection.token.get_secret_value()
    with connect(connection.base_url, key, token) as account:
        yield account


def classify(error: Exception) -> ConnectorError | None:
    """Say what an error from Trello means to a run."""
    import httpx2

    match error:
        case httpx2.HTTPStatusError(response=answer):
            return refused(answer.status_code, answer.headers.get("Retry-After"), answer.text)
        case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.PoolTimeout():
            return Unavailable("it cannot be reached")
        case httpx2.HTTPError():
            return Maybe("it did not answer")
        case _:
            return None


def refused(status: int, wait: str | None, body: str) -> ConnectorError:
    """Say what an answer that is no success means to a run."""
    match status:
        case 401:
            return AuthError("the key or the token is not valid any more")
        case 404:
            return Rejected("there is no such card, list or board, or this account may not see it")
        case 429:
            return RateLimited("it asked to wait", retry_after=retry_after(wait, WINDOW))
        case 503:
            return Unavailable("it is out of service")
        case _ if status >= 500:
            return Maybe(f"it failed ({status})")
        case _:
            return Rejected(f"it does not take this ({status}): {' '.join(body.split())[:SHOWN]}")


async def check(account: Account) -> None:
    """Ask who is signed in."""
    await account.ask(account.api.members.get, "me", fields="username")


trello: Connector[Account] = Connector("trello", TrelloConnection, open_client, classify, title="Trello", check=check)
