"""Runs as a store holds them, made without a worker."""

from __future__ import annotations

import json
import time
from uuid import uuid4

from wakeel.language.plan import Entry, Failure, RunResult
from wakeel.store import KeptEvent, Match, RunRow, Store

HOSTILE = "<script>alert(1)</script>\u202eevil"


def failed() -> RunResult:
    """Return what a failed run left."""
    failure = Failure(step="steps/1", message="Nobody is here", code="W5010", advice="Run `wakeel check` & look.")
    journal = {"steps/0": Entry(state="done", value={"name": HOSTILE, "url": "https://shop.example/1"})}
    return RunResult(state="failed", message=failure.message, failure=failure, journal=journal, notes=[HOSTILE])


async def run(store: Store, recipe: str = "greet", result: RunResult | None = None, state: str = "failed") -> str:
    """Make a run, closed where it left a result; return its id."""
    activation = f"bakery/{recipe}"
    run_id = f"{activation}/{uuid4().hex[:20]}"
    version = dict(await store.plans.live())[activation]
    (kept,) = await store.events.keep(
        [KeptEvent(f"by_hand/{activation}", run_id, b"{}", "", received=time.time(), client="bakery")]
    )
    await store.events.matched(kept.id, [Match(activation, version, run_id)])
    (due,) = await store.events.claim_due("test", 1, now=time.time(), lease=9)
    await store.events.started(due.id, "temporal-1")
    if result is not None:
        row = RunRow(run_id, "temporal-1", state, time.time() + 1.5, result.model_dump_json().encode())
        await store.runs.archive([row])
    return run_id


async def effect(store: Store, run_id: str) -> None:
    """Make a row of the ledger that is done."""
    key, now = f"{run_id}/steps/0", time.time()
    await store.effects.claim(
        key, client="bakery", run=run_id, step="steps/0", action="http.request", owner="a", now=now, until=now + 9,
        input=json.dumps({}).encode(),
    )  # fmt: skip
    await store.effects.done(key, "a", b"{}")
