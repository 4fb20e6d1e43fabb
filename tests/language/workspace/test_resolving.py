"""Which of a client's accounts serves a verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wakeel.language.catalog import Catalog
from wakeel.language.nodes import Place
from wakeel.language.problems import Problems
from wakeel.language.workspace import (
    Refused,
    ResolvedAction,
    ResolvedTrigger,
    Workspace,
    resolve_action,
    resolve_trigger,
)

Files = dict[str, str]
Reading = Callable[[Files], tuple[Workspace, Problems]]
HERE = Place("recipes/a.yaml", 3, 5, 9)


def refusal(refused: object) -> tuple[str, str, int]:
    assert isinstance(refused, Refused)
    problems = Problems()
    refused.report(problems, HERE)
    return problems[0].code, f"{problems[0].message()} {problems[0].hint()}", problems[0].place.line


@pytest.mark.parametrize(
    ("verb", "using", "name", "connection", "role"),
    [
        ("mail.search", None, "imap.search", "noor-mailbox", "mail"),
        ("mail.send", None, "smtp.send", "noor-smtp", "mail"),
        ("mail.search", "second_mailbox", "imap.search", "noor-second", "second_mailbox"),
        ("mail.classify", None, "mail.classify", None, ""),
        ("slack.post_message", None, "slack.post_message", "noor-slack", "slack"),
        ("imap.search", None, "imap.search", "noor-mailbox", "mail"),
        ("smtp.send", "mail", "smtp.send", "noor-smtp", "mail"),
        ("http.get", None, "http.get", "everyone", "http"),
    ],
)
def test_a_verb_is_served_by_the_role_s_first_able_connection(
    workspace: Workspace, shelf: Catalog, verb: str, using: str | None, name: str, connection: str | None, role: str
) -> None:
    found = resolve_action(verb, using, workspace.clients["noor"], workspace, shelf)
    assert isinstance(found, ResolvedAction)
    assert (found.name, found.connection and found.connection.id, found.role) == (name, connection, role)


@pytest.mark.parametrize(
    ("verb", "using", "name", "connection"),
    [
        ("mail.received", None, "imap.received", "noor-mailbox"),
        ("mail.received", "second_mailbox", "imap.received", "noor-second"),
        ("schedule.every", None, "schedule.every", None),
    ],
)
def test_a_trigger_listens_to_the_role_s_first_able_connection(
    workspace: Workspace, shelf: Catalog, verb: str, using: str | None, name: str, connection: str | None
) -> None:
    found = resolve_trigger(verb, using, workspace.clients["noor"], workspace, shelf)
    assert isinstance(found, ResolvedTrigger)
    assert (found.name, found.connection and found.connection.id) == (name, connection)


@pytest.mark.parametrize(
    ("verb", "using", "code", "words"),
    [
        ("calendar.hold", None, "W4042", "Client “noor” has no role “calendar”, which `calendar.hold` needs."),
        ("calendar.hold", None, "W4042", "In `clients/noor.yaml`, under `accounts:`, write `calendar:`"),
        ("mail.search", "third_mailbox", "W4042", "has no role “third_mailbox”"),
        ("mail.search", "second_mailboks", "W4042", "Did you mean “second_mailbox”?"),
        ("mail.classify", "third_mailbox", "W4042", "has no role “third_mailbox”"),
        ("mail.send", "second_mailbox", "W4043", "Add a connection of Smtp to this role"),
        ("slack.post_message", "mail", "W4043", "No connection of role “mail” can do `slack.post_message`"),
        ("slack.pots_message", None, "W2104", "Did you mean “post_message”?"),
    ],
)
def test_what_the_client_lacks_is_named(
    workspace: Workspace, shelf: Catalog, verb: str, using: str | None, code: str, words: str
) -> None:
    found, said, _ = refusal(resolve_action(verb, using, workspace.clients["noor"], workspace, shelf))
    assert found == code
    assert words in said


def test_one_fitting_connection_without_a_role_is_not_guessed(workspace: Workspace, shelf: Catalog) -> None:
    del workspace.clients["noor"].accounts["slack"]
    found = resolve_action("slack.post_message", None, workspace.clients["noor"], workspace, shelf)
    assert refusal(found)[0] == "W4042"


@pytest.mark.parametrize(
    ("written", "code"), [("bright-slack", "W4041"), ("noor-slak", "W4040"), ("noor-mailbox", "W4043")]
)
def test_a_wrong_account_is_refused_at_its_line_in_the_client_s_file(
    files: Files, reading: Reading, shelf: Catalog, written: str, code: str
) -> None:
    files["clients/noor.yaml"] = files["clients/noor.yaml"].replace("slack: noor-slack", f"slack: {written}")
    workspace, problems = reading(files)
    refused = resolve_action("slack.post_message", None, workspace.clients["noor"], workspace, shelf)
    assert isinstance(refused, Refused)
    before = len(problems)
    refused.report(problems, HERE)
    assert (refusal(refused)[0], refusal(refused)[2]) == (code, 11)
    assert len(problems) == 1, before  # what reading has said already is not said twice


def test_a_connection_with_problems_of_its_own_is_named_as_such(files: Files, reading: Reading, shelf: Catalog) -> None:
    files["connections.yaml"] = files["connections.yaml"].replace('"secret://NOOR_SLACK"', "swordfish")
    workspace, _ = reading(files)
    found = resolve_action("slack.post_message", None, workspace.clients["noor"], workspace, shelf)
    assert refusal(found)[0] == "W4044"


def test_a_shared_connection_starts_nothing_before_events_can_be_told_apart(
    workspace: Workspace, shelf: Catalog
) -> None:
    bright = workspace.clients["bright"]
    assert refusal(resolve_trigger("mail.received", None, bright, workspace, shelf))[0] == "W4045"
    assert isinstance(resolve_action("mail.search", None, bright, workspace, shelf), ResolvedAction)
