"""A service that refuses a second call with the same key, and remembers when each first one came."""

from __future__ import annotations

import json
import sys
import time

from aiohttp import web

SEEN: dict[str, tuple[str, float]] = {}  # key -> (name, monotonic time)


async def effect(request: web.Request) -> web.Response:
    """Take one call."""
    key = request.headers["Idempotency-Key"]
    if key in SEEN:
        return web.json_response({"known": True}, status=200)
    SEEN[key] = (json.loads(await request.read())["name"], time.monotonic())
    return web.json_response({"known": False}, status=201)


async def effects(_request: web.Request) -> web.Response:
    """List what came."""
    return web.json_response([{"name": name, "at": at} for name, at in SEEN.values()])


async def clear(_request: web.Request) -> web.Response:
    """Forget what came."""
    SEEN.clear()
    return web.Response()


def main() -> None:
    """Serve on the port given."""
    app = web.Application()
    app.add_routes([web.post("/effects", effect), web.get("/effects", effects), web.delete("/effects", clear)])
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)


if __name__ == "__main__":
    main()
