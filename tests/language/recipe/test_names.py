"""Which names a step sees, and when their values are sure to be there."""

from __future__ import annotations

import pytest

from tests.language.recipe.office import problems, steps

CARD = "  - trello.create_card: {list: a, name: b}\n    as: card\n"
USE = "  - note: ${card.url}\n"


def codes(recipe: str) -> list[str]:
    """Return the codes of what is wrong with these steps."""
    return [problem.code for problem in problems(steps(recipe))]


@pytest.mark.parametrize(
    "recipe",
    [
        CARD + USE,
        "  - together:\n      - trello.create_card: {list: a, name: b}\n        as: card\n      - note: x\n" + USE,
        "  - steps:\n      - trello.create_card: {list: a, name: b}\n        as: card\n" + USE,
        CARD + "    if: event.automatic\n  - note: ${card.url}\n    if: card is present\n",
        CARD + "    if: event.automatic\n  - note: ${card.url | default('none')}\n",
        CARD
        + "    if_it_fails: continue\n  - steps:\n      - note: ${card.url}\n    if: card is present and event.automatic\n",
        CARD + "    if: event.automatic\n  - stop: none\n    if: card is missing\n" + USE,
        CARD + "    if: event.automatic\n  - fail: none\n    if: not (card is present)\n" + USE,
        CARD
        + "    if: event.automatic\n  - choose:\n      - if: card is missing\n        steps: [{note: x}]\n"
        + "      - otherwise: [{note: '${card.url}'}]\n",
        CARD
        + "    if: event.automatic\n  - for_each:\n      in: ${event.attachments}\n      steps: [{note: '${card.url}'}]\n"
        + "    if: card is present\n",
        "  - note: x\n    if_it_fails:\n      - note: ${failure.message} ${failure.step} ${failure.code} ${failure.advice}\n",
        CARD + "    if_it_fails:\n      - note: ${card.url | default('none')}\n",
        "  - set: {url: '${event.open_url}'}\n  - note: ${url}\n    if: url is present\n",
        "  - note: ${run.id} ${run.recipe} ${run.url} ${run.started_at | date} ${now | time} ${client.id} ${client.name}\n",
        CARD + "always:\n  - note: ${card.url}\n    if: card is present\n",
        CARD + "if_it_fails:\n  - note: ${failure.message}\n  - note: ${card.url}\n    if: card is present\n",
    ],
)
def test_a_name_can_be_used_where_its_value_is_sure_to_be_there(recipe: str) -> None:
    assert codes(recipe) == []


@pytest.mark.parametrize(
    "recipe",
    [
        CARD + "    if: event.automatic\n" + USE,
        CARD + "    if_it_fails: continue\n" + USE,
        "  - steps:\n      - trello.create_card: {list: a, name: b}\n        as: card\n    if: event.automatic\n" + USE,
        "  - steps:\n      - trello.create_card: {list: a, name: b}\n        as: card\n    if_it_fails: continue\n"
        + USE,
        "  - choose:\n      - otherwise:\n          - trello.create_card: {list: a, name: b}\n            as: card\n"
        + USE,
        CARD + "    if: event.automatic\n  - note: x\n    if: card is present\n" + USE,
        CARD + "    if: event.automatic\n  - note: x\n    if: card is missing\n" + USE,
        CARD + "    if_it_fails:\n      - note: ${card.url}\n",
        CARD + "if_it_fails:\n  - note: ${card.url}\n",
        CARD + "always:\n  - note: ${card.url}\n",
        "  - set: {url: '${event.open_url}'}\n  - note: ${url}\n",
    ],
)
def test_a_name_whose_value_may_be_missing_needs_a_guard(recipe: str) -> None:
    assert codes(recipe) == ["W3038"]


def test_a_step_does_not_see_its_own_result() -> None:
    found = problems(steps("  - trello.create_card: {list: a, name: '${card.url}'}\n    as: card\n"))
    assert [problem.message() for problem in found] == ["“card” is what this very step makes, so it is not there yet."]


def test_what_if_it_fails_makes_at_the_end_is_seen_by_always() -> None:
    assert (
        codes("  - note: x\nif_it_fails:\n" + CARD + "always:\n  - note: ${card.url}\n    if: card is present\n") == []
    )
