"""What `up` does all day: apply changed files, and print a line for each run that starts or ends."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from wakeel.applying import PATTERNS, Outcome, apply
from wakeel.cli.problems import printed
from wakeel.store import Run, Store, StoreError

EVERY = 1.0  # seconds


@dataclass(slots=True)
class Follow:
    """Follows a workspace and the runs of an installation."""

    store: Store
    workspace: Path
    say: Callable[[str], None]
    seen: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    told: dict[str, str] = field(default_factory=dict[str, str])

    async def until(self, over: asyncio.Event) -> None:
        """Look once a second until told to end."""
        while not over.is_set():
            if self.changed():
                await self.apply()
            with contextlib.suppress(StoreError):
                await self.tell_runs()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await over.wait()

    def changed(self) -> bool:
        """Say whether a file of the workspace came, went or was written since the last look."""
        files = {path for pattern in PATTERNS for path in self.workspace.glob(pattern)}
        now: dict[str, tuple[int, int]] = {}
        for path in files:
            with contextlib.suppress(OSError):
                found = path.stat()
                now[str(path)] = (found.st_mtime_ns, found.st_size)
        before, self.seen = self.seen, now
        return before != now

    async def apply(self, *, first: bool = False) -> None:
        """Apply the workspace and say what came of it."""
        if first:
            self.changed()
        outcome = await apply(self.store, self.workspace)
        for line in lines(outcome, self.workspace):
            self.say(line)

    async def tell_runs(self) -> None:
        """Print a line for each run that started or ended since the last look."""
        for run in reversed(await self.store.runs.list(limit=50)):
            if self.told.get(run.run_id) != run.state:
                self.told[run.run_id] = run.state
                self.say(line(run))


def lines(outcome: Outcome, workspace: Path) -> list[str]:
    """Return what an apply did, a line each."""
    applied = outcome.applied
    told = [
        f"{word}: {', '.join(names)}"
        for word, names in (("added", applied.added), ("changed", applied.changed), ("removed", applied.removed))
        if names
    ]
    told += [printed(problem, workspace) for problem in outcome.problems]
    told += [f"{name}: the last good version stays live" for name in outcome.kept]
    return told


def line(run: Run) -> str:
    """Return one run on one line."""
    took = f" after {run.closed_at - run.started_at:.1f} s" if run.closed_at and run.started_at else ""
    return f"{run.state:10} {run.client}  {run.recipe}  {run.run_id.rpartition('/')[2]}{took}"
