"""`wakeel apply`: what becomes live, and what stays as it was."""

from __future__ import annotations

from tests.cli.commands import Wakeel
from tests.cli.office import BROKEN, CLIENT


def test_an_apply_says_what_it_added_and_then_that_nothing_changed(wakeel: Wakeel) -> None:
    assert wakeel("apply").out == "added: bakery/greet, bakery/order\n"
    assert wakeel("apply").out == "Nothing changed.\n"


def test_json_has_every_activation_under_what_became_of_it(wakeel: Wakeel) -> None:
    wakeel("apply")
    recipe = wakeel.workspace / "recipes/greet.yaml"
    recipe.write_text(recipe.read_text("utf-8").replace("Hello", "Good day"), "utf-8")
    told = wakeel("apply", "--json").json()
    assert (told["added"], told["changed"], told["removed"]) == ([], ["bakery/greet"], [])
    assert told["unchanged"] == ["bakery/order"]
    assert told["revision"] == 2


def test_a_broken_recipe_keeps_its_last_good_version_live(wakeel: Wakeel) -> None:
    wakeel("apply")
    (wakeel.workspace / "recipes/greet.yaml").write_text(BROKEN, "utf-8")
    said = wakeel("apply")
    assert said.status == 1
    assert "bakery/greet: the last good version stays live" in said.out
    told = wakeel("apply", "--json").json()
    assert (told["kept"], told["removed"]) == (["bakery/greet"], [])
    assert told["problems"][0]["file"] == "recipes/greet.yaml"


def test_a_broken_client_keeps_its_recipes_live(wakeel: Wakeel) -> None:
    wakeel("apply")
    (wakeel.workspace / "clients/bakery.yaml").write_text("client: [", "utf-8")
    assert wakeel("apply", "--json").json()["removed"] == []


def test_a_recipe_that_a_client_no_longer_names_is_removed(wakeel: Wakeel) -> None:
    wakeel("apply")
    (wakeel.workspace / "clients/bakery.yaml").write_text(CLIENT.replace("  order: {state: live}\n", ""), "utf-8")
    said = wakeel("apply")
    assert (said.status, said.out) == (0, "removed: bakery/order\n")
