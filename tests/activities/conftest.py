"""A connector that does as it is told and counts, called as Temporal calls it, over a real store."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.call import Calls
from activities.clients import Clients
from tests.connectors.calls import CAIRO, NOW
from wakeel.language.plan import CallInput
from wakeel.sdk import Call, Connection, Connector, ConnectorError, Effect, Rejected
from wakeel.store import ConnectionRow, EffectRow, Store

RUN = "nour/triage/1a2b"
KEY = f"{RUN}/steps/0"


class Args(BaseModel):
    """What an action is given."""

    text: str = ""
    count: int = 0


class Out(BaseModel):
    """What an action gives back."""

    n: int
    text: str = ""


class Refused(Exception):
    """What the service's library raises when it is refused."""


class TrialConnection(Connection):
    """An account."""

    host: str = "here"
    token: SecretStr


Does = Callable[[Args, Call[Any]], Awaitable[Any]]


@dataclass
class Service:
    """Does as its script says, once it has one, and remembers who asked."""

    calls: list[Call[Any]] = field(default_factory=list)
    finds: list[Call[Any]] = field(default_factory=list)
    opened: list[TrialConnection] = field(default_factory=list)
    closed: int = 0
    script: list[Does | Exception] = field(default_factory=list)
    found: Out | None = None
    opening: Exception | None = None
    closing: Exception | None = None

    async def act(self, args: Args, call: Call[Any]) -> Out:
        """Do the next thing of the script; without one, succeed."""
        self.calls.append(call)
        now = self.script.pop(0) if self.script else None
        if isinstance(now, Exception):
            raise now
        if now is not None:
            await now(args, call)
        return Out(n=len(self.calls), text=args.text)

    async def find(self, _args: Args, call: Call[Any]) -> Out | None:
        """Return what an earlier attempt left."""
        self.finds.append(call)
        return self.found

    @asynccontextmanager
    async def open(self, connection: TrialConnection) -> AsyncIterator[Service]:
        """Open an account."""
        self.opened.append(connection)
        if self.opening:
            raise self.opening
        yield self
        self.closed += 1
        if self.closing:
            raise self.closing


def classify(error: Exception) -> ConnectorError | None:
    """Know one error."""
    return Rejected("not like that") if isinstance(error, Refused) else None


def connector_of(service: Service) -> Connector[Any]:
    """Return a connector with an action of each effect."""
    made: Connector[Any] = Connector("trial", TrialConnection, service.open, classify)

    async def act(args: Args, call: Call[Any]) -> Out:
        """Do it."""
        return await service.act(args, call)

    def hangs(_connection: TrialConnection, args: Args) -> Effect:
        return Effect.READ if args.count == 0 else Effect.ONCE

    for name, effect in (
        ("read", Effect.READ),
        ("keyed", Effect.KEYED),
        ("found", Effect.FOUND),
        ("once", Effect.ONCE),
    ):
        act.__name__ = name
        made.action(effect, authority="internal", undo="trial.undo" if name == "keyed" else None)(act)
    made.actions["found"].find(service.find)
    act.__name__ = "hangs"
    made.action(hangs)(act)
    return made


@dataclass
class Desk:
    """Makes calls as a worker does."""

    store: Store
    service: Service
    clients: Clients = field(init=False)
    connector: Connector[Any] = field(init=False)
    environment: ActivityEnvironment = field(default_factory=ActivityEnvironment)

    def __post_init__(self) -> None:
        self.clients = Clients(self.store)
        self.connector = connector_of(self.service)

    async def call(self, action: str, **given: Any) -> Any:
        """Make one attempt at a step."""
        made: dict[str, Any] = {
            "key": KEY,
            "run": RUN,
            "step": "steps/0",
            "client": "nour",
            "connection": "nour-trial",
            "args": {},
        }
        made |= {"now": NOW, "calendar": CAIRO, "timeout": 5, "heartbeat": 10} | given
        activity = Calls(self.store, self.clients).activity(self.connector, self.connector.actions[action])
        return await self.environment.run(activity, CallInput.model_validate(made))

    async def fails(self, action: str, **given: Any) -> ApplicationError:
        """Make one attempt and return how it failed."""
        with pytest.raises(ApplicationError) as raised:
            await self.call(action, **given)
        return raised.value

    async def row(self) -> EffectRow | None:
        """Return the ledger's row of the step."""
        return next(iter(await self.store.effects.of_run(RUN)), None)

    async def claimed(self, lease: float) -> None:
        """Let another attempt own the step, with a lease that ends so many seconds from now."""
        import time

        now = time.time()
        claim = await self.store.effects.claim(
            KEY, client="nour", run=RUN, step="steps/0", action="trial.keyed", owner="other", now=now - 60,
            until=now + lease, input=b"{}",
        )  # fmt: skip
        assert claim.state == "new"


@pytest.fixture(scope="session")
async def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database with all tables, to copy."""
    folder = tmp_path_factory.mktemp("tables")
    await (await opened(folder)).close()
    return folder / "wakeel.db"


async def opened(folder: Path, **env: str) -> Store:
    """Open the store of a folder."""
    return await Store.open(
        f"sqlite:///{folder / 'wakeel.db'}", data=folder / "data", key=bytes(range(32)), durable=False, env=env
    )


@pytest.fixture
async def store(tables: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """Give a store of its own to a test, with two accounts."""
    shutil.copy(tables, tmp_path / "wakeel.db")
    made = await opened(tmp_path, WAKEEL_SECRET_TOKEN="word")
    await accounts(made)
    yield made
    await made.close()


async def accounts(store: Store, version: str = "1", fields: Mapping[str, Any] | None = None) -> None:
    """Make the accounts of two clients, and a shared one, live."""
    told = fields or {"token": "secret://TOKEN"}
    rows = [(f"{client}-trial", client) for client in ("nour", "bright", "shared")]
    await store.plans.apply([], [ConnectionRow(name, "trial", client, told, version) for name, client in rows], {})


@pytest.fixture
def service() -> Service:
    """Give a service that counts."""
    return Service()


@pytest.fixture
async def desk(store: Store, service: Service) -> AsyncIterator[Desk]:
    """Give a worker's desk."""
    made = Desk(store, service)
    yield made
    await made.clients.close()
