"""The web application: pages for people, hooks for programs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wakeel.runtime import connect, open_store
from wakeel.settings import Settings
from wakeel.settings import settings as read_settings
from wakeel.store import StoreError
from wakeel.web.hooks import hook
from wakeel.web.pages import missing, run_page, runs_page, trouble

STATIC = Path(__file__).parent / "static"
HEADERS = (
    (b"content-security-policy", b"default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


def create(settings: Settings | None = None) -> Starlette:
    """Make the application; without settings it reads those of the process."""
    used = settings or read_settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_store(used) as store:
            app.state.settings, app.state.store = used, store
            app.state.temporal = await connect(lazy=True)
            yield

    return Starlette(
        routes=[
            Route("/", runs_page),
            Route("/runs/{client}/{recipe}/{name}", run_page),
            Route("/hooks/{connection}", hook, methods=["POST"]),
            Route("/healthz", healthy),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Headers)],
        exception_handlers={404: missing, StoreError: trouble},
        lifespan=lifespan,
    )


async def healthy(request: Request) -> Response:
    """Say whether the store answers."""
    await request.app.state.store.plans.revision()
    return JSONResponse({"status": "ok"})


class Headers:
    """Puts the headers that keep a page to itself on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await self.app(scope, receive, send if scope["type"] != "http" else guarded(send))


def guarded(send: Send) -> Callable[[Message], Awaitable[None]]:
    """Return a `send` that adds the headers."""

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *HEADERS]
        await send(message)

    return add
