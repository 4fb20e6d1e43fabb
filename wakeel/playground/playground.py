"""The whole playground in one process: mailbox, board, chat, calendar, their record, and a page to watch them."""

from __future__ import annotations

import secrets
from contextlib import AsyncExitStack
from typing import Any

from aiohttp import web

from wakeel.playground.board import BoardServer
from wakeel.playground.calendar import CalendarServer
from wakeel.playground.calendar.server import PREFIX as CALDAV
from wakeel.playground.chat import ChatServer
from wakeel.playground.effects import Effects
from wakeel.playground.faults import Faults
from wakeel.playground.look import look_at
from wakeel.playground.mail import Account, MailServer
from wakeel.playground.page import Page
from wakeel.playground.render import Scene
from wakeel.playground.seed import furnish_board, furnish_chat

HOST = "127.0.0.1"
ADDRESS = "mona@example.com"


class Playground:
    """Everything that a recipe needs to be tried without any account; `async with` starts and ends it."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.effects, self.faults = Effects(), Faults()
        self.board = BoardServer(self.effects, self.faults)
        self.chat = ChatServer(self.effects, self.faults)
        self.calendar = CalendarServer(self.effects, self.faults)
        self.mail = MailServer(Account(ADDRESS, secrets.token_hex(8)), self.effects)
        self.places = (*furnish_board(self.board.state), furnish_chat(self.chat.state))
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Playground:
        self._open.callback(self.calendar.close)
        await self._open.enter_async_context(self.mail)
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        self._open.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, HOST, self.port).start()
        self.port = runner.addresses[0][1]
        self.board.state.origin = self.chat.state.origin = self.url
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    @property
    def url(self) -> str:
        """Return the address of the page, without a final slash."""
        return f"http://{HOST}:{self.port}"

    @property
    def status(self) -> dict[str, Any]:
        """Return what a `connections.yaml` needs, and where to look."""
        board, inbox, alerts = (place["id"] for place in self.places)
        mailbox, calendar = self.mail.account, self.calendar
        signed = {"username": calendar.username, "password": calendar.password}
        return {
            "smtp": {"host": HOST, "port": self.mail.smtp_port, "security": "none"},
            "imap": {"host": HOST, "port": self.mail.imap_port, "security": "none"},
            "mailbox": {"address": mailbox.address, "username": mailbox.address, "password": mailbox.password},
            "trello": {"base_url": f"{self.url}/1", "key": self.board.key, "token": self.board.token}
            | {"board": board, "list": inbox},
            "slack": {"base_url": f"{self.url}/api/", "token": self.chat.token, "channel": alerts},
            "caldav": {"url": f"{self.url}{CALDAV}/"} | signed | {"calendar": calendar.calendar},
            "effects": f"{self.url}/effects",
            "page": f"{self.url}/",
        }

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        for prefix, service in (("/1", self.board), ("/api", self.chat), (CALDAV, self.calendar)):
            app.add_subapp(prefix, service.app())
        Page(self._look, ADDRESS, lambda: self.mail.smtp_port).add_to(app)
        app.router.add_get("/effects", self._show_effects)
        app.router.add_get("/_faults", self._show_faults)
        app.router.add_put("/_faults", self._script_faults)
        app.router.add_route("*", "/.well-known/caldav", self._calendar_lives_at)
        return app

    def _look(self) -> Scene:
        return look_at(self.board.state, self.chat.state, self.calendar, self.effects)

    async def _show_effects(self, _request: web.Request) -> web.Response:
        return web.json_response(self.effects.log)

    async def _show_faults(self, _request: web.Request) -> web.Response:
        return web.json_response(self.faults.script())

    async def _script_faults(self, request: web.Request) -> web.Response:
        try:
            self.faults.set_script(await request.json())
        except (TypeError, ValueError) as wrong:
            return web.Response(status=400, text=str(wrong))
        return await self._show_faults(request)

    async def _calendar_lives_at(self, _request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": f"{CALDAV}/"})
