"""The effect ledger: what was meant, done and undone in whose name, once for each call key.

| row | what a claim finds |
|---|---|
| none | `new`: a row *intended* was inserted, with a lease |
| *intended*, lease over | `repeat`: it is ours now; an earlier attempt may have acted |
| *intended*, live lease | `busy` until then: an old attempt may still be running |
| *done* | `done`, with its result |
| *undone* | `undone` |
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from wakeel.store.cipher import Cipher, client_key
from wakeel.store.database import Database, Job, ask

State = Literal["new", "repeat", "busy", "done", "undone"]
NO_LINKS: Mapping[str, str] = {}

# `until` 0 is a lease that was ended; `claims` counts the attempts that ever owned the row.
# `answer`: "no" is a person's word that it did not go out; the attempt that claims next makes it "used".
INTEND = """
INSERT INTO effects (key, client, run, step, action, state, owner, until, claims, uncertain, input, begun)
VALUES ($1, $2, $3, $4, $5, 'intended', $6, $7, 1, FALSE, $8, $9)
ON CONFLICT (key) DO NOTHING RETURNING key"""
TAKE_OVER = """
UPDATE effects SET owner = $2, until = $3, claims = claims + 1, answer = CASE answer WHEN 'no' THEN 'used' END
WHERE key = $1 AND state = 'intended' AND until <= $4 RETURNING uncertain, answer"""
LOOK = "SELECT * FROM effects WHERE key = $1"
RENEW = """
UPDATE effects SET until = $3
WHERE key = $1 AND owner = $2 AND state = 'intended' AND until > 0 RETURNING key"""
DONE = """
UPDATE effects SET state = 'done', until = 0, result = $3, links = $4, undo = $5, ended = $6
WHERE key = $1 AND owner = $2 AND state = 'intended' RETURNING key"""
DELETE = """
DELETE FROM effects
WHERE key = $1 AND owner = $2 AND state = 'intended' AND claims = 1 AND NOT uncertain RETURNING key"""
END_LEASE = """
UPDATE effects SET until = 0, answer = CASE answer WHEN 'used' THEN 'no' ELSE answer END
WHERE key = $1 AND owner = $2 AND state = 'intended'"""
UNCERTAIN = """
UPDATE effects SET uncertain = TRUE, until = CASE WHEN owner = $2 THEN 0 ELSE until END
WHERE key = $1 AND state = 'intended'"""
ANSWER = """
UPDATE effects SET answer = $2, answered_by = $3,
  state = CASE $2 WHEN 'yes' THEN 'done' ELSE state END, ended = CASE $2 WHEN 'yes' THEN $4 ELSE ended END
WHERE key = $1 AND state = 'intended' AND until <= $4 RETURNING key"""
UNDONE = "UPDATE effects SET state = 'undone' WHERE key = $1 AND state = 'done' RETURNING key"
OF_RUN = "SELECT * FROM effects WHERE run = $1 ORDER BY begun, key"


@dataclass(frozen=True, slots=True)
class Claim:
    """What an attempt found when it claimed a call key."""

    state: State
    result: bytes | None = None  # of a done row; None there too: a person said that it went out
    until: float = 0.0  # epoch seconds: the end of the lease, ours or the other's
    uncertain: bool = False  # an attempt under this key ended in Maybe
    may_act: bool = False  # a person said "it did not go out"; holds for this attempt only


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A row of the ledger, decrypted."""

    key: str
    client: str
    run: str
    step: str
    action: str
    state: Literal["intended", "done", "undone"]
    begun: float
    ended: float | None
    uncertain: bool
    input: bytes | None = field(repr=False)
    result: bytes | None = field(repr=False)
    links: dict[str, str]
    undo: bytes | None = field(repr=False)


class Effects:
    """The ledger; every method commits before it returns. Times are epoch seconds."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    async def claim(
        self,
        key: str,
        *,
        client: str,
        run: str,
        step: str,
        action: str,
        owner: str,
        now: float,
        until: float,
        input: bytes,  # noqa: A002 - the ledger's own word
    ) -> Claim:
        """Make the call key ours until a moment, or say why not."""
        given = self._seal(key, "input", input)
        row = (key, client, run, step, action, owner, until, given, now)
        return await self._database.write(self._claiming(row, now), atomic=False)

    async def renew(self, key: str, owner: str, until: float) -> bool:
        """Move the lease's end; False where another attempt owns the row or it is over."""
        return await self._changed(RENEW, key, owner, until)

    async def done(
        self,
        key: str,
        owner: str,
        result: bytes,
        *,
        links: Mapping[str, str] = NO_LINKS,
        undo: bytes | None = None,
    ) -> bool:
        """Record the result; False where another attempt took over: its row decides."""
        told = self._seal(key, "links", json.dumps(dict(links)).encode() if links else None)
        kept = self._seal(key, "result", result), told, self._seal(key, "undo", undo)
        return await self._changed(DONE, key, owner, *kept, time.time())

    async def withdraw(self, key: str, owner: str) -> bool:
        """Say that this attempt surely did not act; True where no trace of the call remains.

        Only the attempt that inserted the row removes it, and only while it was alone under the
        key and nothing ended in Maybe; else the lease ends, and the next attempt is a repeat.
        """
        return await self._database.write(withdrawing(key, owner), atomic=False)

    async def uncertain(self, key: str, owner: str) -> None:
        """Say that this attempt ended in Maybe."""
        await self._database.write(ask(UNCERTAIN, key, owner), atomic=False)

    async def answer(self, key: str, went_out: bool, by: str, *, now: float) -> bool:
        """Write a person's answer to "did it go out?"; False where an attempt is at work or it is settled."""
        return await self._changed(ANSWER, key, "yes" if went_out else "no", by, now)

    async def undone(self, key: str) -> bool:
        """Mark a done effect as taken back."""
        return await self._changed(UNDONE, key)

    async def of_run(self, run: str) -> list[EffectRow]:
        """Return the effects of a run, oldest first."""
        return [self._row(row) for row in await self._database.read(ask(OF_RUN, run))]

    def _claiming(self, row: tuple[Any, ...], now: float) -> Job[Claim]:
        key, owner, until = row[0], row[5], row[6]
        while True:  # a row may be withdrawn between two statements
            if (yield INTEND, row):
                return Claim("new", until=until)
            if ours := (yield TAKE_OVER, (key, owner, until, now)):
                may_act = ours[0]["answer"] == "used"
                return Claim("repeat", until=until, uncertain=bool(ours[0]["uncertain"]), may_act=may_act)
            if found := (yield LOOK, (key,)):
                return self._found(found[0])

    def _found(self, row: Any) -> Claim:
        uncertain = bool(row["uncertain"])
        if row["state"] == "intended":
            return Claim("busy", until=row["until"], uncertain=uncertain)
        return Claim(row["state"], self._unseal(row, "result"), uncertain=uncertain)

    def _row(self, row: Any) -> EffectRow:
        plain: dict[str, Any] = {
            name: row[name] for name in ("key", "client", "run", "step", "action", "state", "begun", "ended")
        }
        links = json.loads(self._unseal(row, "links") or b"{}")
        sealed: dict[str, Any] = {name: self._unseal(row, name) for name in ("input", "result", "undo")}
        return EffectRow(**plain, **sealed, links=links, uncertain=bool(row["uncertain"]))

    async def _changed(self, sql: str, *values: Any) -> bool:
        return bool(await self._database.write(ask(sql, *values), atomic=False))

    def _seal(self, key: str, column: str, data: bytes | None) -> bytes | None:
        return None if data is None else self._cipher.seal(key_of(key), data, f"{key}\0{column}")

    def _unseal(self, row: Any, column: str) -> bytes | None:
        sealed, key = row[column], row["key"]
        return None if sealed is None else self._cipher.unseal(key_of(key), sealed, f"{key}\0{column}")


def key_of(key: str) -> str:
    """Return the purpose of a row's encryption: a call key begins with its client."""
    return client_key(key.split("/", 1)[0])


def withdrawing(key: str, owner: str) -> Job[bool]:
    """Remove the row, or only end its lease."""
    if (yield DELETE, (key, owner)):
        return True
    yield END_LEASE, (key, owner)
    return False
