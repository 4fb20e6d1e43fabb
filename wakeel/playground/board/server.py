"""Serve the board under /1, as api.trello.com does."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from wakeel.playground.board.routes import ROUTES, Fields, Handler
from wakeel.playground.board.state import Board
from wakeel.playground.descriptions import trello
from wakeel.playground.effects import Effects
from wakeel.playground.faults import Faults
from wakeel.playground.gate import Gate
from wakeel.playground.wire import fields

SIGNED = re.compile(r'oauth_consumer_key="([^"]*)", *oauth_token="([^"]*)"')


class BoardServer:
    """The board, its account and its front door."""

    def __init__(self, effects: Effects | None = None, faults: Faults | None = None) -> None:
        self.key, self.token = secrets.token_hex(16), secrets.token_hex(32)
        self.state = Board(effects if effects is not None else Effects())
        self.gate = Gate(refuse, self._admit, trello(), faults if faults is not None else Faults())

    def app(self) -> web.Application:
        """Return what is mounted at /1."""
        app = web.Application(middlewares=[self.gate.enter])
        for method, path, handler in ROUTES:
            app.router.add_route(method, path, self._route(handler))
        return app

    def _route(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            return web.json_response(handler(self.state, await texts(request)))

        return answer

    def _admit(self, request: web.Request) -> web.Response | None:
        signed = SIGNED.search(request.headers.get("Authorization", ""))
        key, token = signed.groups() if signed else (request.query.get("key"), request.query.get("token"))
        if key != self.key:
            return web.Response(status=401, text="invalid key")
        return None if token == self.token else web.Response(status=401, text="invalid token")


def refuse(status: int, text: str) -> web.Response:
    """Say no in Trello's form."""
    if status == 429:
        return web.json_response({"error": "API_TOKEN_LIMIT_EXCEEDED", "message": "Rate limit exceeded"}, status=429)
    return web.Response(status=status, text=text)


async def texts(request: web.Request) -> Fields:
    """Return all fields as a query would carry them; files stay what they are."""
    sent = {name: as_text(value) for name, value in (await fields(request)).items()}
    return sent | dict(request.match_info)


def as_text(value: Any) -> Any:
    """Return a value of JSON as a query would carry it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(str, value))
    return str(value) if isinstance(value, int | float) else value
