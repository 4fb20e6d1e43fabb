"""A real `wakeel up` in the background."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.cli.commands import Wakeel

WITHIN = 60.0  # seconds


@dataclass
class Up:
    """An `up` that is ready."""

    process: subprocess.Popen[bytes]
    wakeel: Wakeel
    file: Path
    words: Path

    @property
    def status(self) -> dict[str, Any]:
        """Return what it wrote for those who look from outside."""
        told: dict[str, Any] = json.loads(self.file.read_text("utf-8"))
        return told

    @property
    def said(self) -> str:
        """Return what it printed so far."""
        return self.words.read_text("utf-8")

    def end(self, sign: signal.Signals) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(sign)
        return self.process.wait(WITHIN)


@contextmanager
def up(wakeel: Wakeel, folder: Path) -> Iterator[Up]:
    """Start everything, wait until it is ready, and see that nothing is left of it."""
    file, words = folder / "status.json", folder / "up.txt"
    env = {name: value for name, value in wakeel.environment.items() if name != "TEMPORAL_ADDRESS"}
    command = [sys.executable, "-m", "wakeel", "up", "--status", str(file)]
    with words.open("wb") as out:
        process = subprocess.Popen(command, env=env, stdout=out, stderr=out)
    made = Up(process, wakeel, file, words)
    try:
        until(lambda: file.exists() or process.poll() is not None)
        assert process.poll() is None, made.said
        yield made
    finally:
        if process.poll() is None:
            made.end(signal.SIGTERM)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    limit = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < limit
        time.sleep(0.05)


def lives(pid: int) -> bool:
    """Say whether a process runs."""
    with contextlib.suppress(psutil.Error):
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    return False


def kill(pid: int) -> None:
    """End a process at once."""
    os.kill(pid, signal.SIGKILL)
