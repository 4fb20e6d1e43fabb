"""Finds what a person names in short: a run by a part of its id, an activation by its recipe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wakeel.cli.sentences import Refused

if TYPE_CHECKING:
    from wakeel.language.plan import Plan
    from wakeel.store import Store

NO_RUN, SEVERAL_RUNS, NOT_LIVE, SEVERAL_CLIENTS = "W5812", "W5813", "W5814", "W5811"
MOST = 2000  # newest runs that a part of an id is looked for in
SHORTEST = 4


async def run_id(part: str, store: Store) -> str:
    """Return the id of the run that a part of its id names: its beginning, its end, or the beginning of its hash."""
    if await store.runs.get(part):
        return part
    names = [run.run_id for run in await store.runs.list(limit=MOST)]
    meant = [name for name in names if len(part) >= SHORTEST and is_part(part, name)]
    if not meant:
        raise Refused(NO_RUN, run=part)
    if len(meant) > 1:
        raise Refused(SEVERAL_RUNS, run=part, count=str(len(meant)), names=", ".join(meant[:3]))
    return meant[0]


def is_part(part: str, name: str) -> bool:
    """Say whether a text is an end of a run's id, or of its hash."""
    return name.startswith(part) or name.endswith(part) or name.rpartition("/")[2].startswith(part)


def live_plan(recipe: str, client: str | None, plans: Iterable[Plan]) -> Plan:
    """Return the live activation of a recipe; with several clients one has to be named."""
    meant = [plan for plan in plans if plan.recipe == recipe and client in (None, plan.client.id)]
    if not meant:
        raise Refused(NOT_LIVE, recipe=recipe)
    if len(meant) > 1:
        raise Refused(SEVERAL_CLIENTS, recipe=recipe, clients=", ".join(plan.client.id for plan in meant))
    return meant[0]
