"""`wakeel runs`: what ran, newest first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from wakeel.settings import Settings
    from wakeel.store import Run

State = Literal["running", "completed", "stopped", "failed", "cancelled", "terminated"]


def runs(
    client: Annotated[str | None, typer.Option(help="Only of this client.")] = None,
    recipe: Annotated[str | None, typer.Option(help="Only of this recipe.")] = None,
    state: Annotated[State | None, typer.Option(help="Only in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the runs as JSON.")] = False,
) -> None:
    """List runs, newest first."""
    from wakeel.cli.installation import found
    from wakeel.cli.output import columns, print_json
    from wakeel.cli.sentences import say
    from wakeel.reports import run_data

    settings = found()
    listed = asyncio.run(read(settings, client, recipe, state, limit))
    if as_json:
        print_json([run_data(run, settings.page) for run in listed])
    elif listed:
        print(columns([line(run, settings) for run in listed]))
    else:
        print(say("runs.none", settings.language))


async def read(settings: Settings, client: str | None, recipe: str | None, state: str | None, limit: int) -> list[Run]:
    """Read the runs."""
    from wakeel.runtime import open_store

    async with open_store(settings) as store:
        return await store.runs.list(client, recipe, state, limit)


def line(run: Run, settings: Settings) -> list[str]:
    """Return the columns of a run."""
    from wakeel.cli.output import local
    from wakeel.cli.sentences import say

    took = f"{run.closed_at - run.started_at:.1f} s" if run.closed_at and run.started_at else ""
    return [local(run.started_at), say(f"state.{run.state}", settings.language), took, run.run_id]
