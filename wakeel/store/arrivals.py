"""The door's first table: every event that came, kept once before its sender hears "yes"."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wakeel.store.cipher import SHARED, Cipher, client_key
from wakeel.store.database import Database, Job, ask

DAY = 86_400.0
KEPT = 60 * DAY  # at least so long an event's key is remembered
LONGEST = 500  # characters of a key; what is longer ends in a hash
PIECE = 500  # rows removed in one commit, so that the door never waits long

KEEP = """
INSERT INTO events (source, key, client, data, body_hash, received, occurred, again)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (source, key) DO NOTHING RETURNING id"""
KNOWN = "SELECT id, body_hash FROM events WHERE source = $1 AND key = $2"
UNMATCHED = "SELECT * FROM events WHERE matched IS NULL ORDER BY id LIMIT $1"
FORGET = """
DELETE FROM events WHERE id IN (
  SELECT id FROM events e WHERE received < $1 AND matched IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM matches m WHERE m.event_id = e.id AND m.state IN ('pending', 'started'))
  ORDER BY received LIMIT $2) RETURNING id"""


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event as it came: `data` is JSON, times are epoch seconds."""

    source: str
    key: str
    data: bytes = field(repr=False)
    body_hash: str  # tells the same event from another one under its key
    received: float
    occurred: float | None = None
    client: str | None = None  # None or "shared": not yet known whose it is
    again: str = ""  # of a hand start that is to be a new run: an identity that wins over `once_per`


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an event that came."""

    id: int
    new: bool
    conflict: bool = False  # the key is known with another body: what came now was not kept


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A kept event that nobody has matched yet, decrypted."""

    id: int
    source: str
    key: str
    client: str | None
    data: bytes = field(repr=False)
    received: float
    occurred: float | None
    again: str

    def value(self) -> Any:
        """Return the event's data."""
        return json.loads(self.data)


class Arrivals:
    """Keeps events, and lists those that nobody has matched yet."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    async def keep(self, events: Sequence[KeptEvent]) -> list[Kept]:
        """Keep events in one commit, each (source, key) once; answers stand in the order of the events."""
        rows = [self._sealed(event) for event in events]
        return await self._database.write(keeping(rows), atomic=len(rows) > 1)

    async def unmatched(self, limit: int) -> list[Unmatched]:
        """Return the oldest events that were not matched yet."""
        rows = await self._database.read(ask(UNMATCHED, limit))
        return [self._unmatched(row) for row in rows]

    async def forget(self, before: float) -> int:
        """Remove events received before a moment, but none of the last 60 days and none at work."""
        removed, gone, before = 0, PIECE, min(before, time.time() - KEPT)
        while gone == PIECE:
            gone = len(await self._database.write(ask(FORGET, before, PIECE)))
            removed += gone
        return removed

    def _sealed(self, event: KeptEvent) -> tuple[Any, ...]:
        client = None if event.client == SHARED else event.client
        source, key = storable(event.source), storable(event.key)
        data = self._cipher.seal(client_key(client), event.data, about(source, key))
        return source, key, client, data, event.body_hash, event.received, event.occurred, event.again

    def _unmatched(self, row: Any) -> Unmatched:
        data = self._cipher.unseal(client_key(row["client"]), row["data"], about(row["source"], row["key"]))
        names = ("id", "source", "key", "client", "received", "occurred", "again")
        return Unmatched(data=data, **{name: row[name] for name in names})


def keeping(rows: list[tuple[Any, ...]]) -> Job[list[Kept]]:
    """Insert each event, or find the one that has its key."""
    kept: list[Kept] = []
    for row in rows:
        if inserted := (yield KEEP, row):
            kept.append(Kept(inserted[0]["id"], new=True))
        else:
            known = (yield KNOWN, row[:2])[0]
            kept.append(Kept(known["id"], new=False, conflict=known["body_hash"] != row[4]))
    return kept


def storable(text: str) -> str:
    """Return a text from outside so that every database takes it, and an index holds it."""
    plain = text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + hashlib.sha256(plain.encode()).hexdigest()


def about(source: str, key: str) -> str:
    """Return what an event's bytes are bound to."""
    return f"{source}\0{key}"
