"""Serve the chat under /api, as slack.com does."""

from __future__ import annotations

import secrets
from typing import Any

from aiohttp import web

from wakeel.playground.chat.methods import METHODS
from wakeel.playground.chat.state import Chat, RefusedError
from wakeel.playground.descriptions import slack
from wakeel.playground.effects import Effects
from wakeel.playground.faults import Faults
from wakeel.playground.gate import Gate
from wakeel.playground.wire import fields


class ChatServer:
    """The chat, its bot and its front door."""

    def __init__(self, effects: Effects | None = None, faults: Faults | None = None) -> None:
        self.token = f"xoxb-{secrets.token_hex(16)}"
        self.state = Chat(effects if effects is not None else Effects())
        self.bot = self.state.add_user("wakeel", "Wakeel", "", bot=True)
        self.gate = Gate(refuse, self._admit, slack(), faults if faults is not None else Faults())

    def app(self) -> web.Application:
        """Return what is mounted at /api."""
        app = web.Application(middlewares=[self.gate.enter])
        app.router.add_route("GET", "/{method}", self._call)
        app.router.add_route("POST", "/{method}", self._call)
        return app

    async def _call(self, request: web.Request) -> web.Response:
        method = METHODS.get(request.match_info["method"])
        if method is None:
            return answered(error="unknown_method")
        try:
            return answered(**method(self.state, self.bot, await fields(request)))
        except RefusedError as refused:
            return answered(error=refused.word)

    def _admit(self, request: web.Request) -> web.Response | None:
        sign = request.headers.get("Authorization", "")
        if not sign:
            return answered(error="not_authed")
        return None if sign == f"Bearer {self.token}" else answered(error="invalid_auth")


def answered(*, error: str | None = None, status: int = 200, **content: Any) -> web.Response:
    """Answer in Slack's form."""
    body = {"ok": True, **content} if error is None else {"ok": False, "error": error, **content}
    return web.json_response(body, status=status)


def refuse(status: int, text: str) -> web.Response:
    """Say no in Slack's form."""
    words = {400: "invalid_arguments", 404: "unknown_method", 429: "ratelimited", 503: "service_unavailable"}
    messages = {"response_metadata": {"messages": [text]}}
    return answered(error=words.get(status, "internal_error"), status=status, **messages)
