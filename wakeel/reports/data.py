"""Runs and reports as JSON: the one form of `wakeel runs`, `wakeel show` and the page's API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wakeel.reports.gathering import Report
from wakeel.reports.steps import StepRow, rows
from wakeel.reports.waiting import Waiting
from wakeel.store import EffectRow, Run


def run_data(run: Run, page: str) -> dict[str, Any]:
    """Return a run; `page` is the public address of the pages, empty where it is not known."""
    ended = run.closed_at - run.started_at if run.closed_at and run.started_at else None
    return {
        "run": run.run_id,
        "client": run.client,
        "recipe": run.recipe,
        "state": run.state,
        "started_at": moment(run.started_at),
        "closed_at": moment(run.closed_at),
        "seconds": None if ended is None else round(ended, 3),
        "url": run_url(run.run_id, page),
        "temporal_run_id": run.temporal_run_id,
        "version": run.version,
    }


def report_data(told: Report, page: str, language: str) -> dict[str, Any]:
    """Return everything that is known of a run."""
    result = told.result
    return {
        **run_data(told.run, page),
        "message": result.message,
        "failure": result.failure.model_dump() if result.failure else None,
        "steps": [step_data(row) for row in rows(told, language)],
        "effects": [effect_data(row) for row in told.effects],
        "waits": [wait_data(one, language) for one in told.waits],
        "notes": result.notes,
    }


def step_data(row: StepRow) -> dict[str, Any]:
    """Return a step."""
    named = ("path", "depth", "title", "kind", "action", "connection", "state", "links")
    failure = row.failure.model_dump() if row.failure else None
    return {**{name: getattr(row, name) for name in named}, "result": row.brief, "failure": failure}


def effect_data(row: EffectRow) -> dict[str, Any]:
    """Return an effect."""
    named = ("key", "step", "action", "state", "uncertain", "links")
    times = {"begun_at": moment(row.begun), "ended_at": moment(row.ended)}
    return {name: getattr(row, name) for name in named} | times


def wait_data(one: Waiting, language: str) -> dict[str, Any]:
    """Return a call that has not succeeded yet."""
    return {
        "action": one.action,
        "connection": one.connection,
        "attempt": one.attempt,
        "code": one.code or None,
        "message": one.message(language),
        "advice": one.advice(language),
        "next_try_at": one.next_try.isoformat() if one.next_try else None,
    }


def run_url(run_id: str, page: str) -> str | None:
    """Return the address of a run's page."""
    return f"{page.rstrip('/')}/runs/{run_id}" if page else None


def moment(seconds: float | None) -> str | None:
    """Return epoch seconds as ISO 8601 in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
