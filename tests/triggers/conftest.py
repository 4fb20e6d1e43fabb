"""A pond whose fish are events, a store, and a worker on Temporal's development server."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from pydantic import BaseModel
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.clients import Clients
from activities.records import Records
from activities.watch import Sources
from tests.faults.waiting import until_told
from wakeel.catalog import catalog
from wakeel.language.plan import Plan
from wakeel.sdk import Connection, Connector, Event, Since
from wakeel.store import ConnectionRow, KeptEvent, Store
from wakeel.store.database import ask
from wakeel.triggers.archive import Archive
from wakeel.triggers.dispatch import Dispatcher
from wakeel.triggers.door import Door
from wakeel.triggers.owners import Owners
from workflows.recipe import RecipeRun
from workflows.trigger import ScheduleTick, TriggerOwner

if TYPE_CHECKING:
    from temporalio.testing import WorkflowEnvironment

SOURCE = "nour-pond/pond.caught"


class PondConnection(Connection):
    """A pond."""

    water: str = "still"


class Wish(BaseModel):
    """Which fish to tell of."""

    kind: str = ""
    kinds: list[str] = []


class Fish(BaseModel):
    """A fish that was caught."""

    n: int
    kind: str = "carp"


class Reached(BaseModel):
    """How many fish were seen."""

    n: int


@dataclass
class Pond:
    """What there is to catch, and who looked."""

    fish: list[Fish] = field(default_factory=list)
    looks: list[tuple[Wish, int | None]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    watching: int = 0
    error: Exception | None = None

    def look(self, args: Wish, since: Since[Any, Reached]) -> tuple[list[Event[Fish]], Reached]:
        """Return the fish that came since the last look; the first look only remembers."""
        self.looks.append((args, since.cursor.n if since.cursor else None))
        if self.error:
            raise self.error
        reached = since.cursor.n if since.cursor else len(self.fish)
        return [Event(f"f:{fish.n}", fish) for fish in self.fish[reached:]], Reached(n=len(self.fish))

    @asynccontextmanager
    async def open(self, connection: PondConnection) -> AsyncIterator[Pond]:
        """Open the account."""
        self.opened.append(connection.water)
        yield self


def merge(asked: Sequence[Wish]) -> Wish:
    """Ask for what all ask for."""
    return Wish(kinds=[wish.kind for wish in asked])


def fits(wish: Wish, fish: Fish) -> bool:
    """Say whether a fish was asked for."""
    return wish.kind in {"", fish.kind}


def connector_of(pond: Pond) -> Connector[Any]:
    """Return a connector that polls and watches."""
    made: Connector[Any] = Connector("pond", PondConnection, pond.open)

    @made.poll(every=timedelta(seconds=1), event=Fish, cursor=Reached)
    async def caught(args: Wish, since: Since[Any, Reached]) -> tuple[list[Event[Fish]], Reached]:
        """Tell of each fish."""
        return pond.look(args, since)

    @made.watch(event=Fish, cursor=Reached)
    async def seen(args: Wish, since: Since[Any, Reached]) -> AsyncIterator[tuple[Event[Fish] | None, Reached]]:
        """Tell of each fish at once."""
        pond.watching += 1
        try:
            cursor = since.cursor
            while True:
                events, cursor = pond.look(args, Since(pond, cursor, since.now, since.files, since.account))
                for event in events:
                    yield event, Reached(n=event.data.n)
                yield None, cursor
                await asyncio.sleep(0.05)
        finally:
            pond.watching -= 1

    for trigger in made.triggers.values():
        trigger.merge, trigger.fits = merge, fits
    return made


@dataclass
class House:
    """One installation on the development server."""

    client: Client
    store: Store
    queue: str
    pond: Pond
    prefix: str = field(default_factory=lambda: f"c{uuid4().hex[:8]}")  # the server is everybody's

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(self.client, self.store, self.queue)
        self.owners = Owners(self.client, self.store, self.queue, heartbeat=2)
        self.archive = Archive(self.client, self.store)

    def start(self, kind: str = "caught", **words: Any) -> dict[str, Any]:
        """Return a start of a plan that listens to the pond."""
        shape = {"map": {"n": "number", "kind": "text"}}
        about = {"trigger": f"pond.{kind}", "kind": f"pond.{kind}", "source": f"nour-pond/pond.{kind}"}
        return {**about, "connection": "nour-pond", "shape": shape, **words}

    def plan(self, *starts: dict[str, Any], recipe: str = "triage", **more: Any) -> Plan:
        """Return a plan that does nothing, and does it at once."""
        given = {"recipe": recipe, "client": {"id": self.prefix, "name": "Nour"}, "steps": [note("done")]}
        return Plan.model_validate(given | {"starts": starts or (self.start(),)} | more)

    async def live(self, *plans: Plan, version: str = "1") -> None:
        """Make exactly these plans live, and the pond's account."""
        row = ConnectionRow("nour-pond", "pond", self.prefix, {}, version)
        await self.store.plans.apply(plans, [row], {})

    async def keep(self, n: int, source: str = SOURCE, kind: str = "carp") -> int:
        """Keep an event as the door does; return its id."""
        kept = await Door(self.store).accept(source, self.prefix, [Event(f"f:{n}", Fish(n=n, kind=kind))])
        return kept[0].id

    async def matches(self) -> list[tuple[str, str]]:
        """Return state and reason of every match, oldest first."""
        rows = await self.store.database.read(ask("SELECT state, reason FROM matches ORDER BY id"))
        return [(row["state"], row["reason"]) for row in rows]

    async def kept(self) -> list[str]:
        """Return the keys of every event, oldest first."""
        rows = await self.store.database.read(ask("SELECT key FROM events ORDER BY id"))
        return [row["key"] for row in rows]

    async def runs(self) -> list[str]:
        """Return the ids of the runs that Temporal knows of, as soon as it lists as many as the store."""
        return sorted([run.run_id for run in await self.store.runs.list()])

    async def dispatched(self) -> None:
        """Let the dispatcher turn until there is nothing to do now."""
        while await self.dispatcher.turn():
            pass

    async def closed(self, *run_ids: str) -> None:
        """Wait until Temporal lists runs as closed, and archive them."""

        async def archived() -> bool:
            self.archive.since = None
            await self.archive.turn()
            return not set(run_ids) & set(await self.store.runs.open_ids())

        await until_told(archived, f"{run_ids} are archived")


def note(text: Any) -> dict[str, Any]:
    """Return a step that takes no time."""
    return {"kind": "note", "text": text}


WAIT = {"kind": "wait", "span": 3600}


def event(n: int = 1, kind: str = "carp", **more: Any) -> KeptEvent:
    """Return an event as the store keeps it."""
    data = Fish(n=n, kind=kind).model_dump_json().encode()
    return KeptEvent(SOURCE, f"f:{n}", data, "hash", received=time.time(), client="nour", **more)


@pytest.fixture
def pond() -> Iterator[Pond]:
    """Give a pond that the catalogue knows."""
    made = Pond()
    catalog().register(connector_of(made))
    yield made
    catalog().forget("pond")


@pytest.fixture(scope="session")
async def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database with all tables, to copy."""
    folder = tmp_path_factory.mktemp("tables")
    await (await opened(folder)).close()
    return folder / "wakeel.db"


async def opened(folder: Path) -> Store:
    """Open the store of a folder."""
    url = f"sqlite:///{folder / 'wakeel.db'}"
    return await Store.open(url, data=folder / "data", key=bytes(range(32)), durable=False, env={})


@pytest.fixture
async def store(tables: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """Give a store of its own to a test."""
    shutil.copy(tables, tmp_path / "wakeel.db")
    made = await opened(tmp_path)
    yield made
    await made.close()


@pytest.fixture
def house(temporal: WorkflowEnvironment, store: Store, pond: Pond) -> House:
    """Give an installation without a worker."""
    config = temporal.client.config()
    config["data_converter"] = pydantic_data_converter
    return House(Client(**config), store, f"q-{uuid4().hex}", pond)


@pytest.fixture
async def working(house: House) -> AsyncIterator[House]:
    """Give an installation with a worker; what it left running is ended."""
    sources = Sources(house.store, Clients(house.store), Door(house.store))
    worker = Worker(
        house.client,
        task_queue=house.queue,
        workflows=[RecipeRun, TriggerOwner, ScheduleTick],
        activities=[sources.poll, sources.watch, sources.tick, Records(house.store).finished],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    async with worker:
        yield house
        await house.store.plans.apply([], [], {})
        await house.owners.reconcile()
        for name in house.owners.told:
            await house.client.get_workflow_handle(name).terminate()
