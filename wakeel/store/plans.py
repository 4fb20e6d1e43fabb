"""What is live: plans by version, connections without their secrets, replies; all or nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wakeel.language.plan import Plan
from wakeel.store.database import PLANS, Database, Job, Rows, ask

FRESH = 1.0  # seconds until another process's apply is seen
REVISION = "SELECT value FROM facts WHERE name = 'revision'"
BUMP = """
INSERT INTO facts (name, value) VALUES ('revision', $1)
ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
LIVE = "SELECT activation, version FROM live ORDER BY activation"
LIVE_PLANS = "SELECT p.version, p.plan FROM live l JOIN plans p ON p.version = l.version ORDER BY l.activation"
CONNECTIONS = "SELECT id, connector, client, fields, version FROM connections ORDER BY id"
REPLIES = "SELECT name, text FROM replies ORDER BY name"
TROUBLES = "SELECT file, problems FROM troubles ORDER BY file"
KEEP_PLAN = "INSERT INTO plans (version, activation, plan) VALUES ($1, $2, $3) ON CONFLICT (version) DO NOTHING"


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """An account as the workspace names it; secrets are references."""

    id: str
    connector: str
    client: str  # or "shared"
    fields: Mapping[str, Any] = field(repr=False)
    version: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply changed, by activation; the revision grows with every change of what is live."""

    revision: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


@dataclass(slots=True)
class Look:
    """What this process last saw; `at` is on the monotonic clock."""

    revision: int = -1
    at: float = float("-inf")
    plans: dict[str, Plan] | None = None
    connections: dict[str, ConnectionRow] | None = None


class Plans:
    """Reads what is live, with a cache that follows other processes within a second."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._versions: dict[str, Plan] = {}  # a version never changes
        self._look = Look()

    async def apply(
        self, plans: Sequence[Plan], connections: Sequence[ConnectionRow], replies: Mapping[str, str]
    ) -> Applied:
        """Make exactly these live, in one commit."""
        wanted = {plan.activation: plan.version() for plan in plans}
        kept = [(wanted[plan.activation], plan.activation, plan.text()) for plan in plans]
        rows = sorted(columns(row) for row in connections)
        applied = await self._database.write(applying(self._database.lock, wanted, kept, rows, sorted(replies.items())))
        self._look = Look()
        return applied

    async def revision(self) -> int:
        """Look which revision is live; 0 before the first apply."""
        rows = await self._database.read(ask(REVISION))
        found = revision_of(rows)
        if found != self._look.revision:
            self._look = Look(found)
        self._look.at = time.monotonic()
        return found

    async def live(self) -> list[tuple[str, str]]:
        """Return each live activation with its plan's version."""
        return [(row["activation"], row["version"]) for row in await self._database.read(ask(LIVE))]

    async def live_plans(self) -> dict[str, Plan]:
        """Return the plans of all live activations by version."""
        look = await self._fresh()
        if look.plans is None:
            rows = await self._database.read(ask(LIVE_PLANS))
            look.plans = {row["version"]: self._plan(row["version"], row["plan"]) for row in rows}
            self._versions = dict(look.plans)  # the others are read again where a run asks for them
        return look.plans

    async def plan(self, version: str) -> Plan:
        """Return a plan by its version, live or not; LookupError where it was never applied."""
        if version not in self._versions:
            rows = await self._database.read(ask("SELECT plan FROM plans WHERE version = $1", version))
            return self._plan(version, rows[0]["plan"])
        return self._versions[version]

    async def connection(self, id: str) -> ConnectionRow | None:  # noqa: A002 - the column's name
        """Return a connection that is live."""
        return (await self._connections()).get(id)

    async def connections(self) -> list[ConnectionRow]:
        """Return all connections that are live."""
        return list((await self._connections()).values())

    async def replies(self) -> dict[str, str]:
        """Return the texts of the replies by name."""
        return {row["name"]: row["text"] for row in await self._database.read(ask(REPLIES))}

    async def trouble(self, problems: Mapping[str, Sequence[Any]]) -> None:
        """Remember which files have problems now; those that are not named are mended."""
        rows = [
            (file, json.dumps(list(found), ensure_ascii=False)) for file, found in sorted(problems.items()) if found
        ]
        insert = "INSERT INTO troubles (file, problems) VALUES ($1, $2)"
        await self._database.write(replacing(self._database.lock, "DELETE FROM troubles", insert, rows))

    async def troubles(self) -> dict[str, list[Any]]:
        """Return the problems of the files that could not be applied."""
        return {row["file"]: json.loads(row["problems"]) for row in await self._database.read(ask(TROUBLES))}

    async def _fresh(self) -> Look:
        if time.monotonic() - self._look.at > FRESH:
            await self.revision()
        return self._look

    async def _connections(self) -> dict[str, ConnectionRow]:
        look = await self._fresh()
        if look.connections is None:
            rows = await self._database.read(ask(CONNECTIONS))
            look.connections = {row["id"]: connection_of(row) for row in rows}
        return look.connections

    def _plan(self, version: str, text: str) -> Plan:
        if version not in self._versions:
            self._versions[version] = Plan.model_validate_json(text)
        return self._versions[version]


def applying(lock: str, wanted: dict[str, str], kept: Rows, connections: Rows, replies: Rows) -> Job[Applied]:
    """Replace what is live; the revision grows only where something differs."""
    yield lock, (PLANS,)
    before = {row["activation"]: row["version"] for row in (yield LIVE, ())}
    revision = revision_of((yield REVISION, ()))
    same = connections == sorted(tuple(row) for row in (yield CONNECTIONS, ()))
    same &= replies == sorted(tuple(row) for row in (yield REPLIES, ()))
    if same and before == wanted:
        return compared(revision, before, wanted)
    yield KEEP_PLAN, kept
    yield "DELETE FROM live", ()
    yield "INSERT INTO live (activation, version) VALUES ($1, $2)", sorted(wanted.items())
    yield "DELETE FROM connections", ()
    yield "INSERT INTO connections (id, connector, client, fields, version) VALUES ($1, $2, $3, $4, $5)", connections
    yield "DELETE FROM replies", ()
    yield "INSERT INTO replies (name, text) VALUES ($1, $2)", replies
    yield BUMP, (str(revision + 1),)
    return compared(revision + 1, before, wanted)


def replacing(lock: str, delete: str, insert: str, rows: list[tuple[Any, ...]]) -> Job[None]:
    """Put rows in the place of all of a table."""
    yield lock, (PLANS,)
    yield delete, ()
    yield insert, rows


def compared(revision: int, before: Mapping[str, str], wanted: Mapping[str, str]) -> Applied:
    """Say what changed, by activation."""
    both = sorted(before.keys() & wanted.keys())
    return Applied(
        revision,
        added=tuple(sorted(wanted.keys() - before.keys())),
        changed=tuple(name for name in both if before[name] != wanted[name]),
        removed=tuple(sorted(before.keys() - wanted.keys())),
        unchanged=tuple(name for name in both if before[name] == wanted[name]),
    )


def columns(row: ConnectionRow) -> tuple[Any, ...]:
    """Return a connection's columns."""
    fields = json.dumps(dict(row.fields), ensure_ascii=False, sort_keys=True)
    return row.id, row.connector, row.client, fields, row.version


def connection_of(row: Any) -> ConnectionRow:
    """Read a connection's columns."""
    return ConnectionRow(row["id"], row["connector"], row["client"], json.loads(row["fields"]), row["version"])


def revision_of(rows: Rows) -> int:
    """Read the revision's row."""
    return int(rows[0]["value"]) if rows else 0
