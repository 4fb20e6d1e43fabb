"""A small office to check recipes against: its services, a client, and the client's accounts."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent
from typing import Any

from tests.language.recipe.services import CONNECTORS
from wakeel.language.check import Checked, check, check_recipe
from wakeel.language.plan import Plan
from wakeel.language.problems import Problems
from wakeel.sdk import Connector


class Office:
    """A catalogue of these connectors."""

    def names(self) -> tuple[str, ...]:
        """Return all names."""
        return tuple(sorted(CONNECTORS))

    def connector(self, name: str) -> Connector[Any] | None:
        """Return one connector."""
        return CONNECTORS.get(name)

    def behind(self, port: str) -> tuple[Connector[Any], ...]:
        """Return those behind a port."""
        found = [c for c in CONNECTORS.values() if c.port == port]
        return tuple(sorted(found, key=lambda c: not c.connection.model_fields))


OFFICE = Office()

HEAD = """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
"""

CLIENT = """\
client: acme
name: Acme
language: en
time_zone: Africa/Cairo
accounts:
  mail: acme-mail
  trello: acme-trello
  slack: acme-slack
  calendar: acme-calendar
people:
  owner: {name: Nour, email: nour@example.com, reach: [slack, mail]}
  va: {name: Mona, email: mona@example.com, reach: [page, mail]}
  ghost: {name: Ghost, reach: [page]}
authority: send
facts: {address: 12 Nile street}
recipes:
  job: {state: live}
"""

CONNECTIONS = """\
connections:
  acme-mail: {connector: imap, client: acme}
  acme-trello: {connector: trello, client: acme}
  acme-slack: {connector: slack, client: acme}
  acme-calendar: {connector: caldav, client: acme}
  office-mail: {connector: imap, client: shared, files_sent: yes}
"""


def steps(text: str, head: str = HEAD) -> str:
    """Return a recipe with these steps; they begin on line 7."""
    return head + dedent(text)


def workspace(recipe: str, client: str = CLIENT, connections: str = CONNECTIONS) -> Mapping[str, bytes]:
    """Return the files of a workspace with one recipe."""
    files = {"recipes/job.yaml": recipe, "clients/acme.yaml": client, "connections.yaml": connections}
    return {name: text.encode() for name, text in files.items()}


def checked(recipe: str, client: str = CLIENT, connections: str = CONNECTIONS) -> Checked:
    """Check a recipe for the client."""
    return check(workspace(recipe, client, connections), OFFICE)


def problems(recipe: str) -> Problems:
    """Check a recipe for no client."""
    return check_recipe(recipe.encode(), "recipes/job.yaml", OFFICE)


def plan(recipe: str, client: str = CLIENT) -> Plan:
    """Return the plan of a recipe that is right."""
    found = checked(recipe, client)
    assert [(p.code, p.place.line, p.message()) for p in found.problems] == []
    return found.plans["acme/job"]
