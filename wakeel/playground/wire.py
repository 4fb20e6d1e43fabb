"""Read what a client sent, wherever it put its fields: in the query, a form, several parts or JSON."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from wakeel.playground.description import Sent


async def read(request: web.Request) -> Sent:
    """Read a request for the description; a body of several parts is left for the service to read."""
    body = b"" if request.content_type.startswith("multipart/") else await request.read()
    return Sent(request.method, request.path, list(request.query.items()), list(request.headers.items()), body)


async def fields(request: web.Request) -> dict[str, Any]:
    """Return all fields, but those of JSON that are null."""
    sent: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        data = await request.json() if await request.read() else {}
        return sent | {name: value for name, value in data.items() if value is not None}
    return sent | dict(await request.post())


def names(sent: Sent) -> tuple[str, ...]:
    """Return the names of all fields; of a body that cannot be read, none."""
    try:
        body = sent.fields()
    except ValueError:
        body = {}
    return tuple(sorted({name for name, _ in sent.query} | set(body)))
