"""Which connector a verb means, where no client is known yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wakeel.language.catalog import PORTS, Catalog
from wakeel.language.nodes import Place
from wakeel.language.problems import Problems, listed, near_names
from wakeel.sdk import Action, Connector, Trigger

AnyAction = Action[Any, Any, Any]
AnyConnector = Connector[Any]

NO_CONNECTOR, NO_VERB, IS_TRIGGER, IS_ACTION = "W2103", "W2104", "W2105", "W2106"
NOTHING_HERE, NO_PORT = "W2107", "W2108"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a name means nothing; `place` is set where the fault stands elsewhere than the name."""

    code: str
    params: dict[str, str] = field(default_factory=dict[str, str])
    near: tuple[str, ...] = ()
    place: Place | None = None

    def report(self, problems: Problems, place: Place) -> None:
        """Note this as a problem, at its own place or at the given one."""
        problems.add(self.code, self.place or place, self.near, **self.params)


@dataclass(frozen=True, slots=True)
class FoundAction:
    """An action, and the connector that has it."""

    connector: AnyConnector
    action: AnyAction


@dataclass(frozen=True, slots=True)
class FoundTrigger:
    """A trigger, and the connector that has it."""

    connector: AnyConnector
    trigger: Trigger


def find_action(verb: str, catalog: Catalog) -> FoundAction | Refused:
    """Return what `slack.post_message` does, by the first connector that has it."""
    found = _first(verb, catalog, _actions)
    if found is None:
        return _refusal(verb, catalog, _actions, _triggers, IS_TRIGGER)
    return FoundAction(found, found.actions[verb.partition(".")[2]])


def find_trigger(verb: str, catalog: Catalog) -> FoundTrigger | Refused:
    """Return what `mail.received` tells of, by the first connector that has it."""
    found = _first(verb, catalog, _triggers)
    if found is None:
        return _refusal(verb, catalog, _triggers, _actions, IS_ACTION)
    return FoundTrigger(found, found.triggers[verb.partition(".")[2]])


def known_verbs(catalog: Catalog) -> tuple[str, ...]:
    """Return every action as a step may write it, by connector and by port."""
    return _known(catalog, _actions)


def known_triggers(catalog: Catalog) -> tuple[str, ...]:
    """Return every trigger as `when` may write it, by connector and by port."""
    return _known(catalog, _triggers)


def connectors_of(home: str, catalog: Catalog) -> tuple[AnyConnector, ...]:
    """Return the connectors that the first part of a verb means: those of a port, or one."""
    if home in PORTS:
        return catalog.behind(home)
    connector = catalog.connector(home)
    return (connector,) if connector else ()


def title_of(connector: AnyConnector) -> str:
    """Return the service's name for messages."""
    return connector.title or connector.name.capitalize()


Names = Callable[[AnyConnector], "dict[str, Any]"]


def _actions(connector: AnyConnector) -> dict[str, Any]:
    return connector.actions


def _triggers(connector: AnyConnector) -> dict[str, Any]:
    return connector.triggers


def _first(verb: str, catalog: Catalog, names: Names) -> AnyConnector | None:
    home, _, name = verb.partition(".")
    return next((c for c in connectors_of(home, catalog) if name in names(c)), None)


def _refusal(verb: str, catalog: Catalog, names: Names, others: Names, wrong_kind: str) -> Refused:
    home, _, name = verb.partition(".")
    connectors = connectors_of(home, catalog)
    if not connectors:
        homes = _homes(catalog)
        code = NO_PORT if home in PORTS else NO_CONNECTOR
        return Refused(code, {"connector": home, "verb": verb, "homes": listed(homes)}, near_names(home, homes))
    if any(name in others(c) for c in connectors):
        return Refused(wrong_kind, {"verb": verb})
    known = sorted({n for c in connectors for n in names(c)})
    title = home.capitalize() if home in PORTS else title_of(connectors[0])
    if not known:
        return Refused(NOTHING_HERE, {"connector": title, "known": listed(_known(catalog, names))})
    params = {"connector": title, "name": name, "verb": verb, "known": listed(known)}
    return Refused(NO_VERB, params, near_names(name, known))


def _homes(catalog: Catalog) -> tuple[str, ...]:
    """Return the first parts of verbs that mean something here: ports with a connector, and connectors."""
    return tuple(sorted({*catalog.names(), *(port for port in PORTS if catalog.behind(port))}))


def _known(catalog: Catalog, names: Names) -> tuple[str, ...]:
    return tuple(sorted({f"{home}.{name}" for home in _homes(catalog) for name in _names_of(home, catalog, names)}))


def _names_of(home: str, catalog: Catalog, names: Names) -> Iterator[str]:
    return (name for connector in connectors_of(home, catalog) for name in names(connector))
