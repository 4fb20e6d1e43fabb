"""A small installation: connectors of every kind, and a workspace of two clients that is right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, SecretStr

from wakeel.language.problems import Problems
from wakeel.language.workspace import Workspace, read
from wakeel.sdk import Call, Connection, Connector, Duration, Effect, Event, NoConnection, Nothing, Picker, Since

Files = dict[str, str]


class Account(Connection):
    """A mailbox or a way to send."""

    host: str = Field(min_length=1, description="Name of the server.")
    port: int = Field(default=993, ge=1, le=65535, description="Port of the server, 1 to 65535.")
    username: str = ""
    password: SecretStr | None = None
    security: Literal["tls", "starttls", "none"] = "tls"
    files_sent: bool = False
    timeout: Duration = timedelta(seconds=30)


class Token(Connection):
    """A service with a token."""

    token: SecretStr
    base_url: str = "https://slack.example/"


class Web(Connection):
    """Any web service."""

    base_url: str
    headers: dict[str, SecretStr] = Field(default={})


class Asked(BaseModel):
    """What an action takes, and what a trigger listens for."""

    text: str = ""
    channel: Annotated[str, Picker("slack.channel")] = ""


class Cursor(BaseModel):
    """How far a source was read."""


def connector(
    name: str, connection: type[Connection], actions: str, triggers: str = "", port: str | None = None
) -> Connector[Any]:
    made = Connector[Any](name, connection, port=port)
    for verb in actions.split():
        add_action(made, verb)
    for kind in triggers.split():
        made.poll(every=timedelta(minutes=1), event=Asked, cursor=Cursor, name=kind)(poll)
    return made


def add_action(made: Connector[Any], verb: str) -> None:
    async def act(args: Asked, call: Call[Any]) -> Nothing:
        return Nothing()

    act.__name__ = verb
    made.action(Effect.READ)(act)


async def poll(args: Asked, since: Since[Any, Any]) -> tuple[list[Event[Any]], Cursor]:
    return [], Cursor()


class Shelf:
    """A catalogue of the connectors above."""

    def __init__(self, *connectors: Connector[Any]) -> None:
        self.by_name = {c.name: c for c in connectors}

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self.by_name))

    def connector(self, name: str) -> Connector[Any] | None:
        return self.by_name.get(name)

    def behind(self, port: str) -> tuple[Connector[Any], ...]:
        found = [self.by_name[name] for name in self.names() if self.by_name[name].port == port]
        return tuple(sorted(found, key=lambda c: not c.connection.model_fields))


CLIENTS_NOOR = """\
client: noor
name: {en: Noor Bakery, ar: مخبز نور}
language: ar
time_zone: Africa/Cairo
week: {starts: sunday, weekend: [friday, saturday], hours: "09:00-17:00"}
holidays:
  - {date: 2027-03-09, until: 2027-03-11, name: عيد الفطر}
accounts:
  mail: [noor-mailbox, noor-smtp]
  second_mailbox: noor-second
  slack: noor-slack
  http: everyone
people:
  owner: {name: نور, email: noor@example.com, reach: [slack, mail]}
  va: {name: Mona}
authority: templates
colour: green
facts: {address: 12 شارع النيل, days: [sunday, monday]}
recipes:
  triage:
    state: live
    settings: {list: Inbox}
  report:
"""

CLIENTS_BRIGHT = """\
client: bright
time_zone: Europe/London
accounts: {slack: bright-slack, mail: everyones-mail}
"""

CONNECTIONS = """\
connections:
  noor-mailbox:
    connector: imap
    client: noor
    host: imap.example.com
    username: info@example.com
    password: secret://NOOR_MAIL
    timeout: 1m
  noor-smtp: {connector: smtp, client: noor, host: smtp.example.com, port: "465", files_sent: yes}
  noor-second: {connector: imap, client: noor, host: imap.example.org}
  noor-slack: {connector: slack, client: noor, token: "secret://NOOR_SLACK"}
  bright-slack: {connector: slack, client: bright, token: "secret://BRIGHT_SLACK"}
  everyone: {connector: http, client: shared, base_url: "https://x.test/", headers: {Authorization: "secret://X", Accept: text/html}}
  everyones-mail: {connector: imap, client: shared, host: imap.example.net}
"""


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf(
        connector("imap", Account, "search draft", "received", port="mail"),
        connector("smtp", Account, "send", port="mail"),
        connector("mail", NoConnection, "classify", port="mail"),
        connector("caldav", Account, "hold", port="calendar"),
        connector("slack", Token, "post_message delete_message", "message_posted"),
        connector("http", Web, "get", "polled"),
        connector("schedule", NoConnection, "", "every"),
    )


@pytest.fixture
def files() -> Files:
    return {
        "clients/noor.yaml": CLIENTS_NOOR,
        "clients/bright.yaml": CLIENTS_BRIGHT,
        "connections.yaml": CONNECTIONS,
        "recipes/mail/triage.yaml": "recipe: triage\n",
        "recipes/mail/triage.test.yaml": "recipe: triage\n",
        "recipes/office/report.yaml": "recipe: report\n",
        "replies/thanks.md": "Thanks, {{ name }}\n",
    }


Reading = Callable[[Files], tuple[Workspace, Problems]]


@pytest.fixture
def reading(shelf: Shelf) -> Reading:
    def run(files: Files) -> tuple[Workspace, Problems]:
        problems = Problems()
        return read({path: text.encode() for path, text in files.items()}, shelf, problems), problems

    return run


@pytest.fixture
def workspace(files: Files, reading: Reading) -> Workspace:
    found, problems = reading(files)
    assert [p.as_json() for p in problems] == []
    return found
