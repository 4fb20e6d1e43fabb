"""The web application, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from wakeel.runtime import connect, open_store
from wakeel.settings import Settings
from wakeel.settings import settings as read_settings
from wakeel.store import StoreError
from wakeel.web import api
from wakeel.web.guard import Guard, names_of
from wakeel.web.hooks import hook
from wakeel.web.pages import missing, run_page, runs_page, trouble

RUN = "/{client}/{recipe}/{name}"


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
            Route(f"/runs{RUN}", run_page),
            Route("/api/runs", api.runs),
            Route(f"/api/runs{RUN}", api.one_run),
            Route("/hooks/{connection}", hook, methods=["POST"]),
            Route("/healthz", api.healthy),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        ],
        middleware=[Middleware(Guard, names=names_of(used))],
        exception_handlers={404: missing, StoreError: trouble, Exception: trouble},
        lifespan=lifespan,
    )
