"""Messages to the people of a client."""

from __future__ import annotations

from tests.language.recipe.office import CLIENT, plan, steps
from wakeel.language.plan import ActionStep, TogetherStep
from wakeel.sdk import Effect


def told(who: str, client: str = CLIENT, more: str = "") -> ActionStep:
    """Return the call that tells one person."""
    found = plan(
        "title: The job\n" + steps(f"  - tell: {{who: {who}, text: '${{event.subject}}'{more}}}\n"), client
    ).steps[0]
    assert isinstance(found, ActionStep)
    return found


def test_a_person_is_told_by_the_first_channel_that_reaches_them() -> None:
    assert (told("owner").verb, told("owner").action, told("owner").connection) == (
        "tell",
        "slack.post_message",
        "acme-slack",
    )
    assert told("owner").args == {"channel": "nour@example.com", "text": {"$expr": "event.subject"}}


def test_the_page_is_passed_over_and_mail_has_a_subject() -> None:
    assert (told("va").action, told("va").weakest) == ("imap.send", Effect.ONCE)
    assert told("va").args["to"] == ["mona@example.com"]
    assert told("va").args["subject"] == "Wakeel: The job"
    assert told("va", more=", subject: 'Look: ${event.subject}'").args["subject"] == {
        "$text": ["Look: ", {"$expr": "event.subject"}]
    }


def test_a_channel_without_an_account_is_passed_over() -> None:
    assert told("owner", CLIENT.replace("  slack: acme-slack\n", "")).action == "imap.send"


def test_a_person_may_have_a_name_of_their_own_in_slack() -> None:
    client = CLIENT.replace("email: nour@example.com", "email: nour@example.com, slack: U123")
    assert told("owner", client).args["channel"] == "U123"


def test_telling_the_own_people_is_never_outward() -> None:
    observer = CLIENT.replace("authority: send", "authority: observe")
    assert told("va", observer).authority == "internal"


def test_several_people_are_told_at_the_same_time() -> None:
    recipe = steps("  - tell: {who: [va, owner], text: hello}\n    if: event.automatic\n    title: Say it\n")
    found = plan(recipe).steps[0]
    assert isinstance(found, TogetherStep)
    assert (found.condition, found.title) == ("event.automatic", "Say it")
    assert [step.action for step in found.steps if isinstance(step, ActionStep)] == ["imap.send", "slack.post_message"]


def test_a_long_title_is_cut_in_the_subject() -> None:
    recipe = f"title: {'x' * 200}\n" + steps("  - tell: {who: va, text: hello}\n")
    found = plan(recipe).steps[0]
    assert isinstance(found, ActionStep)
    assert len(found.args["subject"]) == 80
