"""Child processes that are started again when they die, and end with us however we end."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wakeel.cli.sentences import say

FIRST, SLOWEST = 1.0, 30.0  # seconds until a child that died is started again; the pause doubles
STEADY = 60.0  # seconds of life after which a death counts as the first again
SERVER = "temporal"
PATIENCE = 8.0  # seconds between SIGTERM and SIGKILL
PR_SET_PDEATHSIG = 1  # prctl(2): the kernel ends a child whose parent was killed
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded here: not between fork and exec


@dataclass(slots=True)
class Child:
    """One program that has to run for as long as we do."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    process: asyncio.subprocess.Process | None = None
    deaths: int = 0
    began: float = 0.0

    @property
    def pid(self) -> int:
        """Return the process's id, 0 where it does not run."""
        return self.process.pid if self.process and self.process.returncode is None else 0

    async def start(self) -> None:
        """Start the program in a group of its own, its words going to its log."""
        with self.log.open("ab") as out:
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                env={**os.environ, **self.env},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=dying_with(os.getpid()) if LIBC else None,
            )
        self.began = time.monotonic()

    async def end(self) -> None:
        """End the program's whole group, kindly first."""
        if not self.pid or self.process is None:
            return
        for word in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, word)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self.process.wait()
                    return


@dataclass(slots=True)
class Children:
    """All programs of one `up`."""

    show: Callable[[str], None]
    changed: Callable[[], None]
    language: str = "en"
    running: dict[str, Child] = field(default_factory=dict[str, Child])
    watching: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])

    async def add(self, child: Child) -> None:
        """Start a program and keep it running."""
        await child.start()
        self.running[child.name] = child
        self.watching.append(asyncio.create_task(self.keep(child)))

    async def keep(self, child: Child) -> None:
        """Start a program again whenever it ends."""
        while child.process is not None:
            code = await child.process.wait()
            child.deaths = child.deaths + 1 if time.monotonic() - child.began < STEADY else 1
            pause = min(FIRST * 2 ** (child.deaths - 1), SLOWEST)
            told = {"name": child.name, "code": str(code), "pause": f"{pause:.0f}", "log": str(child.log)}
            self.show(say("up.died", self.language, **told))
            await asyncio.sleep(pause)
            await child.start()
            self.changed()

    async def end(self) -> None:
        """End all programs; the server last, so that calls under way can still be told of."""
        for task in self.watching:
            task.cancel()
        await asyncio.gather(*self.watching, return_exceptions=True)
        server = self.running.pop(SERVER, None)
        await asyncio.gather(*(child.end() for child in self.running.values()))
        if server:
            await server.end()

    def pids(self) -> dict[str, int]:
        """Return the process ids by name."""
        return {name: child.pid for name, child in self.running.items()}


def dying_with(parent: int) -> Callable[[], None]:
    """Return what a child does first: ask the kernel to end it when its parent is killed."""

    def ask() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed before we asked
            os._exit(1)

    return ask
