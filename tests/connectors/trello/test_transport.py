"""The package `trello` goes through our transport and nothing else."""

from __future__ import annotations

import asyncio
import importlib
import json
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest
import trello
from pydantic import SecretStr
from werkzeug import Request, Response

from connectors.trello.connection import TrelloConnection, open_client
from connectors.trello.models import CreateCard
from connectors.trello.places import member_id
from connectors.trello.transport import Transport, plain
from wakeel.sdk import Rejected

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer


def test_every_module_that_calls_requests_was_replaced() -> None:
    modules = [importlib.import_module(f"trello.{info.name}") for info in pkgutil.iter_modules(trello.__path__)]
    replaced = [module for module in modules if hasattr(module, "requests")]
    assert len(replaced) == 14
    assert all(isinstance(module.requests, Transport) for module in replaced)


@pytest.mark.parametrize(("value", "sent"), [(True, "true"), (["a", "b"], "a,b"), ((), ""), ("x", "x"), (7, 7)])
def test_values_are_spelt_as_trello_does(value: Any, sent: Any) -> None:
    assert plain(value) == sent


def signed_by(request: Request) -> Response:
    return Response(json.dumps(request.headers["Authorization"]))


def connection(server: HTTPServer, name: str) -> TrelloConnection:
    return TrelloConnection(
        key=SecretStr(f"key-{name}"), token=SecretStr(f"token-{name}"), base_url=server.url_for("/1")
    )


async def test_two_accounts_at_once_each_send_their_own_header(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/1/members/me/boards").respond_with_handler(signed_by)
    async with open_client(connection(httpserver, "a")) as a, open_client(connection(httpserver, "b")) as b:
        asked = [account.ask(account.api.members.get_board, "me") for account in (a, b) * 5]
        answers = await asyncio.gather(*asked)
    assert answers == [f'OAuth oauth_consumer_key="key-{n}", oauth_token="token-{n}"' for n in ("a", "b") * 5]


async def test_no_credential_stands_in_a_query(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/1/members/me").respond_with_json({})
    async with open_client(connection(httpserver, "a")) as account:
        await account.ask(account.api.members.get, "me", fields="username")
    [(request, _)] = httpserver.log
    assert request.query_string == b"fields=username"


async def test_members_are_found_by_name(httpserver: HTTPServer) -> None:
    people = [
        {"id": "a" * 24, "username": "mona", "fullName": "Mona Ali"},
        {"id": "b" * 24, "username": "nour2", "fullName": "نور"},
        {"id": "c" * 24, "username": "nour3", "fullName": "نور"},
    ]
    httpserver.expect_request(f"/1/boards/{'d' * 24}/members").respond_with_json(people)
    async with open_client(connection(httpserver, "a")) as account:
        assert await member_id(account, "d" * 24, "@Mona") == "a" * 24
        assert await member_id(account, "d" * 24, "mona ali") == "a" * 24
        with pytest.raises(Rejected, match="may be any of: @nour2, @nour3"):
            await member_id(account, "d" * 24, "نور")
        with pytest.raises(Rejected, match="nobody on this board"):
            await member_id(account, "d" * 24, "sami")


def test_a_date_alone_stays_a_date() -> None:
    card = CreateCard.model_validate({"list": "x", "name": "x", "due": "2026-11-22"})
    assert type(card.due).__name__ == "date"
