"""Temporal's development server, with the settings that one person's machine needs."""

from __future__ import annotations

import shutil
import sysconfig
from pathlib import Path

ATTRIBUTES = ("WakeelClient", "WakeelRecipe", "WakeelWaiting")
DYNAMIC = (
    "history.transferProcessorMaxPollRPS=2000",  # the default makes every dispatch wait up to 50 ms
    "matching.enableFairness=true",
)


def program() -> str | None:
    """Return the server's program: beside the interpreter (extra `local`), or on the path."""
    return shutil.which("temporal", path=sysconfig.get_path("scripts")) or shutil.which("temporal")


def command(data: Path, port: int, ui: int, *, durable: bool) -> list[str]:
    """Return the command; a database without WAL would cost twice the CPU."""
    pragmas = ("journal_mode=wal", f"synchronous={'full' if durable else 'normal'}")
    options = [
        *("--ip", "127.0.0.1", "--port", str(port), "--ui-port", str(ui)),
        *("--db-filename", str(data / "temporal.db"), "--log-level", "error"),
        *(part for pragma in pragmas for part in ("--sqlite-pragma", pragma)),
        *(part for value in DYNAMIC for part in ("--dynamic-config-value", value)),
        *(part for name in ATTRIBUTES for part in ("--search-attribute", f"{name}=Keyword")),
    ]
    return [program() or "temporal", "server", "start-dev", *options]
