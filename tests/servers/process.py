"""Start a real server for the tests, know when it answers, and end it with all its children."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import STDOUT, Popen

HOST = "127.0.0.1"


def free_port() -> int:
    """Return a port that the operating system says is free."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: Sequence[str], port: int, folder: Path, within: float = 40, **env: str) -> Iterator[Popen[bytes]]:
    """Run a server in its own process group, from its first accepted connection to the end of the block."""
    log = folder / f"{Path(command[0]).name}-{port}.log"
    with log.open("wb") as out:
        process = Popen(command, cwd=folder, stdout=out, stderr=STDOUT, env=os.environ | env, start_new_session=True)
    try:
        wait_until_answered(process, port, within, log)
        yield process
    finally:
        end_group(process)


def as_user(name: str, group: str) -> list[str]:
    """Return what to put before a command that must not run as root; it leaves no process of its own behind."""
    return ["setpriv", "--reuid", name, "--regid", group, "--clear-groups"] if os.geteuid() == 0 else []


def wait_until_answered(process: Popen[bytes], port: int, within: float, log: Path) -> None:
    """Wait for the first accepted connection; say what the server said if it ends before, or comes too late."""
    until = time.monotonic() + within
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=0.5):
            return
        time.sleep(0.02)
    told = log.read_text(errors="replace")[-2000:]
    msg = f"{log.stem} did not answer within {within} s (status {process.poll()}):\n{told}"
    raise RuntimeError(msg)


def end_group(process: Popen[bytes], patience: float = 5) -> None:
    """End a server and its children: ask, wait, then insist. Some hold their port until the last child is gone."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        until = time.monotonic() + patience
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
            while time.monotonic() < until:
                process.poll()
                os.killpg(process.pid, 0)
                time.sleep(0.02)
            continue
        break
    process.wait(patience)
