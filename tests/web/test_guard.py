"""Who may read the pages: on this machine, under its own names; outside, whoever the operator lets in."""

from __future__ import annotations

import pytest

from tests.web.conftest import Site
from wakeel.settings import Settings
from wakeel.web.guard import names_of


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost:8700", "[::1]:8700"])
async def test_a_page_answers_under_the_names_of_this_machine(site: Site, name: str) -> None:
    assert (await site.http.get("/", headers={"host": name})).status_code == 200


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "", "[broken"])
async def test_a_page_does_not_answer_under_a_strange_name(site: Site, name: str) -> None:
    assert (await site.http.get("/", headers={"host": name})).status_code == 421


def test_the_public_address_is_a_name_too() -> None:
    assert "wakeel.example" in (names_of(Settings(page="https://wakeel.example/")) or ())


def test_a_page_that_listens_outside_answers_under_every_name() -> None:
    assert names_of(Settings(host="0.0.0.0")) is None
