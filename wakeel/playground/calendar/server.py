"""Serve Radicale under /caldav, and record every event that it takes or lets go."""

from __future__ import annotations

import json
import secrets
import tempfile
from pathlib import Path
from typing import Any

from aiohttp import web
from radicale import config
from radicale.app import Application

from wakeel.playground.calendar.ics import first_event
from wakeel.playground.calendar.wsgi import through
from wakeel.playground.effects import Effects
from wakeel.playground.faults import Faults
from wakeel.playground.gate import Gate

PREFIX = "/caldav"
METHODS = ("GET", "PUT", "DELETE", "OPTIONS", "PROPFIND", "PROPPATCH", "REPORT", "MKCALENDAR", "MKCOL")
NAME = "Appointments"
CALENDAR = {"tag": "VCALENDAR", "D:displayname": NAME, "C:supported-calendar-component-set": "VEVENT"}


class CalendarServer:
    """One user with one calendar, in a folder that goes when the playground ends."""

    def __init__(self, effects: Effects, faults: Faults) -> None:
        self.username, self.password = "mona", secrets.token_hex(8)
        self.calendar = f"{self.username}/appointments/"  # seen from the prefix
        self.effects, self.gate = effects, Gate(refuse, lambda _request: None, None, faults)
        self.events: dict[str, dict[str, str]] = {}  # by path, as they stand now
        self._folder = tempfile.TemporaryDirectory(prefix="wakeel-calendar-")
        self._radicale = Application(settings(Path(self._folder.name), self.username, self.password))

    def app(self) -> web.Application:
        """Return what is mounted at /caldav."""
        app = web.Application(middlewares=[self.gate.enter])
        for method in METHODS:
            app.router.add_route(method, "/{path:.*}", self._serve)
        return app

    def close(self) -> None:
        """Forget everything."""
        self._folder.cleanup()

    async def _serve(self, request: web.Request) -> web.Response:
        answer = await through(self._radicale, request, PREFIX)
        if answer.status < 300:
            self._note(request.method, request.path, await request.text())
        return answer

    def _note(self, method: str, path: str, body: str) -> None:
        if method == "PUT":
            self.events[path] = first_event(body)
            self.effects.add("caldav.event_put", self.events[path] | {"path": path, "ics": body})
        elif method == "DELETE":
            gone = self.events.pop(path, {"uid": Path(path).stem})
            self.effects.add("caldav.event_deleted", gone | {"path": path})


def settings(folder: Path, username: str, password: str) -> Any:
    """Return Radicale's configuration, with its one user and the calendar that a first look makes."""
    (folder / "users").write_text(f"{username}:{password}\n")
    sign_in = {"type": "htpasswd", "htpasswd_filename": str(folder / "users"), "htpasswd_encryption": "plain"}
    storage = {
        "filesystem_folder": str(folder / "kept"),
        "predefined_collections": json.dumps({"appointments": CALENDAR}),
    }
    made = config.load()
    made.update({"auth": sign_in | {"delay": "0"}, "storage": storage, "logging": {"level": "error"}}, "playground")
    return made


def refuse(status: int, text: str) -> web.Response:
    """Say no as a web server does."""
    return web.Response(status=status, text=text)
