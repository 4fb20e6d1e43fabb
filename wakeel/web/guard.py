"""Keeps pages to themselves: headers on every answer, and no answer under a name that is not ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wakeel.settings import Settings

OURS = frozenset({"127.0.0.1", "localhost", "::1"})
OPEN = ("/hooks/", "/healthz")  # guarded by secrets, or worth nothing to anybody
HEADERS = (
    (b"content-security-policy", b"default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


@dataclass(slots=True)
class Guard:
    """Middleware of the whole application.

    Without a look at the name, any page in a browser on this machine could read ours by
    making its own name point to 127.0.0.1 (DNS rebinding).
    """

    app: ASGIApp
    names: frozenset[str] | None  # None: reachable from outside on purpose, under whatever name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif self.names is None or scope["path"].startswith(OPEN) or named(scope) in self.names:
            await self.app(scope, receive, guarded(send))
        else:
            await PlainTextResponse("Set WAKEEL_PAGE to the address of this page.", 421)(scope, receive, send)


def names_of(settings: Settings) -> frozenset[str] | None:
    """Return the names under which pages are shown."""
    if settings.host != "localhost" and not loopback(settings.host):
        return None
    return OURS | {urlsplit(settings.page).hostname or "localhost"}


def loopback(host: str) -> bool:
    """Say whether an address reaches this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def named(scope: Scope) -> str:
    """Return the name in a request's Host header, without its port."""
    try:
        return urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname or ""
    except ValueError:
        return ""


def guarded(send: Send) -> Callable[[Message], Awaitable[None]]:
    """Return a `send` that adds the headers."""

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *HEADERS]
        await send(message)

    return add
