"""A whole workspace: what is right goes on, whatever else is wrong."""

from __future__ import annotations

from time import process_time

import pytest

from tests.language.recipe.office import CLIENT, CONNECTIONS, OFFICE, checked, problems, steps, workspace
from wakeel.language.check import check, check_recipe

GOOD = steps("  - note: x\n")
BAD = steps("  - nothing: x\n")
BETA = CLIENT.replace("acme", "beta").replace("12 Nile street", "far away")
BETA_CONNECTIONS = CONNECTIONS + CONNECTIONS.partition("\n")[2].replace("office", "other").replace("acme", "beta")


def test_a_recipe_without_problems_has_a_plan() -> None:
    found = checked(GOOD)
    assert (list(found.plans), found.problems, found.broken) == (["acme/job"], [], set())


def test_a_wrong_recipe_has_none_and_takes_nothing_else_down() -> None:
    files = {**workspace(GOOD), "recipes/other.yaml": BAD.replace("recipe: job", "recipe: other").encode()}
    found = check(files, OFFICE)
    assert list(found.plans) == ["acme/job"]
    assert found.broken == {"other"}
    assert {problem.place.file for problem in found.problems} == {"recipes/other.yaml"}


def test_a_recipe_that_nobody_uses_is_checked_all_the_same() -> None:
    found = check({"recipes/job.yaml": GOOD.encode(), "recipes/a/other.yaml": BAD.encode()}, OFFICE)
    assert [problem.code for problem in found.problems] == ["W2221", "W2206"]
    assert (found.plans, found.broken) == ({}, {"other"})


def test_each_client_has_a_plan_of_its_own() -> None:
    files = {**workspace(GOOD, connections=BETA_CONNECTIONS), "clients/beta.yaml": BETA.encode()}
    found = check(files, OFFICE)
    assert found.problems == []
    assert {name: plan.starts[0].source for name, plan in found.plans.items()} == {
        "acme/job": "acme-mail/imap.received",
        "beta/job": "beta-mail/imap.received",
    }


def test_what_one_client_lacks_stops_that_client_only() -> None:
    beta = BETA.replace("  slack: beta-slack\n", "")
    files = {
        **workspace(steps("  - slack.post_message: {channel: a, text: b}\n"), connections=BETA_CONNECTIONS),
        "clients/beta.yaml": beta.encode(),
    }
    found = check(files, OFFICE)
    assert (list(found.plans), found.broken) == (["acme/job"], {"beta/job"})


def test_one_fault_of_a_recipe_is_said_once_for_all_clients() -> None:
    files = {**workspace(BAD, connections=BETA_CONNECTIONS), "clients/beta.yaml": BETA.encode()}
    found = check(files, OFFICE)
    assert len(found.problems) == 1
    assert found.broken == {"job", "acme/job", "beta/job"}


def test_a_faulty_client_file_keeps_its_last_good_plans() -> None:
    found = checked(GOOD, CLIENT.replace("Africa/Cairo", "Mars"))
    assert (found.plans, found.broken) == ({}, {"acme/job"})


def test_a_connection_with_a_fault_stops_what_uses_it() -> None:
    files = workspace(
        steps("  - slack.post_message: {channel: a, text: b}\n"),
        connections=CONNECTIONS.replace(
            "{connector: slack, client: acme}", "{connector: slack, client: acme, hots: x}"
        ),
    )
    found = check(files, OFFICE)
    assert {problem.place.file for problem in found.problems} == {"connections.yaml"}
    assert (found.plans, found.broken) == ({}, {"acme/job"})


def test_tests_of_recipes_are_no_recipes() -> None:
    assert checked(GOOD).problems == check({**workspace(GOOD), "recipes/job.test.yaml": b"cases: []"}, OFFICE).problems


def test_files_that_are_no_recipe_say_so_in_words() -> None:
    for data in (b"", b"- a\n", b"hello\n", b"\x89PNG\x00", b"recipe: [\n"):
        assert [problem for problem in check_recipe(data, "recipes/job.yaml", OFFICE) if problem.message("ar")]


def test_an_empty_map_names_all_that_is_missing_at_once() -> None:
    (problem,) = problems("{}\n")
    assert (problem.code, problem.message()) == ("W2202", "The recipe lacks `recipe:`, `format:`, `when:`, `steps:`.")


@pytest.mark.parametrize(
    "line",
    [
        "  - note: ${evnt%d.x}\n",
        "  - note: ${event.x%d | foo}\n",
        "  - slack.pots_mesage%d: {}\n",
        "  - note: {{ x%d }}\n",
    ],
)
def test_a_file_full_of_faults_is_read_no_further_than_anybody_needs(line: str) -> None:
    began = process_time()
    assert len(problems(steps("".join(line % n for n in range(4000))))) <= 20
    assert process_time() - began < 2


def test_a_long_text_full_of_faults_is_read_no_further_than_anybody_needs() -> None:
    began = process_time()
    assert len(problems(steps("  - note: >\n" + "      ${event.subjct}\n" * 4000))) == 20
    assert len(problems(steps("  - set: {a: [" + "a، " * 60_000 + "]}\n"))) == 2
    assert process_time() - began < 2


def test_two_hundred_recipes_are_checked_in_under_two_seconds() -> None:
    body = "".join(
        f"  - trello.create_card:\n      list: a\n      name: '${{event.subject}} {n}'\n    as: card{n}\n"
        f"  - note: '${{card{n}.url}} {n}'\n    if: event.subject != '{n}'\n"
        for n in range(6)
    )
    files = {f"recipes/r{n}.yaml": steps(body).replace("recipe: job", f"recipe: r{n}").encode() for n in range(200)}
    begun = process_time()
    assert check(files, OFFICE).problems == []
    assert process_time() - begun < 2
