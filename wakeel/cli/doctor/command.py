"""The command `wakeel doctor`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wakeel.cli.doctor.finding import Finding
    from wakeel.settings import Settings


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False) -> None:
    """Look whether everything is there and works, and say what to do about what is not."""
    from wakeel.cli.installation import found
    from wakeel.cli.output import print_json

    settings = found()
    findings = asyncio.run(examined(settings))
    if as_json:
        print_json([data(one, settings.language) for one in findings])
    else:
        print("\n".join(line(one, settings.language) for one in findings))
    raise typer.Exit(1 if any(one.level == "bad" for one in findings) else 0)


async def examined(settings: Settings) -> list[Finding]:
    """Examine everything."""
    return [finding async for finding in examine(settings)]


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what is found, the ground first."""
    from wakeel.cli.doctor import definitions, server, storage
    from wakeel.cli.doctor.finding import Finding
    from wakeel.runtime import open_store
    from wakeel.store import StoreError

    try:
        async with open_store(settings) as store:
            yield await storage.writes(store, settings)
            for finding in (*await storage.clock(store, settings), await definitions.live(store)):
                yield finding
            for finding in await definitions.secrets(store):
                yield finding
    except StoreError as error:
        yield Finding(
            "bad", "store_error", {"said": error.message(settings.language), "fix": error.hint(settings.language)}
        )
    else:
        yield storage.key(settings.data)
    yield storage.disk(settings.data)
    yield definitions.workspace(settings)
    for finding in await server.examine(settings, os.environ.get("TEMPORAL_ADDRESS", "127.0.0.1:7233")):
        yield finding


def data(one: Finding, language: str) -> dict[str, str]:
    """Return a finding as JSON."""
    return {"level": one.level, "name": one.name, "message": one.message(language), "advice": one.advice(language)}


def line(one: Finding, language: str) -> str:
    """Return a finding for a terminal."""
    from wakeel.cli.output import GREEN, RED, YELLOW, colored
    from wakeel.cli.sentences import say

    color = {"ok": GREEN, "warn": YELLOW, "bad": RED}[one.level]
    advice = f"\n      {one.advice(language)}" if one.level != "ok" else ""
    return f"{colored(say(f'doctor.level.{one.level}', language), color)}  {one.message(language)}{advice}"
