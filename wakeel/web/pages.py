"""The pages: what ran, one run step by step, and what to do where there is nothing to see."""

from __future__ import annotations

from typing import get_args
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from wakeel.language.plan import Plan
from wakeel.reports import rows
from wakeel.reports.gathering import RunState
from wakeel.settings import Settings
from wakeel.store import Run, Store, StoreError
from wakeel.web.api import MOST, told_of
from wakeel.web.drawing import draw
from wakeel.web.languages import chosen

STATES: tuple[str, ...] = get_args(RunState)


async def runs_page(request: Request) -> Response:
    """List the runs, newest first, and the recipes at work."""
    store: Store = request.app.state.store
    wanted = {name: request.query_params.get(name) or None for name in ("client", "recipe", "state")}
    plans = sorted((await store.plans.live_plans()).values(), key=lambda plan: plan.activation)
    return draw(
        request,
        "runs.html",
        runs=await store.runs.list(**wanted, limit=MOST),
        plans=plans,
        titles={plan.activation: plan.title for plan in plans},
        troubles=await store.plans.troubles(),
        wanted=wanted,
        clients={plan.client.id: plan.client.name for plan in plans},
        states=STATES,
        temporal=request.app.state.settings.temporal_ui,
    )


async def run_page(request: Request) -> Response:
    """Show one run: its steps, what it changed, and why it stopped."""
    told = await told_of(request)
    if told is None:
        return await missing(request, LookupError())
    state, language = request.app.state, chosen(request)
    return draw(
        request,
        "run.html",
        told=told,
        run=told.run,
        client=client_of(told.plan, told.run),
        zone=told.plan.client.calendar.time_zone if told.plan else "UTC",
        steps=rows(told, language),
        waits=[(one, one.message(language), one.advice(language)) for one in told.waits if one.word],
        temporal=temporal_link(told.run, state.settings, state.temporal.namespace),
    )


def client_of(plan: Plan | None, run: Run) -> str:
    """Return the client's name."""
    return plan.client.name if plan else run.client


def temporal_link(run: Run, settings: Settings, namespace: str) -> str:
    """Return the address of a run in Temporal's own pages; empty where they are not known."""
    if not settings.temporal_ui:
        return ""
    return f"{settings.temporal_ui}/namespaces/{namespace}/workflows/{quote(run.run_id, safe='')}/{run.temporal_run_id}"


async def missing(request: Request, _error: Exception) -> Response:
    """Say that there is nothing under this address."""
    return draw(request, "message.html", 404, title="page.missing", told="", advice="page.missing.advice")


async def trouble(request: Request, error: Exception) -> Response:
    """Say in the store's own words why nothing can be shown."""
    language = chosen(request)
    told = error if isinstance(error, StoreError) else None
    said = f"{told.message(language)} {told.hint(language)}" if told else ""
    return draw(request, "message.html", 503, title="page.trouble", told=said, advice="page.trouble.advice")
