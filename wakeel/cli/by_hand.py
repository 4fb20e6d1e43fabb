"""An event that a person gives as a file goes through the same door as every other."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from wakeel.cli.sentences import Refused

if TYPE_CHECKING:
    from wakeel.language.plan import Plan, Start
    from wakeel.sdk import Trigger
    from wakeel.store import Kept, Store

NO_MAIL, NO_JSON, NO_FIT = "W5815", "W5816", "W5817"


async def hand_in(store: Store, plan: Plan, file: Path, body: bytes, *, again: bool) -> Kept:
    """Keep the event in a file for one activation; its key is the hash of the file's bytes."""
    from wakeel.sdk import Event
    from wakeel.triggers.door import Door
    from wakeel.triggers.matching import BY_HAND

    data = await event_data(store, plan, file, body)
    key = hashlib.sha256(body).hexdigest()
    once_more = f"{key}#again-{uuid4().hex}" if again else ""
    event: Event[Any] = Event(once_more or key, data, body)
    return (await Door(store).accept(BY_HAND + plan.activation, plan.client.id, [event], again=once_more))[0]


async def event_data(store: Store, plan: Plan, file: Path, body: bytes) -> Any:
    """Read the event in the form that the recipe's first trigger gives."""
    start = plan.starts[0] if plan.starts else None
    trigger = trigger_of(start) if start else None
    if file.suffix.lower() == ".eml":
        return await from_mail(store, plan, start, trigger, body)
    return from_json(trigger, plan.recipe, file, body)


async def from_mail(store: Store, plan: Plan, start: Start | None, trigger: Trigger | None, body: bytes) -> Any:
    """Read a mail as its connector does."""
    from wakeel.sdk import Since

    if start is None or trigger is None or trigger.read_file is None:
        raise Refused(NO_MAIL, recipe=plan.recipe)
    files = store.files(plan.client.id)
    since: Since[Any, Any] = Since(None, None, datetime.now(UTC), files, start.connection or "")
    return await trigger.read_file(body, since)


def from_json(trigger: Trigger | None, recipe: str, file: Path, body: bytes) -> Any:
    """Read the event's fields, checked as the trigger declares them."""
    from pydantic import ValidationError

    try:
        data = json.loads(body)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Refused(NO_JSON, file=file.name)
    if trigger is None:
        return data
    try:
        return trigger.event.model_validate(data)
    except ValidationError as error:
        fields = sorted({".".join(map(str, fault["loc"])) for fault in error.errors()})
        raise Refused(NO_FIT, file=file.name, recipe=recipe, fields=", ".join(fields)) from None


def trigger_of(start: Start) -> Trigger | None:
    """Return the trigger behind a start."""
    from wakeel.catalog import catalog

    name, _, kind = start.kind.partition(".")
    connector = catalog().connector(name)
    return connector.triggers.get(kind) if connector else None
