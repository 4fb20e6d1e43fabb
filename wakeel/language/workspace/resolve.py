"""Which of a client's connections serves a verb. Nothing is guessed: a role that is not written is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wakeel.language.catalog import PORTS, Catalog
from wakeel.language.problems import near_names
from wakeel.language.workspace.model import SHARED, AccountUse, Client, ConnectionEntry, Workspace
from wakeel.language.workspace.verbs import (
    AnyAction,
    AnyConnector,
    FoundAction,
    FoundTrigger,
    Refused,
    connectors_of,
    find_action,
    find_trigger,
    title_of,
)
from wakeel.sdk import Trigger

NO_CONNECTION, FOREIGN, NO_ROLE, ROLE_CANNOT = "W4040", "W4041", "W4042", "W4043"
FAULTY, SHARED_TRIGGER = "W4044", "W4045"


@dataclass(frozen=True, slots=True)
class ResolvedAction:
    """An action with the connection it acts through; a pure one has none, and no role."""

    connector: AnyConnector
    action: AnyAction
    connection: ConnectionEntry | None
    role: str

    @property
    def name(self) -> str:
        """The resolved name, and the activity's type: `caldav.hold`."""
        return f"{self.connector.name}.{self.action.name}"


@dataclass(frozen=True, slots=True)
class ResolvedTrigger:
    """A trigger with the connection it listens to; a pure one (a schedule) has none, and no role."""

    connector: AnyConnector
    trigger: Trigger
    connection: ConnectionEntry | None
    role: str

    @property
    def name(self) -> str:
        """The resolved name, and the source's kind: `imap.received`."""
        return f"{self.connector.name}.{self.trigger.name}"


@dataclass(frozen=True, slots=True)
class Server:
    """What serves a verb: a connection of a role, or a pure connector."""

    connector: AnyConnector
    connection: ConnectionEntry | None = None
    role: str = ""


def resolve_action(
    verb: str, using: str | None, client: Client, workspace: Workspace, catalog: Catalog
) -> ResolvedAction | Refused:
    """Find the connection through which this client's recipes do a verb."""
    found = find_action(verb, catalog)
    if not isinstance(found, FoundAction):
        return found
    server = _server(verb, using, client, workspace, _with_action(verb, catalog))
    if isinstance(server, Refused):
        return server
    return ResolvedAction(server.connector, server.connector.actions[found.action.name], server.connection, server.role)


def resolve_trigger(
    verb: str, using: str | None, client: Client, workspace: Workspace, catalog: Catalog
) -> ResolvedTrigger | Refused:
    """Find the connection that tells this client's recipes of an event."""
    found = find_trigger(verb, catalog)
    if not isinstance(found, FoundTrigger):
        return found
    server = _server(verb, using, client, workspace, _with_trigger(verb, catalog))
    if isinstance(server, Refused):
        return server
    if server.connection and server.connection.client == SHARED:
        return Refused(SHARED_TRIGGER, {"connection": server.connection.id, "client": client.id, "verb": verb})
    trigger = server.connector.triggers[found.trigger.name]
    return ResolvedTrigger(server.connector, trigger, server.connection, server.role)


def account(use: AccountUse, client: Client, workspace: Workspace) -> ConnectionEntry | Refused:
    """Return the connection that a client's file names, if the client may use it."""
    entry = workspace.connections.get(use.connection)
    if entry is None:
        return _absent(use, client, workspace)
    if entry.client not in {client.id, SHARED, *workspace.clients}:
        return Refused(FAULTY, {"client": client.id, "connection": entry.id}, place=use.place)
    if entry.client not in {client.id, SHARED}:
        params = {"client": client.id, "connection": entry.id, "other": entry.client}
        return Refused(FOREIGN, params, place=use.place)
    return entry


def _absent(use: AccountUse, client: Client, workspace: Workspace) -> Refused:
    params = {"client": client.id, "connection": use.connection}
    if workspace.written is None or use.connection in workspace.written:
        return Refused(FAULTY, params, place=use.place)
    own = [c.id for c in workspace.connections.values() if c.client in {client.id, SHARED}]
    return Refused(NO_CONNECTION, params, near_names(use.connection, own), use.place)


def _with_action(verb: str, catalog: Catalog) -> tuple[AnyConnector, ...]:
    home, _, name = verb.partition(".")
    return tuple(c for c in connectors_of(home, catalog) if name in c.actions)


def _with_trigger(verb: str, catalog: Catalog) -> tuple[AnyConnector, ...]:
    home, _, name = verb.partition(".")
    return tuple(c for c in connectors_of(home, catalog) if name in c.triggers)


def _server(
    verb: str, using: str | None, client: Client, workspace: Workspace, able: tuple[AnyConnector, ...]
) -> Server | Refused:
    """Choose: the first able connection of the role, else a pure connector, else say what is missing."""
    role = using or next((r for r in _roles(verb, able) if r in client.accounts), None)
    for entry in _entries(role, client, workspace):
        if isinstance(entry, Refused):
            return entry
        if any(entry.connector.name == connector.name for connector in able):
            return Server(entry.connector, entry, role or "")
    pure = next((c for c in able if not c.connection.model_fields), None)
    if pure and (using is None or using in client.accounts):
        return Server(pure)
    return _missing(verb, role, client, able)


def _roles(verb: str, able: tuple[AnyConnector, ...]) -> Iterator[str]:
    """Yield the default roles of a verb: its connector or port, then the port behind its connector."""
    home = verb.partition(".")[0]
    yield home
    if home not in PORTS:
        yield from (c.port for c in able if c.port)


def _entries(role: str | None, client: Client, workspace: Workspace) -> Iterator[ConnectionEntry | Refused]:
    return (account(use, client, workspace) for use in client.accounts.get(role or "", ()))


def _missing(verb: str, role: str | None, client: Client, able: tuple[AnyConnector, ...]) -> Refused:
    params = {"client": client.id, "file": client.file, "verb": verb, "role": role or verb.partition(".")[0]}
    if role not in client.accounts:
        return Refused(NO_ROLE, params, near_names(params["role"], client.accounts))
    titles = ", ".join(title_of(connector) for connector in able)
    return Refused(ROLE_CANNOT, {**params, "able": titles}, place=client.accounts[role][0].place)
