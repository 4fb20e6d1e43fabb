"""One process of an installation: started by a test, ended by its own id."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.faults.waiting import until

ROOT = Path(__file__).parents[2]


@dataclass
class Child:
    """A running process and what it says."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def start(cls, name: str, command: Sequence[str], env: Mapping[str, str], log: Path) -> Child:
        """Start a process in the project's folder."""
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=out, stdin=subprocess.DEVNULL
            )
        return cls(name, process, log)

    @property
    def alive(self) -> bool:
        """Say whether the process is there, also one that was stopped."""
        return self.process.poll() is None

    @property
    def asleep(self) -> bool:
        """Say whether the process was stopped by SIGSTOP."""
        return psutil.Process(self.process.pid).status() == psutil.STATUS_STOPPED

    def said(self) -> str:
        """Return what the process has said."""
        return self.log.read_text("utf-8", errors="replace")

    async def says(self, word: str, within: float = 90) -> None:
        """Wait until the process says something."""
        await until(lambda: word in self.said() or not self.alive, f"{self.name} says {word!r}", within)
        assert word in self.said(), f"{self.name} ended ({self.process.returncode}):\n{self.said()[-3000:]}"

    async def dies(self, sign: signal.Signals = signal.SIGKILL, within: float = 90) -> None:
        """Wait until the process was ended by a signal: the crash point was passed."""
        await until(lambda: not self.alive, f"{self.name} dies", within)
        assert self.process.returncode == -sign, f"{self.name} ended otherwise:\n{self.said()[-3000:]}"

    def send(self, sign: signal.Signals) -> None:
        """Send a signal to this process alone."""
        self.process.send_signal(sign)

    def kill(self) -> None:
        """End the process at once, as the kernel does when memory is short."""
        if self.alive:
            self.process.kill()
        self.process.wait(10)
