"""The front door that every service of the playground has: log, faults, sign-in, description, then the service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Handler

from wakeel.playground.description import ApiDescription, Sent
from wakeel.playground.faults import Fault, Faults
from wakeel.playground.wire import names, read

Refuse = Callable[[int, str], web.Response]
PAGE = "<!doctype html><title>Maintenance</title><p>We will be back soon.</p>"
STATUS = {"429": 429, "500": 500, "503": 503}


@dataclass(frozen=True)
class Logged:
    """A request that came in; values of query and body are left out, as they may be secrets."""

    method: str
    path: str
    names: tuple[str, ...]  # of query, form and JSON fields

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass
class Gate:
    """What stands between the network and one service."""

    refuse: Refuse  # says no in the service's own form
    admit: Callable[[web.Request], web.Response | None]  # the answer for those who are not signed in
    description: ApiDescription | None = None
    faults: Faults = field(default_factory=Faults)
    requests: list[Logged] = field(default_factory=list[Logged])
    refusals: list[str] = field(default_factory=list[str])  # what the vendor's description would not have

    @web.middleware
    async def enter(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a request in, step by step; aiohttp calls this for each."""
        sent = await read(request)
        self.requests.append(Logged(sent.method, sent.path, names(sent)))
        fault = self.faults.take(sent.method, sent.path)
        if fault and (instead := self._instead(fault, request)):
            return instead
        refused = self.admit(request) or self._unlike_the_description(sent)
        answer = refused or await self._served(request, handler)
        return await spoilt(answer, fault, request) if fault else answer

    async def _served(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as refused:
            return self.refuse(refused.status, refused.text or refused.reason)

    def _unlike_the_description(self, sent: Sent) -> web.Response | None:
        problem = self.description.problem(sent) if self.description else None
        if problem is None:
            return None
        self.refusals.append(f"{sent.method} {sent.path}: {problem}")
        return self.refuse(400, problem)

    def _instead(self, fault: Fault, request: web.Request) -> web.Response | None:
        """Answer without any effect, where the fault is of that kind."""
        match fault.kind:
            case "reset-before":
                abort(request)
                return web.Response()
            case "html":
                return web.Response(text=PAGE, content_type="text/html")
            case "429" | "500" | "503":
                answer = self.refuse(STATUS[fault.kind], f"scripted {fault.kind}")
                if fault.kind == "429" and fault.retry_after is not None:
                    answer.headers["Retry-After"] = fault.retry_after
                return answer
        return None


async def spoilt(answer: web.StreamResponse, fault: Fault, request: web.Request) -> web.StreamResponse:
    """Lose or delay the answer to a request that has had its effect."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    else:
        abort(request)
    return answer


def abort(request: web.Request) -> None:
    """Reset the connection, as a server does that dies."""
    if request.transport is not None:
        request.transport.abort()
