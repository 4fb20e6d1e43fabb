"""Which connectors there are: the built-in ones and the allowed entry points, as data."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from wakeel.sdk import Connector, Trigger

BUILT_IN = {
    "caldav": "connectors.caldav:caldav",
    "extract": "connectors.extract:extract",
    "feed": "connectors.feed:feed",
    "files": "wakeel.sdk.ports.files:files",
    "form": "connectors.form:form",
    "http": "connectors.http:http",
    "imap": "connectors.imap:imap",
    "local": "connectors.local:local",
    "local_sheet": "connectors.local_sheet:local_sheet",
    "mail": "wakeel.sdk.ports.mail:mail",
    "schedule": "connectors.schedule:schedule",
    "slack": "connectors.slack:slack",
    "smtp": "connectors.smtp:smtp",
    "trello": "connectors.trello:trello",
    "webhook": "connectors.webhook:webhook",
}


class Installed:
    """The built-in connectors, each loaded on first use, and those that were registered."""

    def __init__(self) -> None:
        self._registered: dict[str, Connector[Any]] = {}

    def register(self, connector: Connector[Any]) -> None:
        """Add a connector; raises ValueError where its name is taken."""
        if connector.name in self.names():
            raise ValueError(f"there are two connectors called “{connector.name}”")
        self._registered[connector.name] = connector

    def forget(self, name: str) -> None:
        """Take a registered connector away again."""
        del self._registered[name]

    def names(self) -> tuple[str, ...]:
        """Return the names of all connectors, sorted."""
        return tuple(sorted({*BUILT_IN, *self._registered}))

    def connector(self, name: str) -> Connector[Any] | None:
        """Return a connector, or None where no such name is known."""
        return load(BUILT_IN[name]) if name in BUILT_IN else self._registered.get(name)

    def trigger(self, kind: str) -> Trigger | None:
        """Return the trigger of a resolved kind, such as `imap.received`, or None."""
        name, _, trigger = kind.partition(".")
        connector = self.connector(name)
        return connector.triggers.get(trigger) if connector else None

    def behind(self, port: str) -> tuple[Connector[Any], ...]:
        """Return the connectors behind a port, those without a connection (shared verbs) last."""
        found = [c for name in self.names() if (c := self.connector(name)) is not None and c.port == port]
        return tuple(sorted(found, key=lambda c: not c.connection.model_fields))


@cache
def load(where: str) -> Connector[Any]:
    """Import one connector by `module:name`."""
    module, _, name = where.partition(":")
    found: Connector[Any] = getattr(importlib.import_module(module), name)
    return found


@cache
def catalog() -> Installed:
    """Return the catalogue of this installation."""
    return Installed()
