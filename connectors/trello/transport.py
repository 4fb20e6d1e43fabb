"""Stands where the package `trello` calls `requests`: one pool for each account, time limits, no retries.

The package's functions are f-strings around module-level `requests.get` and the like, with key and
token in the query. Replacing that name, once for the process, keeps its catalogue of calls and
leaves nothing else of it: the account travels in a context variable, its credentials in a header.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx2
import trello

from wakeel.sdk import Maybe

HOME = "https://trello.com"  # what the package writes before every path
TIMES = httpx2.Timeout(20, connect=5)
THREADS = 8  # calls at once for each account

current: ContextVar[httpx2.Client] = ContextVar("trello_http")
Fields = Mapping[str, Any] | None


class Transport:
    """What the package's modules find under the name `requests`."""

    def get(self, url: str, **fields: Fields) -> httpx2.Response:
        """Read."""
        return send("GET", url, **fields)

    def post(self, url: str, **fields: Fields) -> httpx2.Response:
        """Make."""
        return send("POST", url, **fields)

    def put(self, url: str, **fields: Fields) -> httpx2.Response:
        """Change."""
        return send("PUT", url, **fields)

    def delete(self, url: str, **fields: Fields) -> httpx2.Response:
        """Remove."""
        return send("DELETE", url, **fields)


def send(method: str, url: str, params: Fields = None, data: Fields = None) -> httpx2.Response:
    """Send one request for the account of this context, without the package's own credentials."""
    query = {name: value for name, value in given(params).items() if name not in ("key", "token")}
    path = url.removeprefix(HOME)
    return current.get().request(method, path, params=query or None, data=given(data) or None)


def given(fields: Fields) -> dict[str, Any]:
    """Return the fields that have a value, as Trello spells them."""
    return {name: plain(value) for name, value in (fields or {}).items() if value is not None}


def plain(value: Any) -> Any:
    """Spell yes/no and lists as Trello does."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else value


def install() -> None:
    """Put the transport into every module of the package that calls `requests`."""
    for info in pkgutil.iter_modules(trello.__path__):
        module: Any = importlib.import_module(f"trello.{info.name}")
        if hasattr(module, "requests"):
            module.requests = Transport()


install()


@dataclass
class Account:
    """One account's way to Trello."""

    http: httpx2.Client = field(repr=False)
    threads: ThreadPoolExecutor
    api: Any = field(default_factory=lambda: trello.TrelloApi("", ""))  # knows no credentials
    known: dict[str, Any] = field(default_factory=dict[str, Any])  # boards and lists, for a while

    async def ask(self, call: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        """Make one call of the package in a thread; raises what `classify` knows."""
        context = copy_context()
        context.run(current.set, self.http)
        work = partial(context.run, call, *args, **fields)
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, work)
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise Maybe("the answer was not Trello's") from error

    async def read(self, path: str, **query: Any) -> Any:
        """Read what the package has no function for, or no fields."""
        return await self.ask(read, path, query)


def read(path: str, query: Fields) -> Any:
    """Read from a path below `/1`."""
    return send("GET", f"/1{path}", query).raise_for_status().json()


@contextmanager
def connect(base_url: str, key: str, token: str) -> Iterator[Account]:
    """Open an account's pool; its credentials stand in the header of each request and nowhere else."""
    sign = f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'
    home = base_url.rstrip("/").removesuffix("/1")  # the package's paths begin with /1
    with httpx2.Client(base_url=home, headers={"Authorization": sign}, timeout=TIMES, trust_env=False) as http:
        threads = ThreadPoolExecutor(THREADS, thread_name_prefix="trello")
        try:
            yield Account(http, threads)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
