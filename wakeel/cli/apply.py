"""`wakeel apply`: make the workspace live."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from wakeel.applying import Outcome
    from wakeel.settings import Settings


def apply(
    as_json: Annotated[bool, typer.Option("--json", help="Print what changed as JSON.")] = False,
) -> None:
    """Check the workspace and make what is right live; a broken file changes nothing."""
    from wakeel.cli.installation import found, workspace_of
    from wakeel.cli.output import print_json
    from wakeel.cli.sentences import say

    settings = found()
    workspace_of(settings)
    outcome = asyncio.run(applied(settings))
    if as_json:
        print_json(data(outcome))
    else:
        print(told(outcome, settings) or say("apply.nothing", settings.language))
    raise typer.Exit(1 if outcome.problems else 0)


async def applied(settings: Settings) -> Outcome:
    """Apply the workspace to the store."""
    from wakeel.applying import apply as make_live
    from wakeel.runtime import open_store

    async with open_store(settings) as store:
        return await make_live(store, settings.workspace)


def data(outcome: Outcome) -> dict[str, Any]:
    """Return what was applied, as JSON."""
    applied = outcome.applied
    words = ("added", "changed", "removed", "unchanged")
    return {
        "revision": applied.revision,
        **{word: list(getattr(applied, word)) for word in words},
        "kept": list(outcome.kept),
        "problems": [problem.as_json() for problem in outcome.problems],
    }


def told(outcome: Outcome, settings: Settings) -> str:
    """Return what was applied, in lines; empty where nothing changed and nothing is wrong."""
    from wakeel.cli.problems import printed
    from wakeel.cli.sentences import say

    language, applied = settings.language, outcome.applied
    lines = [
        f"{say(f'apply.{word}', language)}: {', '.join(names)}"
        for word in ("added", "changed", "removed")
        if (names := getattr(applied, word))
    ]
    lines += printed(outcome.problems, settings.workspace, language)
    lines += [say("apply.kept", language, activation=name) for name in outcome.kept]
    return "\n".join(lines)
