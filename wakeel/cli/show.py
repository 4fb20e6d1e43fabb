"""`wakeel show`: one run step by step, with what it did in the world."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wakeel.reports import Report, StepRow
    from wakeel.settings import Settings

MARKS = {"done": "✓", "failed": "✗", "skipped": "–", "running": "…", "pending": "·", "group": "▸"}


def show(
    run: Annotated[str, typer.Argument(help="Id of the run, or a beginning or end of it that is enough.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Show a run: its steps, their results and links, what it changed, and why it stopped."""
    from wakeel.cli.installation import found
    from wakeel.cli.output import print_json
    from wakeel.reports import report_data

    settings = found()
    told = asyncio.run(read(run, settings))
    if as_json:
        print_json(report_data(told, settings.page, settings.language))
    else:
        print("\n".join(lines(told, settings)))


async def read(part: str, settings: Settings) -> Report:
    """Find the run and report on it."""
    from wakeel.cli.finding import run_id
    from wakeel.cli.sentences import Refused
    from wakeel.reports import report
    from wakeel.runtime import connect, open_store

    async with open_store(settings) as store:
        told = await report(store, connect, await run_id(part, store))
    if told is None:
        raise Refused("W5812", run=part)
    return told


def lines(told: Report, settings: Settings) -> Iterator[str]:
    """Yield a report for a terminal."""
    from wakeel.cli.output import local
    from wakeel.cli.sentences import say
    from wakeel.reports import rows, run_url

    run, language = told.run, settings.language
    yield f"{run.run_id}  {say(f'state.{run.state}', language)}"
    yield "  ".join(filter(None, [local(run.started_at), local(run.closed_at), run_url(run.run_id, settings.page)]))
    yield say("show.away", language) if told.away else ""
    for row in rows(told, language):
        yield from step_lines(row)
    yield from ending_lines(told, settings)


def ending_lines(told: Report, settings: Settings) -> Iterator[str]:
    """Yield what a run waits for or how it ended, and what it changed in the world."""
    from wakeel.cli.sentences import say

    result, language = told.result, settings.language
    for one in told.waits:
        if one.code:
            yield f"\n{say('show.waits', language, action=one.action, attempt=str(one.attempt))}"
            yield f"  {one.code}  {one.message(language)} {one.advice(language)}"
    if result.failure:
        failure = result.failure
        yield f"\n{say('show.failed', language, step=failure.step)}"
        yield f"  {failure.code}  {failure.message} {failure.advice}"
    elif result.message:
        yield f"\n{result.message}"
    yield from effect_lines(told, settings)


def step_lines(row: StepRow) -> Iterator[str]:
    """Yield a step, what it gave, and where that is."""
    from wakeel.cli.output import GREEN, QUIET, RED, colored, printable

    color = {"done": GREEN, "failed": RED}.get(row.state, QUIET)
    indent = "  " * (row.depth + 1)
    where = f"  {row.action} · {row.connection}" if row.connection else ""
    yield f"{indent}{colored(MARKS[row.state], color)} {row.path}  {printable(row.title)}{where}"
    if row.brief:
        yield f"{indent}    {printable(row.brief)}"
    for name, url in row.links.items():
        yield f"{indent}    {name}: {printable(url)}"
    if row.failure:
        yield f"{indent}    {row.failure.code}  {printable(row.failure.message)} {row.failure.advice}"


def effect_lines(told: Report, settings: Settings) -> Iterator[str]:
    """Yield what the run changed in the world."""
    from wakeel.cli.output import columns, local
    from wakeel.cli.sentences import say

    if told.effects:
        yield f"\n{say('show.effects', settings.language)}"
        state = {row.state: say(f"effect.{row.state}", settings.language) for row in told.effects}
        yield columns(
            [["", local(row.ended or row.begun), state[row.state], row.action, row.step] for row in told.effects]
        )
