"""What expressions of a run can see, and the clock they see it by."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow

from wakeel.language.expr import Evaluation
from wakeel.language.plan import Plan, RunStart
from wakeel.language.values import MISSING, plain, revive

Names = ChainMap[str, Any]


class Clocked(Mapping[str, Any]):
    """Names of a run, with `now` as the workflow's time at the moment it is asked."""

    def __init__(self, names: Names, now: datetime) -> None:
        self._names, self._now = names, now

    def __getitem__(self, name: str) -> Any:
        return self._now if name == "now" else self._names[name]

    def __iter__(self) -> Any:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def first_names(start: RunStart, started: datetime) -> Names:
    """Return the names that every step sees."""
    plan = start.plan
    shape = plan.by_hand if start.start is None else plan.starts[start.start].shape
    return ChainMap(
        {
            "event": revive(start.event, shape),
            "settings": revive(plan.settings, plan.settings_shape),
            "client": client_names(plan),
            "run": {"id": start.root, "recipe": plan.recipe, "started_at": started, "result": "", "url": start.url},
        }
    )


def client_names(plan: Plan) -> dict[str, Any]:
    """Return what a recipe may know about its client."""
    client = plan.client
    people = {role: person.model_dump() for role, person in client.people.items()}
    return {
        "id": client.id,
        "name": client.name,
        "language": client.language,
        "time_zone": client.calendar.time_zone,
        "people": people,
        "facts": client.facts,
    }


def evaluation(start: RunStart, names: Names) -> Evaluation:
    """Return an evaluator over the names of this moment."""
    client = start.plan.client
    return Evaluation(Clocked(names, now(start)), client.calendar, client.language)


def now(start: RunStart) -> datetime:
    """Return the run's time: the workflow's, moved by what a recipe test asks for."""
    return workflow.now() + timedelta(seconds=start.offset)


def keep(names: MutableMapping[str, Any], name: str | None, value: Any) -> None:
    """Give a result its name, if it has one."""
    if name:
        names[name] = value


__all__ = ["MISSING", "Names", "evaluation", "first_names", "keep", "now", "plain", "revive"]
