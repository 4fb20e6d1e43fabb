"""The archive of runs: what the lists and the pages of runs read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wakeel.store.cipher import Cipher, client_key
from wakeel.store.database import Database, Job, ask
from wakeel.store.starts import finishing

ARCHIVE = """
INSERT INTO runs (run_id, client, recipe, version, temporal_run_id, state, closed_at, result)
VALUES ($1, $2, $3, '', $4, $5, $6, $7)
ON CONFLICT (run_id) DO UPDATE SET temporal_run_id = excluded.temporal_run_id, state = excluded.state,
  closed_at = excluded.closed_at, result = COALESCE(excluded.result, runs.result)"""
LIST = """
SELECT run_id, client, recipe, version, event_id, temporal_run_id, state, started_at, closed_at FROM runs
WHERE (CAST($1 AS TEXT) IS NULL OR client = $1) AND (CAST($2 AS TEXT) IS NULL OR recipe = $2)
  AND (CAST($3 AS TEXT) IS NULL OR state = $3)
ORDER BY COALESCE(started_at, closed_at) DESC, run_id LIMIT $4"""
OPEN = "SELECT run_id, started_at FROM runs WHERE closed_at IS NULL ORDER BY started_at"
GET = "SELECT * FROM runs WHERE run_id = $1"


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as Temporal saw it last; `result` is JSON."""

    run_id: str  # {client}/{recipe}/{hash of the event key}
    temporal_run_id: str
    state: str
    closed_at: float | None = None
    result: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Run:
    """A run in the archive; a list leaves `result` out."""

    run_id: str
    client: str
    recipe: str
    version: str
    event_id: int | None
    temporal_run_id: str
    state: str  # "running" until it was archived
    started_at: float | None
    closed_at: float | None
    result: bytes | None = field(default=None, repr=False)


class Runs:
    """Lists runs; `Events.started` begins a run's row, `archive` closes it."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    async def archive(self, rows: Sequence[RunRow]) -> bool:
        """Write closed runs in one commit and release their queues; True where another run may start now."""
        sealed = [self._sealed(row) for row in rows]
        closed = [row.run_id for row in rows if row.closed_at is not None]
        return await self._database.write(archiving(self._database.lock, sealed, closed))

    async def list(
        self, client: str | None = None, recipe: str | None = None, state: str | None = None, limit: int = 50
    ) -> list[Run]:
        """Return runs, newest first."""
        rows = await self._database.read(ask(LIST, client, recipe, state, limit))
        return [Run(**dict(row)) for row in rows]

    async def get(self, run_id: str) -> Run | None:
        """Return one run with its result."""
        rows = await self._database.read(ask(GET, run_id))
        return self._opened(dict(rows[0])) if rows else None

    async def open_ids(self) -> dict[str, float]:
        """Return the runs that were started and not archived as closed, with the moments of their starts."""
        return {row["run_id"]: row["started_at"] for row in await self._database.read(ask(OPEN))}

    def _sealed(self, row: RunRow) -> tuple[Any, ...]:
        client, recipe, *_rest = row.run_id.split("/")
        sealed = None if row.result is None else self._cipher.seal(client_key(client), row.result, row.run_id)
        return row.run_id, client, recipe, row.temporal_run_id, row.state, row.closed_at, sealed

    def _opened(self, row: dict[str, Any]) -> Run:
        sealed = row.pop("result")
        result = None if sealed is None else self._cipher.unseal(client_key(row["client"]), sealed, row["run_id"])
        return Run(result=result, **row)


def archiving(lock: str, sealed: Sequence[tuple[Any, ...]], closed: Sequence[str]) -> Job[bool]:
    """Write the rows, then close what they started."""
    yield ARCHIVE, [*sealed]
    return (yield from finishing(lock, closed))
