"""What starts a recipe, as the plan says it."""

from __future__ import annotations

from tests.language.recipe.office import CLIENT, checked, plan
from wakeel.language.plan import Start

TAIL = "steps:\n  - note: x\n"


def start(when: str, settings: str = "", client: str = CLIENT) -> Start:
    """Return the one start of a recipe."""
    (found,) = plan(f"recipe: job\nformat: 1\nwhen:\n{when}{settings}{TAIL}", client).starts
    return found


def test_a_mail_starts_a_recipe_through_the_clients_own_mailbox() -> None:
    found = start("  mail.received: {folder: Inbox, unseen_for: 5m}\n")
    assert (found.trigger, found.kind, found.connection) == ("mail.received", "imap.received", "acme-mail")
    assert found.source == "acme-mail/imap.received"
    assert found.args == {"folder": "Inbox", "unseen_for": "PT5M"}
    assert found.shape["map"]["from"] == {"map": {"name": "text", "address": "text"}}


def test_a_schedule_is_a_source_of_its_own() -> None:
    found = start("  schedule.every: {every: 1d}\n")
    assert (found.source, found.connection) == ("acme/job/schedule.every", None)
    assert found.args == {"every": "P1D"}


def test_the_run_control_words_are_kept_as_they_are_written() -> None:
    found = start(
        "  mail.received:\n  only_if: not event.automatic and client.id == 'acme'\n  once_per: ${event.message_id}\n"
        '  one_at_a_time_per: "t ${event.thread_id}"\n  if_busy: queue\n'
    )
    assert found.only_if == "not event.automatic and client.id == 'acme'"
    assert found.once_per == {"$expr": "event.message_id"}
    assert found.one_at_a_time_per == {"$text": ["t ", {"$expr": "event.thread_id"}]}


def test_a_trigger_takes_what_settings_and_client_say() -> None:
    settings = "settings:\n  pause: {type: duration, default: 2h}\n  why: {type: text, required: false}\n"
    when = '  schedule.every: {every: "${settings.pause}", note: "for ${client.people.owner.name}"}\n'
    assert start(when, settings).args == {"every": "PT2H", "note": "for Nour"}


def test_an_optional_field_of_a_trigger_without_a_value_is_not_given() -> None:
    settings = "settings:\n  why: {type: text, required: false}\n"
    assert start('  schedule.every: {every: 1d, note: "${settings.why}"}\n', settings).args == {"every": "P1D"}


def test_a_setting_that_does_not_fit_the_trigger_is_a_problem_and_no_crash() -> None:
    settings = "settings:\n  why: {type: text, default: soon}\n"
    for field in ("note: '${1 / ((settings.why | length) - 4)}'", "times: '${settings.why | length}'"):
        when = f"when:\n  schedule.every: {{every: 1d, {field}}}\n"
        found = checked(f"recipe: job\nformat: 1\n{when}{settings}{TAIL}")
        assert [problem.place.line for problem in found.problems] == [4]
        assert all(problem.message("ar") for problem in found.problems)
        assert found.broken == {"acme/job"}


def test_a_client_without_the_account_has_no_start() -> None:
    client = CLIENT.replace("  mail: acme-mail\n", "")
    found = checked(f"recipe: job\nformat: 1\nwhen: {{mail.received: {{}}}}\n{TAIL}", client)
    assert [(p.code, p.place.line, p.place.column) for p in found.problems] == [("W4042", 3, 8)]
    assert (found.plans, found.broken) == ({}, {"acme/job"})
