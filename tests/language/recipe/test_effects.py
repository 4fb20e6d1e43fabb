"""What a repeat of a call does, as far as the compiler can tell."""

from __future__ import annotations

import pytest

from tests.language.recipe.office import CLIENT, CONNECTIONS, checked, plan, steps
from wakeel.language.compile.authority import LEVELS, answer
from wakeel.language.plan import ActionStep
from wakeel.sdk import Authority, Effect

MAIL = "  - mail.send: {to: [a@b.co], subject: b, text: c}\n"


def effect(recipe: str, connections: str = CONNECTIONS) -> tuple[Effect | None, Effect]:
    """Return the effect of the first step, and what can be promised of it."""
    found = checked(steps(recipe), CLIENT, connections).plans["acme/job"].steps[0]
    assert isinstance(found, ActionStep)
    return found.effect, found.weakest


def test_a_constant_effect_is_kept() -> None:
    assert effect("  - mail.add_label: {mail: '${event}', label: b}\n") == (Effect.KEYED, Effect.KEYED)


def test_an_effect_may_hang_on_the_connection() -> None:
    filing = CONNECTIONS.replace("{connector: imap, client: acme}", "{connector: imap, client: acme, files_sent: yes}")
    assert effect(MAIL) == (Effect.ONCE, Effect.ONCE)
    assert effect(MAIL, filing) == (Effect.FOUND, Effect.FOUND)


def test_an_effect_may_hang_on_what_is_written_out() -> None:
    assert effect("  - slack.post_message: {channel: a, text: b}\n")[0] is Effect.FOUND
    assert effect("  - slack.post_message: {channel: a, text: b, thread: c}\n")[0] is Effect.ONCE


def test_a_field_that_is_left_out_is_known_even_if_others_are_not() -> None:
    assert effect("  - slack.post_message: {channel: a, text: '${event.subject}'}\n")[0] is Effect.FOUND


def test_an_effect_that_hangs_on_the_run_promises_the_weaker() -> None:
    recipe = "  - slack.post_message: {channel: a, text: b, thread: '${event.thread_id}'}\n"
    assert effect(recipe) == (None, Effect.ONCE)


ANSWERS = {
    "read": "allowed allowed allowed allowed allowed",
    "annotate": "never allowed allowed allowed allowed",
    "internal": "never allowed allowed allowed allowed",
    "outward_template": "never ask allowed allowed allowed",
    "outward_free": "never ask ask allowed allowed",
    "commitment": "never ask ask ask allowed",
    "sensitive": "never ask ask ask ask",
    "destructive": "never ask ask ask allowed",
    "forbidden": "never never never never never",
}


@pytest.mark.parametrize("wanted", ANSWERS)
def test_the_table_of_authority_is_the_one_that_is_promised(wanted: Authority) -> None:
    assert " ".join(answer(level, wanted) for level in LEVELS) == ANSWERS[wanted]


def test_a_level_that_allows_it_compiles() -> None:
    assert plan(steps(MAIL)).steps
