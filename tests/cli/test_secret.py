"""`wakeel secret`: kept encrypted, listed by name, never shown."""

from __future__ import annotations

import pytest

from tests.cli.commands import Wakeel


@pytest.fixture
def applied(wakeel: Wakeel) -> Wakeel:
    assert wakeel("apply").status == 0
    return wakeel


def test_a_secret_that_nobody_has_set_is_listed_as_missing(applied: Wakeel) -> None:
    assert applied("secret", "list", "--json").json() == [
        {"name": "HOOK", "client": "bakery", "in": "missing", "connections": ["bakery-hook"]}
    ]


def test_a_secret_is_read_from_standard_input_and_never_shown(applied: Wakeel) -> None:
    said = applied("secret", "set", "HOOK", "--client", "bakery", stdin="hunter2\n")
    assert said.status == 0
    listed = applied("secret", "list")
    assert "in the encrypted store" in listed.out
    assert "hunter2" not in said.out + said.err + listed.out


def test_a_variable_is_found_before_the_store(applied: Wakeel) -> None:
    applied("secret", "set", "HOOK", stdin="one")
    assert applied("secret", "list", "--json", WAKEEL_SECRET_HOOK="two").json()[0]["in"] == "variable"


def test_an_empty_value_is_not_kept(applied: Wakeel) -> None:
    said = applied("secret", "set", "HOOK", stdin="")
    assert said.status == 1
    assert said.err.startswith("W5821")


def test_a_name_must_be_one(applied: Wakeel) -> None:
    said = applied("secret", "set", "my hook", stdin="x")
    assert said.status == 1
    assert said.err.startswith("W5914")


def test_a_removed_secret_is_gone(applied: Wakeel) -> None:
    applied("secret", "set", "OLD", stdin="x")
    assert applied("secret", "remove", "OLD").status == 0
    assert applied("secret", "remove", "OLD").err.startswith("W5822")
