"""What a running `up` tells those who look from outside: which processes, where."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from wakeel.cli.up.lock import is_held

FILE = "up.json"


def write(file: Path, status: dict[str, Any]) -> None:
    """Write a status in one move, so that nobody reads half of it; a playground's passwords are in it."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(status, ensure_ascii=False, indent=2) + "\n", "utf-8")
    draft.replace(file)


def running(data: Path) -> dict[str, Any] | None:
    """Return the status of the `up` that runs on a data folder, or None."""
    if not is_held(data):
        return None
    try:
        status: dict[str, Any] = json.loads((data / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return status
