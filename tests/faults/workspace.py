"""The workspace of an installation under test: the shipped client and recipes, with accounts on loopback."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.faults.world import World
from tests.servers.process import HOST

DEFINITIONS = Path(__file__).parents[2] / "definitions"
FLAGSHIP = "email-to-card-alert-hold"
FLAGSHIP_SETTINGS = {"list": "Inbox", "channel": "#alerts", "hold_for": "30m"}
SOON = {"wait: 1m": "wait: 1s"}  # between attempts at the flagship's alert
HOOK = "hook-to-card"
HOOK_TEXT = """\
title: A card for each delivery
when:
  webhook.received: {}
settings:
  list: {type: trello.list}
steps:
  - trello.create_card:
      list: ${settings.list}
      name: ${event.body.name}
"""
HOOK_TOKEN = "hook-token"
ACCOUNTS = {
    "mail": ["example-mailbox", "example-smtp"],
    "calendar": "example-calendar",
    "trello": "example-trello",
    "slack": "example-slack",
    "webhook": "example-hook",
}
Json = dict[str, Any]


@dataclass
class Workspace:
    """A folder of recipes for the example client."""

    folder: Path
    world: World
    live: dict[str, Json] = field(default_factory=dict[str, Json])  # settings by recipe

    def __post_init__(self) -> None:
        for part in ("clients", "recipes"):
            (self.folder / part).mkdir(parents=True)
        self.write("connections.yaml", {"connections": connections(self.world)})
        self.write_client()

    def add_flagship(self, **words: str) -> None:
        """Add the gallery's flagship as it is shipped, or with some words put in the place of others."""
        [shipped] = DEFINITIONS.glob(f"recipes/*/{FLAGSHIP}.yaml")
        copied = self.folder / "recipes" / f"{FLAGSHIP}.yaml"
        shutil.copyfile(shipped, copied)
        for old, new in words.items():
            text = copied.read_text("utf-8")
            assert old in text
            copied.write_text(text.replace(old, new), "utf-8")
        self.activate(FLAGSHIP, FLAGSHIP_SETTINGS)

    def add_hook(self) -> None:
        """Add a recipe that makes a card of each delivery."""
        self.add(HOOK, HOOK_TEXT, {"list": "Inbox"})

    def add(self, recipe: str, text: str, settings: Json | None = None) -> Path:
        """Add a recipe, or put another text in its place."""
        file = self.folder / "recipes" / f"{recipe}.yaml"
        file.write_text(f"recipe: {recipe}\nformat: 1\n{text}", "utf-8")
        self.activate(recipe, settings or {})
        return file

    def activate(self, recipe: str, settings: Json) -> None:
        """Make a recipe live for the client."""
        self.live[recipe] = {"state": "live", "settings": settings}
        self.write_client()

    def write_client(self, **changed: Any) -> None:
        """Write the example client with our accounts and what is live."""
        shipped: Json = yaml.safe_load((DEFINITIONS / "clients" / "example.yaml").read_text("utf-8"))
        self.write("clients/example.yaml", shipped | {"accounts": ACCOUNTS, "recipes": self.live} | changed)

    def write(self, name: str, content: Json) -> None:
        """Write a file of the workspace."""
        (self.folder / name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def connections(world: World) -> Json:
    """Return the accounts; their secrets are in the store."""
    mailbox, ours = world.mailbox, {"client": "example"}
    mail = ours | {"host": HOST, "security": "none", "from_address": f"شركة النور للتجارة <{mailbox.address}>"}
    signed = {"username": mailbox.username, "password": "secret://MAIL"}
    return {
        "example-mailbox": mail | signed | {"connector": "imap", "port": mailbox.server.imap},
        "example-smtp": mail | {"connector": "smtp", "port": world.relay.port},
        "example-calendar": ours
        | {"connector": "caldav", "url": world.calendar, "username": world.radicale.username}
        | {"password": "secret://CALENDAR"},
        "example-trello": ours
        | {"connector": "trello", "base_url": world.board.base_url}
        | {"key": "secret://TRELLO_KEY", "token": "secret://TRELLO_TOKEN"},
        "example-slack": ours | {"connector": "slack", "base_url": world.chat.base_url, "token": "secret://SLACK"},
        "example-hook": ours | {"connector": "webhook", "secret": "secret://HOOK"},
    }


def secrets(world: World) -> dict[str, str]:
    """Return the secrets that the accounts name."""
    return {
        "MAIL": world.mailbox.password,
        "CALENDAR": world.radicale.password,
        "TRELLO_KEY": world.board.key,
        "TRELLO_TOKEN": world.board.token,
        "SLACK": world.chat.token,
        "HOOK": HOOK_TOKEN,
    }
