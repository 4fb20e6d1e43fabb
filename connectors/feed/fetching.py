"""One feed, fetched if it has changed; redirects are followed by hand, each checked like the first address."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.feed.connection import refused
from wakeel.sdk import Rejected

if TYPE_CHECKING:
    from httpx2 import URL, AsyncClient, Response

LARGEST = 5_000_000  # bytes of a decoded body
IN_ALL = 30  # seconds for one feed, whatever it does
HOPS = 3
LONGEST = 500  # characters of a header that is kept
MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A feed as it came."""

    url: str
    body: bytes
    media_type: str
    etag: str
    modified: str


async def fetch(client: AsyncClient, url: str, etag: str, modified: str) -> Fetched | None:
    """Return a feed, or None where it is as it was; raises a connector's word for everything else."""
    headers = {"If-None-Match": etag, "If-Modified-Since": modified}
    given = {name: value for name, value in headers.items() if value}
    async with asyncio.timeout(IN_ALL):
        for _ in range(HOPS + 1):
            answer, body = await exchange(client, checked(client, url), given)
            if answer.status_code not in MOVED or not (to := answer.headers.get("Location")):
                return read(answer, body)
            url = str(answer.url.join(to))
    raise Rejected("the feed's address leads from one address to another for ever")


def checked(client: AsyncClient, url: str) -> URL:
    """Refuse what is no address of a web page."""
    found = client.build_request("GET", url).url
    if found.scheme not in {"http", "https"} or not found.host or found.userinfo:
        raise Rejected("the feed's address is none of a web page")
    return found


async def exchange(client: AsyncClient, url: URL, headers: dict[str, str]) -> tuple[Response, bytes]:
    """Send one request and read its answer, as far as anybody should."""
    body = bytearray()
    async with client.stream("GET", url, headers=headers) as answer:
        async for piece in answer.aiter_bytes():
            body += piece
            if len(body) > LARGEST:
                raise Rejected(f"the feed is larger than {LARGEST // 1_000_000} MB")
    return answer, bytes(body)


def read(answer: Response, body: bytes) -> Fetched | None:
    """Return what an answer brings."""
    if answer.status_code == 304:
        return None
    if answer.status_code != 200:
        raise refused(answer.status_code, answer.headers.get("Retry-After"))
    names = ("Content-Type", "ETag", "Last-Modified")
    kept = (answer.headers.get(name, "")[:LONGEST] for name in names)
    return Fetched(str(answer.url), body, *kept)
