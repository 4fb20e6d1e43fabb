"""The door for programs: 202 only for what is kept, and a reason for everything else."""

from __future__ import annotations

import httpx2
import pytest

from tests.cli.office import HOOK_TOKEN
from tests.web.conftest import Site
from wakeel.store.database import ask

HOOK = "/hooks/bakery-hook"
MANY = 2**30  # pages of a database that may grow again


async def post(site: Site, body: bytes, name: str = "", token: str = HOOK_TOKEN, hook: str = HOOK) -> httpx2.Response:
    headers = {"x-wakeel-token": token} | ({"webhook-id": name} if name else {})
    return await site.http.post(hook, content=body, headers=headers)


async def test_a_delivery_is_kept_before_it_is_acknowledged(applied: Site) -> None:
    answer = await post(applied, b'{"number": 7}', "order-7")
    assert (answer.status_code, answer.json()) == (202, {"id": "w:order-7"})
    (kept,) = await applied.store.events.unmatched(9)
    assert (kept.source, kept.client) == ("bakery-hook/webhook.received", "bakery")
    assert kept.value() == {"id": "order-7", "body": {"number": 7}}


async def test_the_same_delivery_is_kept_once(applied: Site) -> None:
    for _ in range(3):
        assert (await post(applied, b'{"number": 7}', "order-7")).status_code == 202
    assert len(await applied.store.events.unmatched(9)) == 1


async def test_another_body_under_a_known_id_is_a_conflict(applied: Site) -> None:
    await post(applied, b'{"number": 7}', "order-7")
    assert (await post(applied, b'{"number": 8}', "order-7")).status_code == 409
    (kept,) = await applied.store.events.unmatched(9)
    assert kept.value()["body"] == {"number": 7}


@pytest.mark.parametrize(
    ("body", "token", "hook", "status"),
    [
        (b"{}", "wrong", HOOK, 401),
        (b"{}", "", HOOK, 401),
        (b"no json", HOOK_TOKEN, HOOK, 400),
        (b"{}", HOOK_TOKEN, "/hooks/nobody", 404),
        (b"{}", HOOK_TOKEN, "/hooks/bakery-shop", 404),
        (b" " * (1024 * 1024 + 1), HOOK_TOKEN, HOOK, 413),
    ],
)
async def test_what_is_not_taken_is_refused_and_not_kept(
    applied: Site, body: bytes, token: str, hook: str, status: int
) -> None:
    answer = await post(applied, body, token=token, hook=hook)
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
    assert await applied.store.events.unmatched(9) == []


async def test_a_body_of_one_mebibyte_is_taken(applied: Site) -> None:
    body = b'{"x": "' + b"y" * (1024 * 1024 - 9) + b'"}'
    assert len(body) == 1024 * 1024
    assert (await post(applied, body)).status_code == 202


async def test_a_missing_secret_lets_nobody_in(applied: Site) -> None:
    await applied.store.secrets.remove("HOOK")
    assert (await post(applied, b"{}", token="")).status_code == 401


async def test_a_full_disk_asks_the_sender_to_come_again(applied: Site) -> None:
    database = applied.store.database
    (pages,) = await database.write(ask("PRAGMA page_count"))
    await database.write(ask(f"PRAGMA max_page_count = {pages[0] + 2}"))
    big = b'{"x": "' + b"y" * 200_000 + b'"}'
    answer = await post(applied, big, "order-7")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    await database.write(ask(f"PRAGMA max_page_count = {MANY}"))
    assert (await post(applied, big, "order-7")).status_code == 202


async def test_a_hook_is_posted_to(applied: Site) -> None:
    assert (await applied.http.get(HOOK)).status_code == 405


async def test_a_hook_answers_under_any_name(applied: Site) -> None:
    headers = {"x-wakeel-token": HOOK_TOKEN, "host": "hooks.shop.example"}
    assert (await applied.http.post(HOOK, content=b"{}", headers=headers)).status_code == 202
