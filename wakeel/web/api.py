"""The API: what the command line prints with `--json`, for programs that look from outside."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from temporalio.client import Client

from wakeel.reports import Report, report, report_data, run_data
from wakeel.web.languages import chosen

MOST = 100


async def runs(request: Request) -> Response:
    """List the runs, newest first."""
    state = request.app.state
    wanted = {name: request.query_params.get(name) or None for name in ("client", "recipe", "state")}
    found = await state.store.runs.list(**wanted, limit=MOST)
    return JSONResponse([run_data(run, state.settings.page) for run in found])


async def one_run(request: Request) -> Response:
    """Report on one run."""
    told = await told_of(request)
    if told is None:
        return JSONResponse({"error": "There is no such run."}, 404)
    return JSONResponse(report_data(told, request.app.state.settings.page, chosen(request)))


async def healthy(request: Request) -> Response:
    """Say whether the store answers."""
    await request.app.state.store.plans.revision()
    return JSONResponse({"status": "ok"})


async def told_of(request: Request) -> Report | None:
    """Report on the run that an address names."""
    state = request.app.state

    async def connect() -> Client:
        temporal: Client = state.temporal
        return temporal

    name = "/".join(request.path_params[part] for part in ("client", "recipe", "name"))
    return await report(state.store, connect, name)
