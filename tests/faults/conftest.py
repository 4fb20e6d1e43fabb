"""Whole installations, each with services of its own around it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from typing import Protocol

import pytest

from tests.faults.rig import Rig, installation
from tests.faults.world import World
from tests.servers.background import Background
from tests.servers.cluster import Cluster
from tests.servers.dovecot import Dovecot
from tests.servers.fakes import fake_board, fake_chat
from tests.servers.radicale import Radicale
from tests.servers.relay import Relay


class NewRig(Protocol):
    """Makes an installation, on the shared cluster or on one of its own."""

    def __call__(self, own: Cluster | None = None) -> Awaitable[Rig]: ...


@pytest.fixture(scope="session")
async def new_rig(
    tmp_path_factory: pytest.TempPathFactory,
    cluster: Cluster,
    background: Background,
    dovecot: Dovecot,
    relay: Relay,
    radicale: Radicale,
) -> AsyncIterator[NewRig]:
    """Make installations on the shared servers; all are gone when the session ends."""
    async with AsyncExitStack() as stack:

        async def make(own: Cluster | None = None) -> Rig:
            board, chat = stack.enter_context(fake_board(background)), stack.enter_context(fake_chat(background))
            world = World(dovecot.account(), relay, board, chat, radicale, radicale.fresh_calendar())
            return await stack.enter_async_context(installation(tmp_path_factory.mktemp("rig"), own or cluster, world))

        yield make


@pytest.fixture
async def rig(new_rig: NewRig) -> AsyncIterator[Rig]:
    """Give one installation to a test."""
    made = await new_rig()
    yield made
    await made.close()
