"""What the store's tests write: claims, events, plans; and child processes that write too."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from wakeel.language.plan import ClientFacts, Plan
from wakeel.store import Claim, ConnectionRow, KeptEvent, Match, Store

KEY = bytes(range(32))
T = 1_800_000_000.0  # a moment
LEASE = 10.0


@dataclass
class Opener:
    """Opens one database as several processes would, and closes what it opened."""

    url: str
    data: Path
    opened: list[Store] = field(default_factory=list[Store])

    async def open(self, key: bytes = KEY) -> Store:
        """Open it once more."""
        store = await Store.open(self.url, data=self.data, key=key, durable=False, env={})
        self.opened.append(store)
        return store

    async def close(self) -> None:
        """Close everything."""
        await asyncio.gather(*(store.close() for store in self.opened))


async def claim(store: Store, key: str, owner: str, now: float = T, lease: float = LEASE) -> Claim:
    """Claim a call key with a lease of ten seconds."""
    run, _, step = key.partition("/steps")
    return await store.effects.claim(
        key,
        client="nour",
        run=run,
        step=step,
        action="trello.create_card",
        owner=owner,
        now=now,
        until=now + lease,
        input=b'{"name": "card"}',
    )


def event(key: str, body: str = "body", source: str = "hook/web", client: str | None = "nour") -> KeptEvent:
    """Make an event."""
    return KeptEvent(source, key, json.dumps({"body": body}).encode(), body, received=T, client=client)


def match(run: str, activation: str = "nour/triage", queue: str | None = None) -> Match:
    """Make a match that starts a run."""
    return Match(activation, "v1", f"{activation}/{run}", start=0, queue_key=queue)


async def arrive(store: Store, *runs: str, queue: str | None = None) -> None:
    """Keep and match one event for each run."""
    for run in runs:
        kept = await store.events.keep([event(run)])
        assert await store.events.matched(kept[0].id, [match(run, queue=queue)])


async def due(store: Store, now: float = T, limit: int = 10, lease: float = LEASE) -> list[str]:
    """Claim what is due, and return the runs."""
    return [row.run_id.rsplit("/", 1)[1] for row in await store.events.claim_due("me", limit, now=now, lease=lease)]


def plan(recipe: str, client: str = "nour", title: str = "") -> Plan:
    """Make a plan that does nothing."""
    return Plan(recipe=recipe, client=ClientFacts(id=client, name="Nour"), title=title, steps=())


def account(name: str, version: str = "1") -> ConnectionRow:
    """Make a connection."""
    return ConnectionRow(name, "trello", "nour", {"board": "Work", "token": "secret://TOKEN"}, version)


async def child(script: str, *arguments: str) -> asyncio.subprocess.Process:
    """Run Python in a process of its own."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, *arguments, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )


async def line(process: asyncio.subprocess.Process) -> str:
    """Read what a child says next."""
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()
