"""A workspace of the playground's chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from connectors.slack.connection import SlackConnection, Workspace, open_client

if TYPE_CHECKING:
    from tests.servers.fakes import FakeChat


def connection_to(chat: FakeChat, token: str = "") -> SlackConnection:
    return SlackConnection(token=SecretStr(token or chat.token), base_url=chat.base_url)


@pytest.fixture
async def workspace(chat: FakeChat) -> AsyncIterator[Workspace]:
    async with open_client(connection_to(chat)) as opened:
        yield opened
    assert chat.refusals == []  # every request was one that Slack's own description knows
