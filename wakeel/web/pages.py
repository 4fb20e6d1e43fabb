"""Pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def runs_page(request: Request) -> Response:
    """List the runs."""
    runs = await request.app.state.store.runs.list()
    return PlainTextResponse("\n".join(f"{run.state} {run.run_id}" for run in runs))


async def run_page(request: Request) -> Response:
    """Show a run."""
    return PlainTextResponse("run")


async def missing(_request: Request, _error: Exception) -> Response:
    """Say that there is no such page."""
    return PlainTextResponse("not found", 404)


async def trouble(_request: Request, error: Exception) -> Response:
    """Say that the store does not work."""
    return PlainTextResponse(str(error), 503)
