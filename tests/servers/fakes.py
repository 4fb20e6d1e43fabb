"""The playground's board and chat, one fresh pair of accounts and places for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.servers.background import Background
from wakeel.playground.board import Board, BoardServer
from wakeel.playground.chat import Chat, ChatServer
from wakeel.playground.effects import Effects
from wakeel.playground.faults import Fault, Trouble
from wakeel.playground.gate import Gate, Logged
from wakeel.playground.seed import furnish_board, furnish_chat


@dataclass
class FakeService:
    """What the fakes have in common: an address, faults to script, and records to read."""

    base_url: str
    token: str
    gate: Gate
    log: Effects

    def fault(self, kind: Trouble, match: str = "*", times: int = 1, **more: Any) -> None:
        """Script trouble for the next requests that fit, such as `POST /1/cards`; `*` stands for any text."""
        self.gate.faults.add(Fault(kind, match, times, **more))

    def effects(self, kind: str | None = None) -> list[dict[str, Any]]:
        """Return what happened, oldest first: `{"kind", "time", "payload"}`."""
        return [effect for effect in self.log.log if kind in (None, effect["kind"])]

    @property
    def requests(self) -> list[Logged]:
        """Return every request that came in; `str()` of one is `POST /1/cards`."""
        return self.gate.requests

    @property
    def refusals(self) -> list[str]:
        """Return what the vendor's API description would not have; a good connector leaves it empty."""
        return self.gate.refusals


@dataclass
class FakeBoard(FakeService):
    """Trello as the connector sees it; the board is called Nour Bakery, its lists Inbox, Doing and Done."""

    key: str
    state: Board
    board: str
    list: str  # id of the list Inbox
    list_name: str


@dataclass
class FakeChat(FakeService):
    """Slack as the connector sees it: the bot is in #alerts and #general, not in #owners-only."""

    state: Chat
    channel: str  # id of #alerts
    channel_name: str


@contextmanager
def fake_board(background: Background) -> Iterator[FakeBoard]:
    """Serve a new board; `base_url` has no /1, as https://api.trello.com has none."""
    server = BoardServer()
    board, inbox = furnish_board(server.state)
    with background.served(mounted("/1", server.app())) as url:
        places = {"board": board["id"], "list": inbox["id"], "list_name": inbox["name"]}
        yield FakeBoard(url, server.token, server.gate, server.state.effects, server.key, server.state, **places)


@contextmanager
def fake_chat(background: Background) -> Iterator[FakeChat]:
    """Serve a new workspace; `base_url` ends with /api/, as https://slack.com/api/ does."""
    server = ChatServer()
    alerts = furnish_chat(server.state)
    with background.served(mounted("/api", server.app())) as url:
        state, place = server.state, (alerts["id"], f"#{alerts['name']}")
        yield FakeChat(f"{url}/api/", server.token, server.gate, state.effects, state, *place)


def mounted(prefix: str, app: web.Application) -> web.Application:
    """Return an application that serves another one under a prefix."""
    root = web.Application()
    root.add_subapp(prefix, app)
    return root
