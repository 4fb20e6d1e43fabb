"""The one door for events: kept in the store before anybody is told that we have them."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from wakeel.crash import crash
from wakeel.sdk import Event
from wakeel.store import Kept, KeptEvent, Store

logger = structlog.get_logger()


@dataclass(slots=True)
class Door:
    """Takes events in, from every source and every process."""

    store: Store

    async def accept(
        self, source: str, client: str | None, events: Sequence[Event[Any]], *, again: str = ""
    ) -> list[Kept]:
        """Keep events in one commit and wake whoever starts runs; a known key is kept once.

        `again` is a new identity for a run that a person wants once more.
        """
        if not events:
            return []
        kept = await self.store.events.keep([row(source, client, event, again) for event in events])
        crash("door.kept")
        for event, one in zip(events, kept, strict=True):
            if one.conflict:
                logger.warning("event_conflict", source=source, event_key=event.key)
        if any(one.new for one in kept):
            await self.store.wake.nudge()
        return kept


def row(source: str, client: str | None, event: Event[Any], again: str = "") -> KeptEvent:
    """Return an event as the store keeps it; without a body of its own its data is compared.

    Half characters from outside become `?`: no database and no history takes them.
    """
    data = event.data if isinstance(event.data, dict) else event.data.model_dump(mode="json", by_alias=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    body = hashlib.sha256(event.body or text).hexdigest()
    return KeptEvent(source, event.key, text, body, received=time.time(), client=client, again=again)
