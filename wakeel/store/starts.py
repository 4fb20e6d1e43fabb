"""The door's second table: which activation an event starts, and when it may.

A row *pending* may be claimed from `due` on; a claim moves `due` to the end of its lease. A row
that waits behind another of its queue is parked: `due` lies beyond all times until the one before
it ends. The first claim holds the queue (`tries` > 0), also while its dispatcher is dead.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from wakeel.store.arrivals import Unmatched, about
from wakeel.store.cipher import Cipher, client_key
from wakeel.store.database import QUEUES, Database, Job, ask

AT_ONCE, PARKED = 0.0, 1e12
Lease = tuple[float, str | None, int]  # due, owner, tries
FREE: Lease = (AT_ONCE, None, 0)

MATCHED = "UPDATE events SET matched = $2 WHERE id = $1 AND matched IS NULL RETURNING source, key, client, data"
MATCH = """
INSERT INTO matches (event_id, activation, version, start, run_id, queue_key, state, reason, data, due, owner, tries)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id"""
EMPTY = "UPDATE events SET data = $2 WHERE id = $1"
RUNS_OF = "SELECT run_id FROM matches WHERE event_id = $1 AND state <> 'skipped' ORDER BY id"
MATCHES_OF = """
SELECT m.run_id, m.state, m.reason FROM events e LEFT JOIN matches m ON m.event_id = e.id
WHERE e.id = $1 AND e.matched IS NOT NULL ORDER BY m.id"""

ANY_DUE = "SELECT 1 FROM matches WHERE state = 'pending' AND due <= $1 LIMIT 1"
DUE = """
SELECT m.*, e.source, e.key, e.client, e.data AS event_data, e.received, e.occurred,
  (m.queue_key IS NOT NULL AND m.tries = 0 AND EXISTS (
    SELECT 1 FROM matches o WHERE o.activation = m.activation AND o.queue_key = m.queue_key
      AND o.state IN ('pending', 'started') AND o.id <> m.id AND (o.id < m.id OR o.tries > 0))) AS behind
FROM matches m JOIN events e ON e.id = m.event_id
WHERE m.state = 'pending' AND m.due <= $1 ORDER BY m.due, m.id LIMIT $2"""
LEASE = "UPDATE matches SET due = $2, owner = $3, tries = tries + 1 WHERE id = $1 AND state = 'pending'"
PARK = "UPDATE matches SET due = $2 WHERE id = $1 AND state = 'pending'"

STARTED = """
UPDATE matches SET state = CASE state WHEN 'pending' THEN 'started' ELSE state END
WHERE id = $1 RETURNING event_id, activation, version, run_id"""
RUN = """
INSERT INTO runs (run_id, client, recipe, version, event_id, temporal_run_id, state, started_at)
VALUES ($1, $2, $3, $4, $5, $6, 'running', $7)
ON CONFLICT (run_id) DO UPDATE SET version = excluded.version, event_id = excluded.event_id,
  started_at = COALESCE(runs.started_at, excluded.started_at)"""
FAILED = "UPDATE matches SET due = $3, reason = $2 WHERE id = $1 AND state = 'pending'"
FINISH = """
UPDATE matches SET state = 'finished' WHERE run_id = $1 AND state IN ('pending', 'started')
RETURNING activation, queue_key"""
RELEASE = """
UPDATE matches SET due = $3 WHERE due = $4 AND id = (
  SELECT MIN(id) FROM matches WHERE activation = $1 AND queue_key = $2 AND state = 'pending') RETURNING id"""
WAITING_BEHIND = """
SELECT DISTINCT m.run_id FROM matches o JOIN matches m
  ON m.activation = o.activation AND m.queue_key = o.queue_key AND m.state = 'started'
WHERE o.queue_key IS NOT NULL AND o.state = 'pending' AND o.id <> m.id"""

OF_DUE = (
    *("id", "event_id", "activation", "version", "start", "run_id", "queue_key"),
    *("source", "key", "received", "occurred"),
)


@dataclass(frozen=True, slots=True)
class Match:
    """One activation that an event fits."""

    activation: str
    version: str  # of its plan, at the moment of the match
    run_id: str
    start: int | None = None  # which of the plan's starts; None: by hand
    queue_key: str | None = None  # one at a time for each (activation, queue key)
    state: Literal["pending", "skipped"] = "pending"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """What an event was to one activation."""

    run_id: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """A run to start now, with its event decrypted."""

    id: int
    event_id: int
    activation: str
    version: str
    start: int | None
    run_id: str
    queue_key: str | None
    source: str
    key: str
    data: bytes = field(repr=False)
    received: float
    occurred: float | None
    tries: int  # how often it was claimed, this time included

    def value(self) -> Any:
        """Return the event's data."""
        return json.loads(self.data)


class Starts:
    """Says which runs are to be started, each by one dispatcher at a time."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    async def matched(self, event_id: int, rows: Sequence[Match]) -> bool:
        """Write what an event starts, once; False where another process did it before.

        A run id that is taken by an earlier event is skipped with the reason `seen`.
        """
        return await self._database.write(self._matching(event_id, rows, None)) is not None

    async def take(self, event: Unmatched, rows: Sequence[Match], owner: str, until: float) -> list[Due]:
        """Write what an event starts and take what may start at once, leased until a moment: one commit, not two.

        What waits in a queue is left to `claim_due`, which knows who is first.
        """
        taken = await self._database.write(self._matching(event.id, rows, (until, owner, 1))) or []
        return [due_of(event, row, id_) for row, id_ in taken]

    async def runs_of(self, event_id: int) -> list[str]:
        """Return the ids of the runs that an event started or will start."""
        return [row["run_id"] for row in await self._database.read(ask(RUNS_OF, event_id))]

    async def matches_of(self, event_id: int) -> list[Matched] | None:
        """Return what came of an event, one for each activation that it fits; None: nobody has matched it yet."""
        rows = await self._database.read(ask(MATCHES_OF, event_id))
        return [Matched(**dict(row)) for row in rows if row["run_id"] is not None] if rows else None

    async def claim_due(self, owner: str, limit: int, *, now: float, lease: float) -> list[Due]:
        """Take runs that may start now; after `lease` seconds without a word another may take them."""
        if not await self._database.read(ask(ANY_DUE, now)):
            return []
        rows = await self._database.write(claiming(self._database.lock, owner, limit, now, now + lease))
        return [self._due(row) for row in rows]

    async def started(self, match_id: int, temporal_run_id: str) -> None:
        """Write that a run was started, or that it had been."""
        await self._database.write(starting(match_id, temporal_run_id, time.time()))

    async def failed_start(self, match_id: int, reason: str, retry_at: float) -> None:
        """Write why a run could not be started, and when to try again."""
        await self._database.write(ask(FAILED, match_id, reason, retry_at), atomic=False)

    async def finished(self, run_id: str) -> bool:
        """Write that a run is over; True where the next one of its queue may start now."""
        return await self._database.write(finishing(self._database.lock, [run_id]))

    async def waiting_behind(self) -> list[str]:
        """Return the ids of the runs under way that others wait for."""
        return [row["run_id"] for row in await self._database.read(ask(WAITING_BEHIND))]

    def _matching(
        self, event_id: int, rows: Sequence[Match], claim: Lease | None
    ) -> Job[list[tuple[Match, int]] | None]:
        if not (found := (yield MATCHED, (event_id, time.time()))):
            return None
        event, taken = found[0], list[tuple[Match, int]]()
        shared = self._opened(event) if event["client"] is None else None
        for row in rows:
            data = self._for_client(row, event, shared)
            mine = claim if row.state == "pending" and row.queue_key is None else None
            if written := (yield MATCH, (event_id, *values(row, row.state, row.reason), data, *(mine or FREE))):
                taken += [(row, written[0]["id"])] if mine else []
            else:
                yield MATCH, (event_id, *values(row, "skipped", "seen"), None, *FREE)
        if shared is not None and any(row.state == "pending" for row in rows):
            yield EMPTY, (event_id, None)  # each client has its own copy now
        return taken

    def _for_client(self, row: Match, event: Any, shared: bytes | None) -> bytes | None:
        if shared is None or row.state == "skipped":
            return None
        return self._cipher.seal(client_key(client_of(row.activation)), shared, about(event["source"], event["key"]))

    def _opened(self, event: Any) -> bytes:
        return self._cipher.unseal(client_key(None), event["data"], about(event["source"], event["key"]))

    def _due(self, row: Any) -> Due:
        own = row["data"] is not None
        client, sealed = (client_of(row["activation"]), row["data"]) if own else (row["client"], row["event_data"])
        data = self._cipher.unseal(client_key(client), sealed, about(row["source"], row["key"]))
        return Due(data=data, tries=row["tries"] + 1, **{name: row[name] for name in OF_DUE})


def claiming(lock: str, owner: str, limit: int, now: float, until: float) -> Job[list[Any]]:
    """Lease rows that may start, and park those that wait behind another."""
    yield lock, (QUEUES,)
    taken: list[Any] = []
    while len(taken) < limit and (found := (yield DUE, (now, limit - len(taken)))):
        yield PARK, [(row["id"], PARKED) for row in found if row["behind"]]
        free = [row for row in found if not row["behind"]]
        yield LEASE, [(row["id"], until, owner) for row in free]
        taken += free
    return taken


def starting(match_id: int, temporal_run_id: str, now: float) -> Job[None]:
    """Mark the row and begin the run's line in the archive; the run may be over already."""
    for row in (yield STARTED, (match_id,)):
        client, recipe = row["activation"].split("/", 1)
        yield RUN, (row["run_id"], client, recipe, row["version"], row["event_id"], temporal_run_id, now)


def finishing(lock: str, run_ids: Sequence[str]) -> Job[bool]:
    """Close the rows of runs, and let the next of each queue go."""
    yield lock, (QUEUES,)
    released = False
    for run_id in run_ids:
        for row in (yield FINISH, (run_id,)):
            if row["queue_key"] is not None:
                released |= bool((yield RELEASE, (row["activation"], row["queue_key"], AT_ONCE, PARKED)))
    return released


def due_of(event: Unmatched, row: Match, match_id: int) -> Due:
    """Return a run that was taken as it was matched."""
    about_event = {name: getattr(event, name) for name in ("source", "key", "data", "received", "occurred")}
    about_run = {name: getattr(row, name) for name in ("activation", "version", "start", "run_id", "queue_key")}
    return Due(id=match_id, event_id=event.id, tries=1, **about_run, **about_event)


def values(row: Match, state: str, reason: str) -> tuple[Any, ...]:
    """Return a match's columns."""
    return row.activation, row.version, row.start, row.run_id, row.queue_key, state, reason


def client_of(activation: str) -> str:
    """Return the client of `{client}/{recipe}`."""
    return activation.split("/", 1)[0]
