"""What a running `up` tells those who look from outside: which processes, where."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

FILE = "up.json"


def write(file: Path, status: dict[str, Any]) -> None:
    """Write a status in one move, so that nobody reads half of it."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_text(json.dumps(status, ensure_ascii=False, indent=2) + "\n", "utf-8")
    draft.replace(file)


def running(data: Path) -> dict[str, Any] | None:
    """Return the status of the `up` that runs on a data folder, or None."""
    try:
        status: dict[str, Any] = json.loads((data / FILE).read_text("utf-8"))
        os.kill(int(status["pids"]["up"]), 0)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return status


def free_port(wanted: int) -> int:
    """Return the wanted port, or one that is free where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    msg = "no port is free on 127.0.0.1"
    raise OSError(msg)
