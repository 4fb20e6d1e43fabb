"""Which activations an event starts: their trigger fits, their `only_if` holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import structlog

from wakeel.catalog import catalog
from wakeel.language.expr import Evaluation, ExpressionError
from wakeel.language.plan import Plan, Start
from wakeel.language.values import revive, text_of
from wakeel.logs import blame
from wakeel.store import Match, Unmatched

BY_HAND = "by_hand/"
UNREADABLE = "W5012"
logger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asked:
    """One live activation's interest in a source."""

    plan: Plan
    version: str
    start: int | None  # None: a person starts it by hand

    @property
    def words(self) -> Start | None:
        """The run-control words of the start."""
        return None if self.start is None else self.plan.starts[self.start]


def by_source(plans: Mapping[str, Plan]) -> dict[str, list[Asked]]:
    """Index live plans (by version) by the sources they ask."""
    asked: dict[str, list[Asked]] = {}
    for version, plan in plans.items():
        for number, start in enumerate(plan.starts):
            asked.setdefault(start.source, []).append(Asked(plan, version, number))
        first = 0 if plan.starts else None
        asked.setdefault(BY_HAND + plan.activation, []).append(Asked(plan, version, first))
    return asked


def match(asked: Asked, event: Unmatched, data: Any) -> Match | None:
    """Say what becomes of an event at one activation; None where it is not asked for.

    An event that its own words cannot deal with is written down as skipped, with the problem's code.
    """
    start, by_hand = asked.words, event.source.startswith(BY_HAND)
    if event.client not in {None, asked.plan.client.id}:
        return None  # the account was another client's when it came
    try:
        if start is not None and not by_hand and not fits(start, data):
            return None
        return decided(asked, event, data, by_hand=by_hand)
    except ExpressionError as error:
        code = error.code
    except Exception as error:  # noqa: BLE001 - one event must not stop all others
        logger.error("event_unreadable", source=event.source, activation=asked.plan.activation, **blame(error))
        code = UNREADABLE
    return row(asked, run_id(asked.plan, event.key), "skipped", reason=code)


def decided(asked: Asked, event: Unmatched, data: Any, *, by_hand: bool) -> Match | None:
    """Evaluate the run-control words."""
    start, plan = asked.words, asked.plan
    shape = start.shape if start is not None else plan.by_hand
    see = Evaluation(names(plan, revive(data, shape)), plan.client.calendar, plan.client.language)
    if start is not None and start.only_if and not by_hand and not see.holds(start.only_if):
        return None
    key = event.again or (text_of(see.fill(start.once_per)) if start is not None and start.once_per else event.key)
    if plan.state == "paused" and not by_hand:
        return row(asked, run_id(plan, key), "skipped", reason="paused")
    queue = start.one_at_a_time_per if start is not None else None
    behind = f"{plan.activation}/{digest(text_of(see.fill(queue)))}" if queue is not None else None
    return row(asked, run_id(plan, key), "pending", queue_key=behind)


def row(
    asked: Asked, run: str, state: Literal["pending", "skipped"], *, reason: str = "", queue_key: str | None = None
) -> Match:
    """Return the row that fixes the plan's version."""
    plan = asked.plan
    return Match(
        activation=plan.activation,
        version=asked.version,
        run_id=run,
        start=asked.start,
        queue_key=queue_key,
        state=state,
        reason=reason,
    )


def fits(start: Start, data: Any) -> bool:
    """Ask the connector whether an event is what the recipe asked for."""
    trigger = catalog().trigger(start.kind)
    if trigger is None:
        return False
    return trigger.fits(trigger.args.model_validate(start.args), trigger.event.model_validate(data))


def names(plan: Plan, event: Any) -> dict[str, Any]:
    """Return what run-control words can see."""
    client = plan.client
    about = {"id": client.id, "name": client.name, "language": client.language, "facts": client.facts}
    people = {role: person.model_dump() for role, person in client.people.items()}
    return {
        "event": event,
        "settings": revive(plan.settings, plan.settings_shape),
        "client": {**about, "time_zone": client.calendar.time_zone, "people": people},
        "now": datetime.now(UTC),
    }


def run_id(plan: Plan, key: str) -> str:
    """Return the run's id: `{client}/{recipe}/{hash of the event key}`; ids carry nothing from a mail in clear."""
    return f"{plan.activation}/{digest(key)}"


def digest(text: str) -> str:
    """Return the first 20 hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]
