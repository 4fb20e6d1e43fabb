"""Runs the real command as a person does: another process, its words, its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.process import HOST

ROOT = Path(__file__).parents[2]
NOBODY = f"{HOST}:1"  # no Temporal is there


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Return what it printed as data."""
        return json.loads(self.out)


@dataclass
class Wakeel:
    """The command, on one data folder and one workspace."""

    data: Path
    workspace: Path
    env: dict[str, str] = field(default_factory=lambda: {"TEMPORAL_ADDRESS": NOBODY})

    def __call__(self, *words: str | Path, stdin: str = "", **env: str) -> Said:
        """Run a command to its end."""
        ended = subprocess.run(
            [sys.executable, "-m", "wakeel", *map(str, words)],
            env=self.environment | env,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "Traceback" not in ended.stderr
        return Said(ended.returncode, ended.stdout, ended.stderr)

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables of a command."""
        own = {
            "WAKEEL_DATA": str(self.data),
            "WAKEEL_WORKSPACE": str(self.workspace),
            "WAKEEL_DURABLE": "false",
            "PYTHONPATH": str(ROOT),
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAKEEL_", "TEMPORAL_"))}
        return kept | own | self.env
