"""The playground's own record of what really happened, for tests and for people who look from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Kind = Literal[
    "trello.card_created",
    "trello.card_updated",
    "trello.comment_added",
    "slack.message_posted",
    "caldav.event_put",
    "caldav.event_deleted",
    "mail.accepted",
]


def timestamp() -> str:
    """Return the present moment in UTC as ISO 8601 text, with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Effects:
    """Everything that the services accepted, oldest first."""

    log: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, kind: Kind, payload: Mapping[str, Any]) -> None:
        """Record one effect."""
        self.log.append({"kind": kind, "time": timestamp(), "payload": dict(payload)})

    def of(self, kind: Kind) -> list[dict[str, Any]]:
        """Return the payloads of one kind, oldest first."""
        return [dict(effect["payload"]) for effect in self.log if effect["kind"] == kind]
