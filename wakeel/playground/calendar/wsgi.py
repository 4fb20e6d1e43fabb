"""Let aiohttp serve a WSGI application (PEP 3333), so that the calendar passes the same gate as the board."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from aiohttp import web

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


async def through(application: Wsgi, request: web.Request, prefix: str) -> web.Response:
    """Hand a request to the application, in a thread, and return its answer."""
    environ = environ_of(request, await request.read(), prefix)
    return await asyncio.to_thread(answered, application, environ)


def environ_of(request: web.Request, body: bytes, prefix: str) -> Environ:
    """Return a request in WSGI's form."""
    raw_path, _, query = request.raw_path.partition("?")
    path = unquote_to_bytes(raw_path.removeprefix(prefix)).decode("latin-1")
    environ: Environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": prefix,
        "PATH_INFO": path,
        "QUERY_STRING": query,
    }
    environ |= {"wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http"}
    environ |= {"wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False}
    environ |= {"SERVER_NAME": request.url.host or "", "SERVER_PORT": str(request.url.port), "REMOTE_ADDR": "127.0.0.1"}
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    described = {"CONTENT_TYPE": request.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body))}
    return environ | described | {"SERVER_PROTOCOL": "HTTP/1.1"}


def answered(application: Wsgi, environ: Environ) -> web.Response:
    """Run the application to its end."""
    started: list[tuple[str, list[tuple[str, str]]]] = []
    body = b"".join(application(environ, lambda status, headers, _error=None: started.append((status, headers))))
    [(status, headers)] = started
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    return web.Response(status=int(status.split()[0]), headers=kept, body=body)
