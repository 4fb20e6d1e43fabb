"""An account of the playground's board."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from connectors.trello.connection import TrelloConnection, open_client

if TYPE_CHECKING:
    from connectors.trello.transport import Account
    from tests.servers.fakes import FakeBoard


def connection_to(board: FakeBoard, token: str = "") -> TrelloConnection:
    return TrelloConnection(
        key=SecretStr(board.key), token=SecretStr(token or board.token), base_url=f"{board.base_url}/1"
    )


@pytest.fixture
async def account(board: FakeBoard) -> AsyncIterator[Account]:
    async with open_client(connection_to(board)) as opened:
        yield opened
    assert board.refusals == []  # every request was one that Trello's own description knows
