"""Lines that break leave one request and the right word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from connectors.http import Ask, HttpConnection, classify, open_client, request
from tests.connectors.calls import a_call
from wakeel.sdk import ConnectorError, Maybe, Rejected, Unavailable

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw_server(answer: Answer) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Serve by hand: take one request's head, then do as the test says."""
    seen: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        await answer(writer)
        writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", seen


async def cut_at_once(_writer: asyncio.StreamWriter) -> None:
    """Say nothing."""


async def cut_inside(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    await writer.drain()


async def nonsense(writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example.com ESMTP\r\n")
    await writer.drain()


async def word_for(base_url: str, **fields: object) -> ConnectorError:
    async with open_client(HttpConnection(base_url=base_url)) as client:
        with pytest.raises(Exception) as error:  # noqa: PT011 - whatever comes, classify names it
            await request(Ask.model_validate({"url": "x", "method": "POST"} | fields), a_call(client))
    word = classify(error.value)
    assert word is not None
    return word


@pytest.mark.parametrize("answer", [cut_at_once, cut_inside, nonsense])
async def test_a_line_that_breaks_is_uncertain_and_one_request(answer: Answer) -> None:
    async with raw_server(answer) as (url, seen):
        assert isinstance(await word_for(url), Maybe)
    assert len(seen) == 1


async def test_a_port_where_nobody_listens_is_unavailable() -> None:
    assert isinstance(await word_for("http://127.0.0.1:1"), Unavailable)


async def test_a_header_that_cannot_be_sent_is_refused() -> None:
    async with raw_server(cut_at_once) as (url, seen):
        assert isinstance(await word_for(url, headers={"X-A": "a\r\nX-B: b"}), Rejected)
    assert seen == []


def test_an_answer_that_never_ends_is_uncertain() -> None:
    assert isinstance(classify(TimeoutError()), Maybe)
