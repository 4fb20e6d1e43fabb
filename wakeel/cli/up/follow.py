"""What `up` does all day: apply changed files, tell of runs that start or end, and pass the worker's warnings on."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wakeel.applying import PATTERNS, apply
from wakeel.cli.apply import told
from wakeel.cli.sentences import say
from wakeel.settings import Settings
from wakeel.store import Run, Store, StoreError

EVERY = 1.0  # seconds
SHOWN = {"warning", "error", "critical"}


@dataclass(slots=True)
class Follow:
    """Follows a workspace and the runs of an installation."""

    store: Store
    settings: Settings
    show: Callable[[str], None]
    worker_log: Path
    read: int = 0  # bytes of the worker's log
    seen: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    broken: bool = False
    told: dict[str, str] = field(default_factory=dict[str, str])

    async def until(self, over: asyncio.Event) -> None:
        """Look once a second until told to end."""
        while not over.is_set():
            with contextlib.suppress(StoreError):
                if self.changed():
                    await self.apply()
                await self.tell_runs()
            for line in self.warnings():
                self.show(line)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await over.wait()

    def changed(self) -> bool:
        """Say whether a file of the workspace came, went or was written since the last look."""
        files = {path for pattern in PATTERNS for path in self.settings.workspace.glob(pattern)}
        now: dict[str, tuple[int, int]] = {}
        for path in files:
            with contextlib.suppress(OSError):
                found = path.stat()
                now[str(path)] = (found.st_mtime_ns, found.st_size)
        before, self.seen = self.seen, now
        return before != now

    async def apply(self) -> None:
        """Apply the workspace and say what came of it."""
        outcome = await apply(self.store, self.settings.workspace)
        mended = self.broken and not outcome.problems
        self.broken = bool(outcome.problems)
        for words in (told(outcome, self.settings), say("check.clean", self.settings.language) if mended else ""):
            if words:
                self.show(words)

    async def begin(self) -> None:
        """Apply the workspace, and count the runs of former days as told."""
        self.changed()
        await self.apply()
        self.told = {run.run_id: run.state for run in await self.store.runs.list(limit=50)}

    async def tell_runs(self) -> None:
        """Print a line for each run that started or ended since the last look."""
        for run in reversed(await self.store.runs.list(limit=50)):
            if self.told.get(run.run_id) != run.state:
                self.told[run.run_id] = run.state
                self.show(line(run, self.settings))

    def warnings(self) -> Iterator[str]:
        """Yield what the worker warned of since the last look."""
        new, _, _rest = since(self.worker_log, self.read).rpartition(b"\n")
        self.read += len(new) + bool(new)
        for entry in new.splitlines():
            with contextlib.suppress(ValueError):
                found = json.loads(entry)
                if isinstance(found, dict) and found.get("level") in SHOWN:
                    yield warning(found, self.settings.language)


def since(file: Path, place: int) -> bytes:
    """Return what a file holds behind a place; nothing where it is gone."""
    try:
        with file.open("rb") as opened:
            opened.seek(place)
            return opened.read()
    except OSError:
        return b""


def warning(entry: dict[str, object], language: str) -> str:
    """Return a log line for a terminal."""
    more = {name: value for name, value in entry.items() if name not in {"level", "event", "timestamp"}}
    said = " ".join([str(entry.get("event")), *(f"{name}={value}" for name, value in more.items())])
    return say("up.warning", language, said=said)


def line(run: Run, settings: Settings) -> str:
    """Return one run on one line."""
    state = say(f"state.{run.state}", settings.language)
    took = f"  {run.closed_at - run.started_at:.1f} s" if run.closed_at and run.started_at else ""
    at = time.strftime("%H:%M:%S")
    return f"{at}  {state:10} {run.client}  {run.recipe}{took}  {settings.page}/runs/{run.run_id}"
