"""Radicale: the calendars that calendar tests write to, with one fresh calendar for each test."""

from __future__ import annotations

import sys
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.servers.process import HOST, free_port, served

CONFIGURATION = """\
[server]
hosts = {host}:{port}
[auth]
type = htpasswd
htpasswd_filename = users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = collections
[logging]
level = warning
"""


@dataclass(frozen=True)
class Radicale:
    """A running calendar server with one user."""

    url: str  # ends with a slash
    username: str
    password: str

    def fresh_calendar(self) -> str:
        """Make a calendar; return its address, which ends with a slash."""
        url = f"{self.url}{self.username}/{uuid4().hex}/"
        self.request("MKCALENDAR", url)
        return url

    def request(self, method: str, url: str, body: bytes | None = None, **headers: str) -> bytes:
        """Look at or change the calendars with a client that is not the connector's."""
        sign = b64encode(f"{self.username}:{self.password}".encode()).decode()
        request = urllib.request.Request(url, body, headers | {"Authorization": f"Basic {sign}"}, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            return bytes(answer.read())

    def events(self, calendar: str) -> str:
        """Return everything that is in a calendar, as one iCalendar text."""
        return self.request("GET", calendar).decode()


@contextmanager
def radicale_server(folder: Path) -> Iterator[Radicale]:
    """Run Radicale in a folder of its own."""
    folder.mkdir()
    port = free_port()
    (folder / "radicale.ini").write_text(CONFIGURATION.format(host=HOST, port=port))
    (folder / "users").write_text("vera:secret1\n")
    with served([sys.executable, "-m", "radicale", "--config", "radicale.ini"], port, folder):
        yield Radicale(f"http://{HOST}:{port}/", "vera", "secret1")
