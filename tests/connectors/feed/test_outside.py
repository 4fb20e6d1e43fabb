"""No address that a recipe or a server gives reaches a machine inside."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from werkzeug import Response

from connectors.feed.connection import FeedConnection, classify, open_client
from connectors.feed.fetching import Fetched, fetch
from tests.connectors.feed.conftest import Blog, rss
from wakeel.sdk import ConnectorError, RateLimited, Rejected, Unavailable
from wakeel.sdk.outside import is_outside, resolve

HOSTS = [
    *(
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "localhost",
        "LOCALHOST",
    ),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]"),
    *("user@127.0.0.1", "127。0。0。1", "１２７.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("100.64.0.1", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[64:ff9b::7f00:1]"),
    *("[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "[fec0::1]"),
]


@asynccontextmanager
async def inside() -> AsyncIterator[tuple[int, list[str]]]:
    """Listen on this machine, and count who comes."""
    seen: list[str] = []

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(str(writer.get_extra_info("peername")))
        writer.transport.abort()

    server = await asyncio.start_server(serve, None, 0, family=socket.AF_INET)
    async with server:
        yield server.sockets[0].getsockname()[1], seen


@pytest.mark.parametrize("host", HOSTS)
async def test_every_way_to_write_an_inside_address_is_refused(host: str) -> None:
    async with inside() as (port, seen), open_client(FeedConnection()) as client:
        with pytest.raises(Exception) as error:  # noqa: PT011 - a host may be one that httpx2 does not take
            await fetch(client, f"http://{host}:{port}/feed", "", "")
        word = error.value if isinstance(error.value, ConnectorError) else classify(error.value)
        assert isinstance(word, Rejected)
    assert seen == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("fe80::1%eth0", False),
        ("192.0.0.192", False),
        ("64:ff9b::808:808", False),
        ("2002:808:808::", False),
        ("203.0.113.7", False),
    ],
)
def test_an_address_is_judged_by_what_it_reaches(address: str, expected: bool) -> None:
    assert is_outside(address) is expected


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "//192.168.1.1/x",
        "file:///etc/passwd",
        "http://user:word@8.8.8.8/",
    ],
)
async def test_a_redirect_inside_is_refused_unsent(blog: Blog, location: str) -> None:
    blog.server.expect_request("/moved").respond_with_response(Response(status=302, headers={"Location": location}))
    with pytest.raises(Rejected, match=r"leads to a machine inside|none of a web page"):
        await fetch(blog.client, blog.server.url_for("/moved"), "", "")


async def test_a_redirect_is_followed_three_times_at_most(blog: Blog) -> None:
    for hop in range(5):
        to = Response(status=301, headers={"Location": f"/hop/{hop + 1}" if hop < 4 else blog.url})
        blog.server.expect_request(f"/hop/{hop}").respond_with_response(to)
    found = await fetch(blog.client, blog.server.url_for("/hop/2"), "", "")
    assert isinstance(found, Fetched)
    assert found.body == rss()
    with pytest.raises(Rejected, match="for ever"):
        await fetch(blog.client, blog.server.url_for("/hop/0"), "", "")


class Resolver(asyncio.SelectorEventLoop):
    """An event loop with a name server of its own, which says something else each time."""

    def __init__(self, *answers: list[str]) -> None:
        super().__init__()
        self.answers, self.asked = list(answers), list[str]()

    async def getaddrinfo(self, host: Any, port: Any, **_more: Any) -> Any:
        self.asked.append(str(host))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in self.answers.pop(0)]


async def in_loop(loop: Resolver, url: str) -> Any:
    """Fetch an address in a loop of its own."""

    async def go() -> Any:
        async with open_client(FeedConnection(allow_local=True)) as client:
            return await fetch(client, url, "", "")

    def run() -> Any:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(go())

    return await asyncio.to_thread(run)


async def test_a_name_that_is_outside_first_and_inside_later_is_asked_for_once(blog: Blog) -> None:
    loop = Resolver(["127.0.0.1"], ["10.0.0.1"])
    found = await in_loop(loop, f"http://feed.example:{blog.server.port}/{blog.url.rpartition('/')[2]}")
    assert found.body == rss()
    assert loop.asked == ["feed.example"]
    assert blog.asked[-1]["Host"] == f"feed.example:{blog.server.port}"


async def test_a_name_with_one_address_inside_is_refused_whole(blog: Blog) -> None:
    with pytest.raises(Rejected, match="inside"):
        await in_loop(Resolver(["127.0.0.1", "10.0.0.1"]), f"http://feed.example:{blog.server.port}/x")
    assert blog.asked == []


async def test_a_host_that_cannot_be_looked_up_is_refused() -> None:
    with pytest.raises(Rejected, match="no host"):
        await resolve("a" * 300, 80)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (401, Rejected),
        (403, Rejected),
        (404, Rejected),
        (410, Rejected),
        (400, Rejected),
        (429, RateLimited),
        (500, Unavailable),
        (503, Unavailable),
    ],
)
async def test_each_status_has_its_word(blog: Blog, status: int, word: type[ConnectorError]) -> None:
    blog.server.expect_request("/x").respond_with_data("no", status=status, headers={"Retry-After": "120"})
    with pytest.raises(word) as error:
        await fetch(blog.client, blog.server.url_for("/x?token=secret"), "", "")
    assert type(error.value) is word
    assert "secret" not in str(error.value)
    assert (error.value.retry_after is not None) == (status in {429, 500, 503})


async def test_a_bomb_is_stopped(blog: Blog) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    blog.server.expect_request("/x").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(Rejected, match="larger than 5 MB"):
        await fetch(blog.client, blog.server.url_for("/x"), "", "")


async def test_a_line_that_breaks_is_only_away() -> None:
    async with inside() as (port, seen), open_client(FeedConnection(allow_local=True)) as client:
        with pytest.raises(Exception) as error:  # noqa: PT011 - whatever comes, classify names it
            await fetch(client, f"http://127.0.0.1:{port}/", "", "")
        assert isinstance(classify(error.value), Unavailable)
        assert len(seen) == 1
        with pytest.raises(Exception) as error:  # noqa: PT011
            await fetch(client, "http://127.0.0.1:1/", "", "")
        assert isinstance(classify(error.value), Unavailable)
