"""HTTP: call any service that has no connector of its own, below one address."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from pydantic import BaseModel, Field, SecretStr
from pydantic_core import from_json

from wakeel.sdk import (
    AuthError,
    Call,
    Connection,
    Connector,
    ConnectorError,
    Effect,
    FileRef,
    Json,
    Maybe,
    RateLimited,
    Rejected,
    Unavailable,
)
from wakeel.sdk.retry_after import retry_after

if TYPE_CHECKING:
    from httpx2 import URL, AsyncClient, Request, Response

LARGEST = 5_000_000  # bytes of a decoded body
INLINE = 48 * 1024  # bytes of a body that a run's history may carry
SHOWN = 500  # characters of a body in a message
SECONDS, SECONDS_TO_CONNECT = 30, 5
SECRET = 6  # characters: shorter words are no secrets
OURS = {"accept", "accept-encoding", "connection", "user-agent"}  # headers that hold no secret


class HttpConnection(Connection):
    """One service, and what it wants to see in every request."""

    base_url: str = Field(
        pattern="^https?://[^/@?#]+(/[^?#]*)?$", description="Address that every request stays below."
    )
    headers: dict[str, SecretStr] = Field(default={}, description="Headers of every request, such as `Authorization`.")


class Ask(BaseModel):
    """A request."""

    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] = Field(default="GET", description="HTTP method.")
    url: str = Field(min_length=1, description="Path below the connection's address, or a whole address below it.")
    headers: dict[str, str] = Field(default={}, description="More headers, for this request only; none that is secret.")
    body: Json = Field(default=None, alias="json", description="What to send as JSON.")
    idempotency_header: str | None = Field(
        default=None,
        pattern="^[A-Za-z0-9-]+$",
        description="Header by which the service knows a repeat, such as `Idempotency-Key`.",
    )


class Answer(BaseModel):
    """An answer that is no refusal."""

    status: int = Field(description="HTTP status, below 400.")
    body: Json = Field(default=None, alias="json", description="The answer's JSON, if it is JSON.")
    text: str = Field(description="The answer as text; a long one stands in `file`.")
    file: FileRef | None = Field(default=None, description="The whole answer, where it is longer than 48 KiB.")


@asynccontextmanager
async def open_client(connection: HttpConnection) -> AsyncIterator[AsyncClient]:
    """Open a client that follows no redirect and reads no proxy settings."""
    import httpx2

    async with httpx2.AsyncClient(
        base_url=connection.base_url,
        headers={name: value.get_secret_value() for name, value in connection.headers.items()},
        timeout=httpx2.Timeout(SECONDS, connect=SECONDS_TO_CONNECT),
        trust_env=False,
    ) as client:
        yield client


def classify(error: Exception) -> ConnectorError | None:
    """Say what an error on the way means to a run."""
    import httpx2

    match error:
        case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.PoolTimeout():
            return Unavailable("it cannot be reached")
        case httpx2.LocalProtocolError() | httpx2.UnsupportedProtocol() | httpx2.InvalidURL():
            return Rejected("the request cannot be sent like this: look at its address and headers")
        case httpx2.HTTPError() | TimeoutError():
            return Maybe("it did not answer")
        case _:
            return None


def refused(answer: Response, body: str) -> ConnectorError | None:
    """Say what a status of 400 or more means to a run."""
    match answer.status_code:
        case 401 | 403 as status:
            return AuthError(f"it does not accept this account ({status})")
        case 429:
            return RateLimited("it asked to wait", retry_after=retry_after(answer.headers.get("Retry-After")))
        case 503:
            return Unavailable("it is out of service")
        case status if status >= 500:
            return Maybe(f"it failed ({status})")
        case status if status >= 400:
            return Rejected(f"it does not take this ({status}): {body}")
        case _:
            return None


http: Connector[AsyncClient] = Connector("http", HttpConnection, open_client, classify, title="HTTP")


def effect(_connection: HttpConnection, args: Ask) -> Effect:
    """Say what a repeat of this request does."""
    if args.method in {"GET", "HEAD"}:
        return Effect.READ
    return Effect.KEYED if args.idempotency_header else Effect.ONCE


@http.action(effect, authority="internal", why="the service knows a repeat by the header, which carries the step's key")
async def request(args: Ask, call: Call[AsyncClient]) -> Answer:
    """Send a request to the connection's service.

    Example:
        - http.request:
            method: POST
            url: orders
            json: {customer: "${event.from.address}"}
            idempotency_header: Idempotency-Key
    """
    client = call.client
    named = {args.idempotency_header: mark(call.key)} if args.idempotency_header else {}
    content = {"json": args.body} if args.body is not None else {}
    asked = client.build_request(args.method, args.url, headers=args.headers | named, **content)
    stay_below(client.base_url, asked.url)
    async with asyncio.timeout(SECONDS):
        answer, data = await exchange(client, asked)
    text = data.decode(answer.encoding or "utf-8", "replace")
    if refusal := refused(answer, excerpt(text, client)):
        raise refusal
    if len(data) <= INLINE:
        return Answer(status=answer.status_code, json=parsed(data), text=text)
    kept = await call.files.put("answer", answer.headers.get("Content-Type", "application/octet-stream"), data)
    return Answer(status=answer.status_code, text="", file=kept)


async def exchange(client: AsyncClient, asked: Request) -> tuple[Response, bytes]:
    """Send one request and read its answer, as far as anybody should."""
    answer, data = await client.send(asked, stream=True), bytearray()
    try:
        async for piece in answer.aiter_bytes():
            data += piece
            if len(data) > LARGEST:
                words = f"its answer is larger than {LARGEST // 1_000_000} MB"
                raise Rejected(words) if asked.method == "GET" else Maybe(words)
    finally:
        await answer.aclose()
    return answer, bytes(data)


def stay_below(base: URL, url: URL) -> None:
    """Refuse an address that is not below the connection's; the client writes its base with a final slash."""
    there = (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port) and not url.userinfo
    inside = f"{url.path}/".startswith(base.path) and ".." not in unquote(url.path).replace("\\", "/").split("/")
    if not (there and inside):
        raise Rejected("the address is not below the one of the connection")


def parsed(data: bytes) -> Json:
    """Read JSON strictly: no NaN, no half characters, nothing nested for ever; None is no JSON."""
    try:
        return from_json(data, allow_inf_nan=False)
    except ValueError:
        return None


def excerpt(text: str, client: AsyncClient) -> str:
    """Return the beginning of an answer on one line, without the account's secrets, which a service may echo."""
    for name, value in client.headers.items():
        for word in () if name in OURS else (value, *value.split()):
            text = text.replace(word, "…") if len(word) >= SECRET else text
    return " ".join(text[: 2 * SHOWN].split())[:SHOWN]


def mark(key: str) -> str:
    """Return the step's key as a service may see it."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
