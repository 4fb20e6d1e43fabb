"""Starts everything, tells where it is, and ends it all again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wakeel.cli.sentences import Refused, say
from wakeel.cli.up import demo, summary, temporal
from wakeel.cli.up.children import SERVER, Child, Children
from wakeel.cli.up.ports import free_port, listens
from wakeel.cli.up.status import FILE, write
from wakeel.cli.up.terminal import show
from wakeel.cli.worker import READY
from wakeel.settings import Settings

if TYPE_CHECKING:
    from wakeel.store import Store

PATIENCE = 40.0  # seconds for a child to answer
LOOK = 0.05  # seconds
FIRST_LOOK = 10.0  # seconds for a mail server to answer
NO_TEMPORAL, NOT_UP = "W5807", "W5808"


@dataclass(slots=True)
class Up:
    """One installation on this machine."""

    settings: Settings
    demo: bool
    status_file: Path | None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    env: dict[str, str] = field(default_factory=dict[str, str])
    urls: dict[str, str] = field(default_factory=dict[str, str])
    playground: dict[str, Any] = field(default_factory=dict[str, Any])
    children: Children = field(init=False)

    def __post_init__(self) -> None:
        self.children = Children(show, self.tell, self.settings.language)

    async def run(self) -> None:
        """Run until told to end; raises Refused where something does not come up."""
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, self.over.set)
        (self.data / "logs").mkdir(exist_ok=True, mode=0o700)
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await self.start_all()
        finally:
            await self.children.end()
            for file in self.status_files():
                file.unlink(missing_ok=True)
        show(say("up.ended", self.settings.language))

    async def start_all(self) -> None:
        """Start every child, apply the workspace, then follow it."""
        begun = time.monotonic()
        self.prepare()
        if self.demo:
            await self.start("playground", "-m", "wakeel.playground", "--status", str(self.playground_file))
        port = await self.start_temporal()
        from wakeel.cli.up.follow import Follow, since  # only now: what it imports takes as long as Temporal's start
        from wakeel.runtime import open_store

        async with open_store(self.settings) as store:
            log, before = await self.start_ours()
            if self.demo:
                await self.furnish(store)
            if port:
                await self.ready(SERVER, lambda: listens(port))
            follow = Follow(store, self.settings, show, log, before)
            await follow.begin()
            await self.ready("web", lambda: listens(self.settings.port))
            await self.ready("worker", lambda: READY.encode() in since(log, before))
            await self.listen(store)
            self.tell()
            show(summary.ready(self.settings, self.urls, self.playground, time.monotonic() - begun))
            await follow.until(self.over)

    def prepare(self) -> None:
        """Decide where everything listens, and what the children are told."""
        workspace = self.data / "workspace" if self.demo else self.settings.workspace.resolve()
        port = free_port(self.settings.port)
        page = self.settings.page or f"http://127.0.0.1:{port}"
        changes = {"data": self.data, "workspace": workspace, "port": port, "page": page, "host": "127.0.0.1"}
        if self.demo:
            changes["durable"] = False
            self.playground_file.unlink(missing_ok=True)
        self.settings = self.settings.model_copy(update=changes)
        self.urls |= {"page": f"{page}/", "api": f"{page}/api"}
        self.env |= told_to_children(self.settings)

    async def start_temporal(self) -> int:
        """Start Temporal's server and return its port; 0 where an address says that there is one."""
        if given := os.environ.get("TEMPORAL_ADDRESS"):
            self.urls["temporal"] = given
            return 0
        if temporal.program() is None:
            raise Refused(NO_TEMPORAL)
        port, ui = free_port(7233), free_port(8233)
        self.urls |= {"temporal": f"127.0.0.1:{port}", "temporal_ui": f"http://127.0.0.1:{ui}"}
        os.environ["TEMPORAL_ADDRESS"] = self.urls["temporal"]
        self.env["WAKEEL_TEMPORAL_UI"] = self.urls["temporal_ui"]
        self.settings = self.settings.model_copy(update={"temporal_ui": self.urls["temporal_ui"]})
        command = temporal.command(self.data, port, ui, durable=self.settings.durable)
        await self.children.add(Child(SERVER, command, {}, self.log(SERVER)))
        return port

    async def start_ours(self) -> tuple[Path, int]:
        """Start the worker and the web page; return the worker's log, and where its new lines begin."""
        log = self.log("worker")
        before = log.stat().st_size if log.exists() else 0
        await self.start("worker", "-m", "wakeel", "worker")
        await self.start("web", "-m", "wakeel", "web", "--port", str(self.settings.port))
        return log, before

    async def furnish(self, store: Store) -> None:
        """Put the playground's accounts into the demo's workspace and store."""
        await self.ready("playground", self.playground_file.exists)
        self.playground = demo.read_status(self.playground_file)
        demo.furnish(self.settings.workspace, self.playground)
        for name, value in demo.secrets(self.playground).items():
            await store.secrets.set(name, value, demo.CLIENT)

    async def listen(self, store: Store) -> None:
        """Wait until mail is watched; an account that does not work is the worker's to tell of, and holds nothing up."""
        from wakeel.cli.up.listening import listening
        from wakeel.runtime import connect

        client, until = await connect(), time.monotonic() + FIRST_LOOK
        while not await listening(client, store) and time.monotonic() < until and not self.over.is_set():
            await self.pause()

    async def start(self, name: str, *arguments: str) -> None:
        """Start one of our own processes."""
        await self.children.add(Child(name, [sys.executable, *arguments], self.env, self.log(name)))

    async def ready(self, name: str, answers: Callable[[], bool]) -> None:
        """Wait until a child answers."""
        until = time.monotonic() + PATIENCE
        while not answers():
            if self.over.is_set():
                raise asyncio.CancelledError
            if time.monotonic() > until:
                raise Refused(NOT_UP, name=name, log=str(self.log(name)))
            await self.pause()

    async def pause(self) -> None:
        """Wait a moment, or until told to end."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK):
                await self.over.wait()

    @property
    def data(self) -> Path:
        """The data folder, as an absolute path for the children."""
        return self.settings.data.resolve()

    @property
    def playground_file(self) -> Path:
        """Where the playground writes its addresses."""
        return self.data / "playground.json"

    def log(self, name: str) -> Path:
        """Return a child's log."""
        return self.data / "logs" / f"{name}.log"

    def status_files(self) -> list[Path]:
        """Return where the status is written."""
        return [self.data / FILE, *([self.status_file] if self.status_file else [])]

    def tell(self) -> None:
        """Write the status for those who look from outside."""
        status = {
            "pids": {"up": os.getpid(), **self.children.pids()},
            "urls": self.urls,
            "playground": self.playground,
            "workspace": str(self.settings.workspace),
            "data": str(self.data),
            "durable": self.settings.durable,
        }
        for file in self.status_files():
            write(file, status)


def told_to_children(settings: Settings) -> dict[str, str]:
    """Return the settings as the variables that a child reads."""
    return {
        "WAKEEL_DATA": str(settings.data),
        "WAKEEL_WORKSPACE": str(settings.workspace),
        "WAKEEL_PAGE": settings.page,
        "WAKEEL_DURABLE": str(settings.durable).lower(),
        "WAKEEL_HOST": settings.host,
    }
