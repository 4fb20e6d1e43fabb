"""What goes wrong with Trello comes in the engine's words."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from connectors.trello.cards import create_card
from connectors.trello.connection import TrelloConnection, check, classify, open_client
from connectors.trello.models import CreateCard
from tests.connectors.calls import a_call
from tests.connectors.trello.conftest import connection_to
from wakeel.sdk import AuthError, ConnectorError, Maybe, RateLimited, Rejected, Unavailable

if TYPE_CHECKING:
    from connectors.trello.transport import Account
    from tests.servers.fakes import FakeBoard


async def trouble(account: Account, board: FakeBoard) -> ConnectorError:
    with pytest.raises(Exception) as error:  # noqa: PT011
        await create_card(CreateCard(list=board.list, name="x"), a_call(account))
    if isinstance(error.value, ConnectorError):
        return error.value
    word = classify(error.value)
    assert word is not None
    return word


@pytest.mark.parametrize(
    ("fault", "word"),
    [("429", RateLimited), ("503", Unavailable), ("500", Maybe), ("html", Maybe), ("drop-after-effect", Maybe)],
)
async def test_each_trouble_has_its_word_and_costs_one_request(
    board: FakeBoard, account: Account, fault: str, word: type[ConnectorError]
) -> None:
    board.fault(fault, "POST /1/cards", times=3)  # type: ignore[arg-type]
    assert type(await trouble(account, board)) is word
    assert [str(request) for request in board.requests].count("POST /1/cards") == 1


@pytest.mark.parametrize(("asked", "waits"), [("7", 7), (None, 10), ("soon", 10), ("0", 1), ("99999", 3600)])
async def test_a_wait_is_obeyed_within_reason(
    board: FakeBoard, account: Account, asked: str | None, waits: int
) -> None:
    board.fault("429", "POST /1/cards", retry_after=asked)
    assert (await trouble(account, board)).retry_after == timedelta(seconds=waits)


async def test_a_wrong_token_needs_a_person_and_is_never_told(
    board: FakeBoard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_client(connection_to(board, "a-wrong-token-1234")) as account:
        with pytest.raises(Exception) as error:  # noqa: PT011
            await check(account)
        assert isinstance(classify(error.value), AuthError)
        shown = f"{error.value!r} {classify(error.value)} {account!r} {caplog.text}"
    assert "a-wrong-token-1234" not in shown
    assert board.key not in shown


async def test_a_port_where_nobody_listens_is_unavailable() -> None:
    nowhere = TrelloConnection(key=SecretStr("k"), token=SecretStr("t"), base_url="http://127.0.0.1:1/1")
    async with open_client(nowhere) as account:
        with pytest.raises(Exception) as error:  # noqa: PT011
            await check(account)
    assert isinstance(classify(error.value), Unavailable)


async def test_a_refusal_is_told_in_trellos_words(board: FakeBoard, account: Account) -> None:
    board.state.boards[board.board]["closed"] = True
    wrong = CreateCard(list=board.list, name="x", labels=["e" * 24])
    with pytest.raises(Exception) as error:  # noqa: PT011
        await create_card(wrong, a_call(account))
    refusal = classify(error.value)
    assert isinstance(refusal, Rejected)
    assert str(refusal) == "it does not take this (400): invalid value for idLabels"


async def test_the_account_that_works_passes_its_check(account: Account) -> None:
    await check(account)
