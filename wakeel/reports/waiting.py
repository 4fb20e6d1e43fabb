"""What a run that does not move on waits for: which call or account, what was said, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionDescription, WorkflowHandle
from temporalio.common import SearchAttributeKey

from wakeel.i18n import words
from wakeel.language.plan import ActionStep, Node, Plan
from wakeel.language.walk import blocks_of, inside
from workflows.failure import CODES

ATTRIBUTE = SearchAttributeKey.for_keyword("WakeelWaiting")
SENTENCES = {"AuthError": "account", "Maybe": "maybe"}
LATELY = 1000  # events of a history that are searched for the account's refusal


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that has not succeeded yet."""

    action: str
    connection: str
    attempt: int
    word: str  # of the last attempt's failure; empty on the first attempt: nothing went wrong so far
    reason: str
    next_try: datetime | None = None

    @property
    def code(self) -> str:
        """The problem's code; empty where nothing went wrong."""
        return CODES.get(self.word, "W5002") if self.word else ""

    def message(self, language: str) -> str:
        """Say what went wrong at the last attempt, and that it goes on by itself."""
        return self.said("message", language)

    def advice(self, language: str) -> str:
        """Say what a person can do."""
        return self.said("hint", language)

    def said(self, what: Any, language: str) -> str:
        """Return a sentence about the last attempt's failure."""
        if not self.word:
            return ""
        service = self.action.partition(".")[0]
        params = {"service": service, "connection": self.connection or service, "reason": self.reason.rstrip(".")}
        return words(f"cli.waits.{SENTENCES.get(self.word, 'away')}", what, language, params)


async def waiting(
    handle: WorkflowHandle[Any, Any], told: WorkflowExecutionDescription, plan: Plan | None
) -> list[Waiting]:
    """Return the calls under way, or the account that the run waits for."""
    connections = {step.action: step.connection or "" for step in actions(plan)} if plan else {}
    if told.typed_search_attributes.get(ATTRIBUTE) == "account" and (refused := await refusal(handle, connections)):
        return [refused]
    pending = told.raw_description.pending_activities
    return [one(activity, connections.get(activity.activity_type.name, "")) for activity in pending]


def one(activity: Any, connection: str) -> Waiting:
    """Read one call under way."""
    failed = activity.last_failure if activity.HasField("last_failure") else None
    at = activity.next_attempt_schedule_time
    return Waiting(
        action=activity.activity_type.name,
        connection=connection,
        attempt=activity.attempt,
        word=(failed.application_failure_info.type or "Unavailable") if failed else "",
        reason=failed.message if failed else "",
        next_try=at.ToDatetime(UTC) if failed and at.seconds else None,
    )


async def refusal(handle: WorkflowHandle[Any, Any], connections: dict[str, str]) -> Waiting | None:
    """Find the last call that an account was refused for; the run holds no such call while it waits."""
    names: dict[int, str] = {}
    found: Waiting | None = None
    async for event in handle.fetch_history_events(page_size=LATELY):
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            names[event.event_id] = event.activity_task_scheduled_event_attributes.activity_type.name
        elif event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED:
            failed = event.activity_task_failed_event_attributes
            cause, action = failed.failure, names.get(failed.scheduled_event_id, "")
            if cause.application_failure_info.type == "AuthError":
                found = Waiting(action, connections.get(action, ""), 1, "AuthError", cause.message)
    return found


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
