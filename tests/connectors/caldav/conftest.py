"""Fresh calendars: on a real Radicale, and on one behind a gate that loses answers when told to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from connectors.caldav.connection import Caldav, CaldavConnection, open_client
from wakeel.playground.calendar import CalendarServer
from wakeel.playground.calendar.server import PREFIX
from wakeel.playground.effects import Effects
from wakeel.playground.faults import Fault, Faults, Trouble

if TYPE_CHECKING:
    from tests.servers.background import Background
    from tests.servers.radicale import Radicale

STAMP = "DTSTAMP:20261101T000000Z"


@dataclass
class Diary:
    """A calendar on a real server, seen with a client that is not the connector's."""

    server: Radicale
    url: str

    def opened(self, **given: str) -> AbstractAsyncContextManager[Caldav]:
        """Open the connector's client."""
        made = {"url": self.url, "username": self.server.username, "password": self.server.password} | given
        return open_client(CaldavConnection.model_validate(made))

    def put(self, uid: str, *lines: str) -> None:
        """Write an event as another program does."""
        head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", f"UID:{uid}", STAMP)
        body = "\r\n".join([*head, *lines, "END:VEVENT", "END:VCALENDAR", ""])
        self.server.request("PUT", f"{self.url}{uid}.ics", body.encode(), **{"Content-Type": "text/calendar"})

    def text(self) -> str:
        """Return all events, with folded lines put together."""
        return self.server.events(self.url).replace("\r\n ", "")

    def count(self) -> int:
        """Return how many events there are."""
        return self.text().count("BEGIN:VEVENT")


@pytest.fixture
def diary(radicale: Radicale, calendar_url: str) -> Diary:
    """Give a fresh calendar."""
    return Diary(radicale, calendar_url)


@pytest.fixture
async def client(diary: Diary) -> AsyncIterator[Caldav]:
    """Give the connector's client for the fresh calendar."""
    async with diary.opened() as opened:
        yield opened


@dataclass
class Shaky:
    """A calendar that fails on demand."""

    server: CalendarServer
    url: str

    def fault(self, kind: Trouble, match: str, times: int = 1, **more: Any) -> None:
        """Script trouble for the next requests that fit."""
        self.server.gate.faults.add(Fault(kind, match, times, **more))

    def requests(self, method: str) -> int:
        """Count the requests of a kind."""
        return sum(request.method == method for request in self.server.gate.requests)

    def opened(self) -> AbstractAsyncContextManager[Caldav]:
        """Open the connector's client."""
        server = self.server
        return open_client(
            CaldavConnection(url=self.url, username=server.username, password=SecretStr(server.password))
        )


@pytest.fixture
def shaky(background: Background) -> Iterator[Shaky]:
    """Serve a calendar that fails on demand."""
    from aiohttp import web

    server, root = CalendarServer(Effects(), Faults()), web.Application()
    root.add_subapp(PREFIX, server.app())
    with background.served(root) as url:
        yield Shaky(server, f"{url}{PREFIX}/{server.calendar}")
    server.close()
