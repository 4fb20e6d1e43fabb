"""What a workspace holds once it is read: clients, their accounts and activations, and connections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from wakeel.language.nodes import Mapping, Place
from wakeel.language.plan import ClientFacts
from wakeel.sdk import Connection, Connector

SHARED = "shared"  # stands in place of a client's id on a connection that several clients use

Level = Literal["observe", "draft", "templates", "send", "trusted"]
State = Literal["live", "paused"]


@dataclass(frozen=True, slots=True)
class AccountUse:
    """One connection of a role, as a client's file names it."""

    connection: str
    place: Place


@dataclass(frozen=True, slots=True)
class Activation:
    """One recipe at work for one client; `settings` are as written, the recipe says how to read them."""

    recipe: str
    state: State
    settings: Mapping | None
    place: Place


@dataclass(frozen=True, slots=True)
class ConnectionEntry:
    """One account: `fields` are JSON and complete, secrets in them are `secret://NAME`."""

    id: str
    connector: Connector[Any]
    client: str
    fields: dict[str, Any]
    place: Place

    def settings(self) -> Connection:
        """Return the connector's own model of these fields; its secrets are names, never values."""
        return self.connector.connection.model_validate(self.fields)


@dataclass(slots=True)
class Client:
    """A client's file."""

    facts: ClientFacts
    file: str
    file_place: Place
    authority: Level = "draft"  # what a file means that does not say: nothing leaves without a person
    accounts: dict[str, tuple[AccountUse, ...]] = field(default_factory=dict[str, tuple[AccountUse, ...]])
    activations: dict[str, Activation] = field(default_factory=dict[str, Activation])

    @property
    def id(self) -> str:
        """The client's id."""
        return self.facts.id


@dataclass(slots=True)
class Workspace:
    """A folder of recipes with the clients they work for."""

    clients: dict[str, Client] = field(default_factory=dict[str, Client])
    connections: dict[str, ConnectionEntry] = field(default_factory=dict[str, ConnectionEntry])
    recipes: dict[str, str] = field(default_factory=dict[str, str])  # id -> path
    replies: dict[str, str] = field(default_factory=dict[str, str])  # path without `.md` -> text
    written: frozenset[str] | None = frozenset()  # ids in connections.yaml, also of faulty ones; None: unreadable
