"""`wakeel explain`: what a recipe promises, or why it cannot be said."""

from __future__ import annotations

from tests.cli.commands import Wakeel
from tests.cli.office import BROKEN


def test_a_recipe_is_explained_in_words(wakeel: Wakeel) -> None:
    said = wakeel("explain", "order")
    assert said.status == 0
    assert said.out.startswith("New order (bakery/order, live)")


def test_a_recipe_is_explained_as_data(wakeel: Wakeel) -> None:
    told = wakeel("explain", "order", "--client", "bakery", "--json").json()
    assert told["activation"] == "bakery/order"
    assert told["starts"][0]["source"] == "bakery-hook/webhook.received"


def test_a_recipe_is_drawn(wakeel: Wakeel) -> None:
    assert wakeel("explain", "order", "--mermaid").out.startswith("flowchart TD")


def test_an_unknown_recipe_is_guessed(wakeel: Wakeel) -> None:
    said = wakeel("explain", "ordr")
    assert said.status == 1
    assert "There is: order." in said.err


def test_a_client_that_does_not_use_the_recipe_is_refused(wakeel: Wakeel) -> None:
    said = wakeel("explain", "order", "--client", "florist")
    assert said.status == 1
    assert "bakery" in said.err


def test_a_broken_recipe_shows_its_problems(wakeel: Wakeel) -> None:
    (wakeel.workspace / "recipes/greet.yaml").write_text(BROKEN, "utf-8")
    said = wakeel("explain", "greet")
    assert said.status == 1
    assert "recipes/greet.yaml:6:5" in said.out
