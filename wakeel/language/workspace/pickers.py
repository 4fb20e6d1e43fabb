"""What a person can pick from a service: `trello.list`, `slack.channel`, `mail.folder`, `calendar`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from wakeel.language.catalog import Catalog
from wakeel.language.workspace.verbs import AnyConnector, connectors_of
from wakeel.sdk import Picker

WHOLE = "calendar"  # the one port that is itself a choice


def is_picker(word: str, catalog: Catalog) -> bool:
    """Say whether a service offers this choice; one that names no choices offers any."""
    home, dot, _ = word.partition(".")
    connectors = connectors_of(home, catalog)
    offered = {kind for c in connectors for kind in offered_by(c) if kind.startswith(f"{home}.")}
    return bool(connectors) and (word in offered or word == WHOLE or bool(dot and not offered))


def known_pickers(catalog: Catalog) -> tuple[str, ...]:
    """Return every choice that a connector names."""
    found = (catalog.connector(name) for name in catalog.names())
    return tuple(sorted({kind for connector in found if connector for kind in offered_by(connector)}))


def offered_by(connector: AnyConnector) -> Iterator[str]:
    """Yield the choices that a connector lists, and those that its fields ask for."""
    yield from (kind if "." in kind else f"{connector.name}.{kind}" for kind in connector.pickers)
    for action in connector.actions.values():
        yield from _asked_by(action.input)
    for trigger in connector.triggers.values():
        yield from _asked_by(trigger.args)


def _asked_by(model: type[BaseModel]) -> Iterator[str]:
    for field in model.model_fields.values():
        yield from (mark.kind for mark in (*field.metadata, *_marks(field.annotation)) if isinstance(mark, Picker))


def _marks(annotation: Any) -> Iterator[Any]:
    """Yield what is noted inside an annotation, such as on the items of a list."""
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)
