"""Puts the parts together; the only place that configures Temporal."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import structlog
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig
from temporalio.service import GrpcCompression
from temporalio.worker import PollerBehaviorAutoscaling, UnsandboxedWorkflowRunner, Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.call import Calls
from activities.clients import Clients
from activities.records import Records
from activities.watch import Sources
from wakeel.catalog import catalog
from wakeel.settings import Settings
from wakeel.store import Store, master_key
from wakeel.triggers.accounts import Accounts
from wakeel.triggers.archive import Archive
from wakeel.triggers.dispatch import Dispatcher
from wakeel.triggers.door import Door
from wakeel.triggers.owners import Owners
from workflows.recipe import RecipeRun
from workflows.trigger import ScheduleTick, TriggerOwner

WORKFLOWS = [RecipeRun, TriggerOwner, ScheduleTick]
ACCOUNTS = 5  # seconds between looks at the accounts: a secret in a file changes without a word
TURN = 0.001  # seconds that a thread may keep the interpreter while another waits
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
logger = structlog.get_logger()


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """Open the store with this installation's key.

    Its threads get the interpreter back within a millisecond: with Python's five, a write beside a busy event
    loop takes half as long again.
    """
    sys.setswitchinterval(TURN)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = master_key(settings.data, os.environ)
    store = await Store.open(settings.store_url, data=settings.data, key=key, durable=settings.durable)
    try:
        yield store
    finally:
        await store.close()


async def connect(*, lazy: bool = False) -> Client:
    """Connect to Temporal by its own profiles and `TEMPORAL_*` variables; loopback is not compressed."""
    config: dict[str, Any] = {"target_host": "127.0.0.1:7233", **ClientConfig.load_client_connect_config()}
    near = str(config["target_host"]).startswith(LOOPBACK)
    return await Client.connect(
        **config,
        data_converter=pydantic_data_converter,
        grpc_compression=GrpcCompression.NONE if near else GrpcCompression.GZIP,
        lazy=lazy,
    )


async def connect_patiently(over: asyncio.Event) -> Client | None:
    """Connect as soon as Temporal is there; None where the process is told to end before."""
    while not over.is_set():
        try:
            return await connect()
        except RuntimeError as error:
            logger.warning("temporal_unreachable", reason=str(error)[:200])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await over.wait()
    return None


def activities(store: Store, clients: Clients) -> list[Callable[..., Any]]:
    """Return every activity of this installation: one for each action, and the engine's own."""
    calls, sources, records = Calls(store, clients), Sources(store, clients, Door(store)), Records(store)
    found = [c for name in catalog().names() if (c := catalog().connector(name)) is not None]
    actions = [calls.activity(connector, action) for connector in found for action in connector.actions.values()]
    return [*actions, sources.poll, sources.watch, sources.tick, records.finished]


def runner(settings: Settings) -> WorkflowRunner:
    """Return how workflows run: ours are audited, and the sandbox is for one run of the tests.

    The sandbox wraps ZoneInfo for the sake of its `from_file`, and then no moment can be made with it.
    """
    if not settings.sandbox:
        return UnsandboxedWorkflowRunner()
    default = SandboxRestrictions.default
    members = default.invalid_module_members.with_child_unrestricted("zoneinfo")
    return SandboxedWorkflowRunner(restrictions=dataclasses.replace(default, invalid_module_members=members))


def make_worker(client: Client, store: Store, clients: Clients, settings: Settings) -> Worker:
    """Return a worker for workflows and activities."""
    return Worker(
        client,
        task_queue=settings.task_queue,
        workflows=WORKFLOWS,
        activities=activities(store, clients),
        workflow_runner=runner(settings),
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(),
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=3),
        graceful_shutdown_timeout=timedelta(seconds=30),
        max_concurrent_activities=200,
    )


@asynccontextmanager
async def working(client: Client, store: Store, settings: Settings) -> AsyncIterator[Worker]:
    """Serve runs, start them, and keep sources equal to what is live, until the block ends."""
    clients = Clients(store)
    dispatcher = Dispatcher(client, store, settings.task_queue, heartbeat=settings.heartbeat, page=settings.page)
    owners = Owners(client, store, settings.task_queue, heartbeat=settings.heartbeat)
    async with make_worker(client, store, clients, settings) as worker, asyncio.TaskGroup() as group:
        accounts = Accounts(client, store, owners, clients.retire)
        loops = [dispatcher.run(), Archive(client, store).run(), follow(store, owners, accounts)]
        tasks = [group.create_task(loop) for loop in loops]
        try:
            yield worker
        finally:
            for task in tasks:
                task.cancel()
    await clients.close()


async def follow(store: Store, owners: Owners, accounts: Accounts) -> None:
    """Reconcile event sources at the start and whenever something was applied; look at the accounts now and then."""
    done, due = -1, 0.0
    while True:
        try:
            revision = await store.plans.revision()
            if revision != done:
                await owners.reconcile()
            if revision != done or time.monotonic() > due:
                await accounts.look()
                done, due = revision, time.monotonic() + ACCOUNTS
        except Exception as error:  # noqa: BLE001 - Temporal or the store is away: look again
            logger.warning("sources_not_reconciled", reason=type(error).__name__)
        await asyncio.sleep(1)


def leave(code: int = 0) -> None:
    """End the process at once: the SDK's threads can crash a normal exit (temporalio/sdk-python#300)."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
