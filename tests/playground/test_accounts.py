"""What the status says is enough for every connector to open its account."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest

from wakeel.playground.playground import Playground

Settings = Callable[[dict[str, Any]], dict[str, Any]]


def mail(protocol: str) -> Settings:
    return lambda s: (
        s[protocol]
        | {"username": s["mailbox"]["username"], "password": s["mailbox"]["password"]}
        | {"from_address": s["mailbox"]["address"]}
    )


def only(service: str, *names: str) -> Settings:
    return lambda s: {name: s[service][name] for name in names}


ACCOUNTS: dict[str, Settings] = {
    "imap": mail("imap"),
    "smtp": mail("smtp"),
    "trello": only("trello", "base_url", "key", "token"),
    "slack": only("slack", "base_url", "token"),
    "caldav": only("caldav", "url", "username", "password", "calendar"),
}


@pytest.mark.parametrize("name", ACCOUNTS)
async def test_a_connector_opens_its_account_in_the_playground(name: str) -> None:
    connector = getattr(importlib.import_module(f"connectors.{name}"), name)
    async with Playground() as playground:
        connection = connector.connection(**ACCOUNTS[name](playground.status))
        async with connector.open(connection) as client:
            await connector.check(client)
        assert playground.board.gate.refusals == playground.chat.gate.refusals == []
