"""A feed on this machine that changes as a test says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from werkzeug import Request, Response

from connectors.feed.connection import FeedConnection, open_client
from connectors.feed.watching import Cursor, NewEntry, new_entry
from tests.connectors.calls import KeptFiles
from wakeel.sdk import Event, Since

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from pytest_httpserver import HTTPServer

    from connectors.feed.reading import Entry

PATH = "/خلاصة.xml"


def rss(*items: str, title: str = "مدونة نور") -> bytes:
    body = f"<title>{title}</title>{''.join(items)}"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{body}</channel></rss>'.encode()


def item(number: int, *, title: str = "", text: str = "نص", guid: bool = True) -> str:
    known = f"<guid>post-{number}</guid>" if guid else ""
    link, when = f"https://example.com/{number}", "Sun, 22 Nov 2026 09:00:00 +0200"
    said = f"<description>{escape(text)}</description><pubDate>{when}</pubDate>"
    return f"<item>{known}<link>{link}</link><title>{escape(title or f'خبر {number}')}</title>{said}</item>"


@dataclass
class Blog:
    """A server with one feed, and a source that reads it; the cursor travels as JSON, as it does in the engine."""

    server: HTTPServer
    client: AsyncClient
    body: bytes = field(default_factory=rss)
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    cursor: Any = None

    @property
    def url(self) -> str:
        return self.server.url_for(PATH)

    def publish(self, items: Sequence[str]) -> None:
        self.body = rss(*items)

    def answer(self, request: Request) -> Response:
        """Answer as a server does that keeps ETags."""
        self.asked.append(dict(request.headers))
        etag = f'"{hash(self.body)}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304)
        return Response(self.body, headers={"ETag": etag, "Content-Type": "application/rss+xml; charset=utf-8"})

    async def look(self, *urls: str, keep: bool = True) -> list[Event[Entry]]:
        first, *rest = urls or (self.url,)
        since = Since(self.client, self.cursor, datetime.now(UTC), KeptFiles(), "nour-feeds")
        assert new_entry.poll is not None
        events, cursor = await new_entry.poll(NewEntry(url=first, urls=rest), since)
        if keep:
            self.cursor = Cursor.model_validate_json(cursor.model_dump_json())
        return events


@pytest.fixture
async def blog(httpserver: HTTPServer) -> AsyncIterator[Blog]:
    async with open_client(FeedConnection(allow_local=True)) as client:
        made = Blog(httpserver, client)
        httpserver.expect_request(PATH).respond_with_handler(made.answer)
        yield made
