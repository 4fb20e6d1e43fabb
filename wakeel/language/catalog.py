"""What the compiler needs to know of connectors; `wakeel.catalog` provides it."""

from __future__ import annotations

from typing import Any, Protocol

from wakeel.sdk import Connector

PORTS = ("mail", "calendar", "files", "sheet")


class Catalog(Protocol):
    """Connectors by name. Loading one imports no service library."""

    def names(self) -> tuple[str, ...]:
        """Return the names of all connectors, sorted."""

    def connector(self, name: str) -> Connector[Any] | None:
        """Return a connector, or None where no such name is known."""

    def behind(self, port: str) -> tuple[Connector[Any], ...]:
        """Return the connectors behind a port, those without a connection (shared verbs) last."""
