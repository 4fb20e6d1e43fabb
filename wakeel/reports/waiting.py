"""What a run that does not move on waits for: which call, since which attempt, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wakeel.i18n import words
from wakeel.language.plan import ActionStep, Node, Plan
from wakeel.language.walk import blocks_of, inside
from workflows.failure import CODES


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that has not succeeded yet."""

    action: str
    connection: str
    attempt: int
    code: str  # empty on the first attempt: nothing went wrong so far
    reason: str
    next_try: datetime | None = None

    def message(self, language: str) -> str:
        """Say what went wrong at the last attempt."""
        return words(self.code, "message", language, self.params()) if self.code else ""

    def advice(self, language: str) -> str:
        """Say what to do, if anything."""
        return words(self.code, "hint", language, self.params()) if self.code else ""

    def params(self) -> dict[str, str]:
        """Return what the sentences name."""
        service = self.action.partition(".")[0]
        return {"service": service, "connection": self.connection or service, "reason": self.reason.rstrip(".")}


def waiting(described: Any, plan: Plan | None) -> list[Waiting]:
    """Read the calls under way from Temporal's description of a run."""
    connections = {step.action: step.connection or "" for step in actions(plan)} if plan else {}
    return [
        one(activity, connections.get(activity.activity_type.name, "")) for activity in described.pending_activities
    ]


def one(activity: Any, connection: str) -> Waiting:
    """Read one call under way."""
    failed = activity.last_failure if activity.HasField("last_failure") else None
    word = failed.application_failure_info.type if failed else ""
    at = activity.next_attempt_schedule_time
    return Waiting(
        action=activity.activity_type.name,
        connection=connection,
        attempt=activity.attempt,
        code=CODES.get(word, "W5003") if failed else "",
        reason=failed.message if failed else "",
        next_try=at.ToDatetime(UTC) if failed and at.seconds else None,
    )


def actions(plan: Plan) -> list[ActionStep]:
    """Return every call of a plan."""
    found: list[ActionStep] = []

    def look(steps: tuple[Node, ...]) -> None:
        for step in steps:
            if isinstance(step, ActionStep):
                found.append(step)
            for part in inside(step, ""):
                look(part.steps)

    for block in blocks_of(plan):
        look(block.steps)
    return found
