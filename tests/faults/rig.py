"""One installation: its store, its workspace, and its worker and page as processes of their own."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from temporalio.client import Client, WorkflowExecution
from temporalio.service import RPCError

from tests.faults.child import ROOT, Child
from tests.faults.waiting import until_told
from tests.faults.workspace import HOOK_TOKEN, Workspace, secrets
from tests.faults.world import World
from tests.servers.cluster import Cluster
from tests.servers.process import HOST, free_port
from wakeel.applying import Outcome, apply
from wakeel.runtime import open_store
from wakeel.settings import Settings
from wakeel.store import Store

OWNER = "example/_trigger/example-mailbox/imap.received"
LEASE = 2  # seconds until a silent worker counts as dead


@dataclass
class Rig:
    """Starts, breaks and mends one installation."""

    folder: Path
    cluster: Cluster
    world: World
    workspace: Workspace
    store: Store
    namespace: str
    children: list[Child] = field(default_factory=list[Child])
    http: httpx2.AsyncClient = field(default_factory=lambda: httpx2.AsyncClient(timeout=30, trust_env=False))
    temporal: Client | None = None

    @property
    def env(self) -> dict[str, str]:
        """Return the settings of our processes."""
        return {
            "WAKEEL_DATA": str(self.folder / "data"),
            "WAKEEL_WORKSPACE": str(self.workspace.folder),
            "WAKEEL_DURABLE": "false",
            "WAKEEL_HEARTBEAT": str(LEASE),
            "TEMPORAL_ADDRESS": self.cluster.address,
            "TEMPORAL_NAMESPACE": self.namespace,
        }

    async def apply(self) -> Outcome:
        """Make the workspace live; every problem fails the test."""
        outcome = await apply(self.store, self.workspace.folder)
        assert [problem.message() for problem in outcome.problems] == []
        return outcome

    async def worker(self, crash: str = "", **env: str) -> Child:
        """Start a worker, to be killed or stopped at a point where one is given; wait until it serves."""
        given = self.env | ({"WAKEEL_CRASH_AT": crash} if crash else {}) | env
        child = self.start("worker", [sys.executable, str(ROOT / "worker.py")], given)
        await child.says("Worker ready")
        return child

    async def web(self, crash: str = "") -> Web:
        """Start the page, to be killed at a point where one is given; wait until it answers."""
        port = free_port()
        given = self.env | ({"WAKEEL_CRASH_AT": crash} if crash else {})
        child = self.start("web", [sys.executable, "-m", "wakeel", "web", "--port", str(port)], given)
        page = Web(child, f"http://{HOST}:{port}", self.http)
        await until_told(page.healthy, "the page answers")
        return page

    def start(self, name: str, command: list[str], env: dict[str, str]) -> Child:
        """Start a process whose words go to a log of its own."""
        child = Child.start(name, command, env, self.folder / f"{len(self.children)}-{name}.log")
        self.children.append(child)
        return child

    async def watching(self) -> None:
        """Wait until the mailbox was looked at for the first time: from then on every new mail counts."""
        await until_told(self.has_cursor, "the mailbox is watched")

    async def has_cursor(self) -> bool:
        """Ask Temporal whether the mailbox's owner knows how far it was read."""
        try:
            told = await (await self.client()).get_workflow_handle(OWNER).describe()
        except RPCError:
            return False
        return any(pending.heartbeat_details.payloads for pending in told.raw_description.pending_activities)

    async def runs(self, recipe: str) -> list[WorkflowExecution]:
        """Return the runs of a recipe as Temporal lists them: the recipe's id is their type."""
        client = await self.client()
        return [found async for found in client.list_workflows(f"WorkflowType = '{recipe}'")]

    async def ended(self, recipe: str, count: int = 1, within: float = 150) -> list[str]:
        """Wait until so many runs of a recipe are over, and return how each ended."""

        async def over() -> list[str]:
            try:
                found = [run.status.name for run in await self.runs(recipe) if run.status]
            except RPCError:
                return []
            return found if len(found) >= count and "RUNNING" not in found else []

        return await until_told(over, f"{count} runs of {recipe} are over", within)

    async def client(self) -> Client:
        """Connect to Temporal, once."""
        if self.temporal is None:
            self.temporal = await Client.connect(self.cluster.address, namespace=self.namespace)
        return self.temporal

    async def close(self) -> None:
        """End what we started."""
        for child in self.children:
            child.kill()
        await self.http.aclose()


@dataclass
class Web:
    """The page's process, and deliveries to its hook."""

    child: Child
    url: str
    http: httpx2.AsyncClient

    async def healthy(self) -> bool:
        """Say whether the page answers."""
        try:
            return (await self.http.get(f"{self.url}/healthz")).status_code == 200
        except httpx2.TransportError:
            return False

    async def deliver(self, name: str, body: Any) -> int:
        """Post one delivery; return the status, 0 where no answer came."""
        headers = {"x-wakeel-token": HOOK_TOKEN, "webhook-id": name}
        try:
            return (await self.http.post(f"{self.url}/hooks/example-hook", json=body, headers=headers)).status_code
        except httpx2.TransportError:
            return 0


@asynccontextmanager
async def installation(folder: Path, cluster: Cluster, world: World) -> AsyncIterator[Rig]:
    """Make an installation without processes, and end all that were started in it."""
    workspace = Workspace(folder / "workspace", world)
    settings = Settings(data=folder / "data", workspace=workspace.folder, durable=False)
    async with open_store(settings) as store:
        for name, value in secrets(world).items():
            await store.secrets.set(name, value, "example")
        rig = Rig(folder, cluster, world, workspace, store, cluster.namespace())
        try:
            yield rig
        finally:
            await rig.close()
