"""`wakeel connections` and `wakeel connectors`: accounts, whether they work, and what services can do."""

from __future__ import annotations

import pytest

from tests.cli.commands import Wakeel
from tests.cli.office import HOOK_TOKEN
from tests.servers.fakes import FakeChat


@pytest.fixture
def slack(wakeel: Wakeel, chat: FakeChat) -> Wakeel:
    """Give a workspace with an account at a chat that really answers."""
    file = wakeel.workspace / "connections.yaml"
    address = f"    connector: slack\n    base_url: {chat.base_url}\n    token: secret://SLACK\n    client: bakery\n"
    file.write_text(file.read_text("utf-8") + "  bakery-slack:\n" + address, "utf-8")
    assert wakeel("apply").status == 0
    wakeel("secret", "set", "HOOK", stdin=HOOK_TOKEN)
    return wakeel


def test_accounts_are_listed_without_their_secrets(slack: Wakeel) -> None:
    slack("secret", "set", "SLACK", stdin="hunter2")
    said = slack("connections", "--json")
    told = {row["connection"]: row for row in said.json()}
    assert told["bakery-slack"]["fields"]["token"] == "secret://SLACK"
    assert told["bakery-hook"]["client"] == "bakery"
    assert "hunter2" not in said.out


def test_an_account_that_works_is_told_so(slack: Wakeel, chat: FakeChat) -> None:
    slack("secret", "set", "SLACK", stdin=chat.token)
    said = slack("connections", "--check", "--json")
    told = {row["connection"]: row["works"] for row in said.json()}
    assert told == {"bakery-hook": "unknown", "bakery-shop": "unknown", "bakery-slack": "ok"}
    assert said.status == 0


def test_an_account_that_is_refused_says_what_to_do(slack: Wakeel) -> None:
    slack("secret", "set", "SLACK", stdin="xoxb-wrong")
    said = slack("connections", "--check")
    assert said.status == 1
    assert "wakeel secret set" in said.out


def test_an_account_whose_secret_is_missing_is_named(slack: Wakeel) -> None:
    said = slack("connections", "--check", "--json")
    told = {row["connection"]: row for row in said.json()}["bakery-slack"]
    assert told["works"] == "auth"
    assert "SLACK" in told["message"]


def test_an_empty_list_says_what_to_do(wakeel: Wakeel) -> None:
    assert "connections.yaml" in wakeel("connections").out


def test_connectors_are_listed_with_their_verbs(wakeel: Wakeel) -> None:
    told = {row["name"]: row for row in wakeel("connectors", "--json").json()}
    assert "post_message" in told["slack"]["verbs"]
    assert told["imap"]["triggers"] == ["received"]


def test_one_connector_is_told_whole(wakeel: Wakeel) -> None:
    told = wakeel("connectors", "slack", "--json").json()
    verb = next(verb for verb in told["verbs"] if verb["name"] == "slack.post_message")
    assert [f["name"] for f in verb["fields"] if f["required"]] == ["channel", "text"]
    assert verb["example"].startswith("- slack.post_message:")
    assert "slack.post_message" in wakeel("connectors", "slack").out


def test_an_unknown_connector_is_guessed(wakeel: Wakeel) -> None:
    said = wakeel("connectors", "slak")
    assert said.status == 1
    assert "There is: slack." in said.err
