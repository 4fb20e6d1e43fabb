"""Which connector a verb means."""

from __future__ import annotations

import pytest

from wakeel.language.catalog import Catalog
from wakeel.language.nodes import Place
from wakeel.language.problems import Problems
from wakeel.language.workspace import (
    FoundAction,
    FoundTrigger,
    Refused,
    find_action,
    find_trigger,
    known_triggers,
    known_verbs,
)


def said(refused: object) -> str:
    assert isinstance(refused, Refused)
    problems = Problems()
    refused.report(problems, Place("recipes/a.yaml", 3, 5, 9))
    return f"{problems[0].code} {problems[0].message()} {problems[0].hint()}"


@pytest.mark.parametrize(
    ("verb", "connector"),
    [
        ("slack.post_message", "slack"),
        ("mail.send", "smtp"),
        ("mail.classify", "mail"),
        ("imap.search", "imap"),
        ("calendar.hold", "caldav"),
    ],
)
def test_a_verb_means_the_first_connector_that_has_it(verb: str, connector: str, shelf: Catalog) -> None:
    found = find_action(verb, shelf)
    assert isinstance(found, FoundAction)
    assert (found.connector.name, found.action.name) == (connector, verb.partition(".")[2])


@pytest.mark.parametrize(
    ("verb", "connector"), [("mail.received", "imap"), ("imap.received", "imap"), ("schedule.every", "schedule")]
)
def test_a_trigger_means_the_first_connector_that_has_it(verb: str, connector: str, shelf: Catalog) -> None:
    found = find_trigger(verb, shelf)
    assert isinstance(found, FoundTrigger)
    assert found.connector.name == connector


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("slak.post_message", "W2103 No connector “slak”. Did you mean “slack”? There are: caldav, calendar, http,"),
        ("slack.pots_message", "W2104 Slack has no “pots_message”. Did you mean “post_message”?"),
        ("mail.clasify", "W2104 Mail has no “clasify”. Did you mean “classify”?"),
        ("files.put", "W2108 This version has no connector for “files” yet."),
        ("mail.received", "W2105 “mail.received” is something that happens, not something to do."),
        ("slack", "W2104 Slack has no “”."),
        ("", "W2103 No connector “”."),
    ],
)
def test_a_verb_that_nobody_has_is_refused_with_near_names(verb: str, words: str, shelf: Catalog) -> None:
    assert said(find_action(verb, shelf)).startswith(words)


def test_a_trigger_that_nobody_has_is_refused_with_near_names(shelf: Catalog) -> None:
    assert said(find_trigger("mail.recieved", shelf)).startswith("W2104 Mail has no “recieved”. Did you mean")
    assert said(find_trigger("slack.post_message", shelf)).startswith("W2106 “slack.post_message” is something to do")


def test_every_verb_is_known_by_its_connector_and_by_its_port(shelf: Catalog) -> None:
    verbs, triggers = known_verbs(shelf), known_triggers(shelf)
    assert {"imap.search", "mail.search", "mail.classify", "caldav.hold", "calendar.hold"} <= set(verbs)
    assert {"imap.received", "mail.received", "schedule.every"} <= set(triggers)
    assert all(isinstance(find_action(verb, shelf), FoundAction) for verb in verbs)
    assert all(isinstance(find_trigger(verb, shelf), FoundTrigger) for verb in triggers)
