"""An account is opened when it is first used, again when it changed, and belongs to one client."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from tests.activities.conftest import Desk, Service, accounts
from wakeel.sdk import AuthError, Rejected
from wakeel.store import Store


async def test_calls_at_once_share_one_client(desk: Desk, service: Service) -> None:
    await asyncio.gather(*(desk.call("read") for _ in range(5)))
    assert len(service.opened) == 1
    assert service.opened[0].token.get_secret_value() == "word"
    await desk.clients.close()
    assert service.closed == 1


@pytest.mark.parametrize("connection", ["bright-trial", "no-such"])
async def test_another_clients_account_is_refused_unopened(desk: Desk, service: Service, connection: str) -> None:
    failure = await desk.fails("keyed", connection=connection)
    assert (failure.type, failure.details, failure.non_retryable) == ("Rejected", ("W5007",), True)
    assert (service.opened, service.calls, await desk.row()) == ([], [], None)


async def test_a_shared_account_serves_every_client(desk: Desk) -> None:
    assert (await desk.call("read", connection="shared-trial", client="bright"))["n"] == 1


async def test_a_missing_secret_makes_the_run_wait_until_it_is_set(desk: Desk, service: Service, store: Store) -> None:
    await accounts(store, "2", {"token": "secret://LATER"})
    failure = await desk.fails("keyed")
    assert (failure.type, failure.details) == ("AuthError", ("W5009",))
    assert "LATER" in failure.message
    assert (service.opened, await desk.row()) == ([], None)
    await store.secrets.set("LATER", "found", client="nour")
    await desk.call("keyed")
    assert service.opened[0].token.get_secret_value() == "found"


async def test_a_secret_of_another_client_is_not_lent(desk: Desk, service: Service, store: Store) -> None:
    await store.secrets.set("THEIRS", "word-7f3a9c", client="bright")
    await accounts(store, "2", {"token": "secret://THEIRS"})
    failure = await desk.fails("read")
    assert (failure.type, failure.details) == ("AuthError", ("W5009",))
    assert "7f3a9c" not in failure.message
    assert service.opened == []


@pytest.mark.parametrize("fields", [{}, {"token": "secret://TOKEN", "port": "1"}, {"token": "secret://not a name"}])
async def test_settings_that_cannot_be_read_need_a_person(
    desk: Desk, service: Service, store: Store, fields: dict[str, str]
) -> None:
    await accounts(store, "2", fields or {"host": "there"})
    failure = await desk.fails("read")
    assert failure.type == "AuthError"
    assert service.opened == []


async def test_a_changed_account_is_opened_anew(desk: Desk, service: Service, store: Store) -> None:
    await desk.call("read")
    await accounts(store, "2", {"token": "secret://TOKEN", "host": "there"})
    await desk.call("read")
    await desk.call("read")
    assert [connection.host for connection in service.opened] == ["here", "there"]
    assert service.closed == 1


async def test_an_old_client_lives_until_its_last_call_is_over(desk: Desk, service: Service, store: Store) -> None:
    at_work, go_on = asyncio.Event(), asyncio.Event()

    async def long(_args: object, _call: object) -> None:
        at_work.set()
        await go_on.wait()

    service.script = [long]
    old = asyncio.create_task(desk.call("read"))
    await at_work.wait()
    await accounts(store, "2")
    other = Desk(store, service)
    other.clients = desk.clients
    await other.call("read")
    assert (len(service.opened), service.closed) == (2, 0)
    go_on.set()
    await old
    assert service.closed == 1


async def test_after_a_refused_login_the_account_is_opened_anew(desk: Desk, service: Service) -> None:
    service.script = [AuthError("expired")]
    await desk.fails("keyed")
    await desk.call("keyed")
    assert (len(service.opened), service.closed) == (2, 1)


async def test_an_account_that_cannot_be_opened_leaves_no_doubt(desk: Desk, service: Service) -> None:
    service.opening = OSError("no route")
    with capture_logs() as logs:
        failure = await desk.fails("once")
    assert (failure.type, failure.non_retryable) == ("Unavailable", False)
    assert [line["doing"] for line in logs] == ["open"]
    assert await desk.row() is None
    service.opening = None
    assert (await desk.call("once"))["n"] == 1


async def test_what_the_connector_says_of_an_opening_stands(desk: Desk, service: Service) -> None:
    service.opening = Rejected("no such calendar")
    assert (await desk.fails("once")).type == "Rejected"


async def test_a_goodbye_that_fails_harms_no_call(desk: Desk, service: Service, store: Store) -> None:
    service.closing = OSError("gone")
    await desk.call("keyed")
    await accounts(store, "2")
    assert (await desk.call("keyed", key="nour/triage/1a2b/steps/1"))["n"] == 2
    await desk.clients.close()
    assert service.closed == 2
