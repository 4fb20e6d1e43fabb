"""`wakeel run`: start a recipe by hand, once for each event."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from wakeel.settings import Settings
    from wakeel.store import Store

WITHIN = 15.0  # seconds until a worker must have matched the event
LOOK = 0.1
NOBODY, NOT_STARTED = "W5818", "W5819"


@dataclass(frozen=True, slots=True)
class Given:
    """What a person wants to be started."""

    recipe: str
    client: str | None
    file: Path
    body: bytes
    again: bool


def run(  # noqa: PLR0917 - typer passes by name
    recipe: Annotated[str, typer.Argument(help="Id of the recipe.")],
    event: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="A mail (.eml), or the event as JSON.")],
    client: Annotated[str | None, typer.Option(help="For which client, where several use it.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Follow the run to its end; fails when it fails.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Start a new run even if this event was seen.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run as JSON.")] = False,
) -> None:
    """Start a recipe with an event from a file; the same file again gives the run that was."""
    from wakeel.cli.installation import found

    given = Given(recipe, client, event, event.read_bytes(), again=again)
    raise typer.Exit(asyncio.run(started(given, found(), wait=wait, as_json=as_json)))


async def started(given: Given, settings: Settings, *, wait: bool, as_json: bool) -> int:
    """Hand the event in, say which run it is, and follow it where asked; return the exit status."""
    from wakeel.cli.by_hand import hand_in
    from wakeel.cli.finding import live_plan
    from wakeel.cli.output import print_json
    from wakeel.cli.sentences import say
    from wakeel.reports import run_url
    from wakeel.runtime import open_store

    async with open_store(settings) as store:
        plan = live_plan(given.recipe, given.client, (await store.plans.live_plans()).values())
        kept = await hand_in(store, plan, given.file, given.body, again=given.again)
        run_id, seen = await run_of(store, kept.id, new=kept.new)
        if as_json and not wait:
            print_json({"run": run_id, "url": run_url(run_id, settings.page), "new": not seen})
        elif not as_json:
            print(say("run.seen" if seen else "run.started", settings.language, run=run_id))
            print(run_url(run_id, settings.page) or "")
        return await followed(run_id, store, settings, as_json=as_json) if wait else 0


async def run_of(store: Store, event_id: int, *, new: bool) -> tuple[str, bool]:
    """Return the run that an event started, and whether it was there before."""
    from wakeel.cli.sentences import Refused

    try:
        async with asyncio.timeout(WITHIN):
            while (matches := await store.events.matches_of(event_id)) is None:  # noqa: ASYNC110 - another process does it
                await asyncio.sleep(LOOK)
    except TimeoutError:
        raise Refused(NOBODY) from None
    for match in matches:
        if match.state != "skipped" or match.reason == "seen":
            return match.run_id, not new or match.state == "skipped"
    raise Refused(NOT_STARTED, reason=matches[0].reason if matches else "—")


async def followed(run_id: str, store: Store, settings: Settings, *, as_json: bool) -> int:
    """Tell of each step as it ends; return 1 where the run failed."""
    from wakeel.cli import show
    from wakeel.cli.output import print_json
    from wakeel.reports import report, report_data, rows
    from wakeel.runtime import connect

    told: set[str] = set()
    client = await connect()

    async def same() -> Any:
        return client

    while True:
        now = await report(store, same, run_id)
        if now is not None:
            for row in rows(now, settings.language) if not as_json else []:
                if row.state in ("done", "failed", "skipped") and row.path not in told:
                    told.add(row.path)
                    print("\n".join(show.step_lines(row)), flush=True)
            if now.run.state != "running":
                break
        await asyncio.sleep(LOOK * 3)
    print_json(report_data(now, settings.page, settings.language)) if as_json else print(
        "\n".join(show.ending_lines(now, settings))
    )
    return 0 if now.run.state in ("completed", "stopped") else 1
