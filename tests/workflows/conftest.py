"""A worker with a few actions of its own, and runs of plans made in the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from temporalio import activity
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from wakeel.language.plan import CallInput, ClientFacts, Plan, RunResult, RunStart
from wakeel.runtime import runner
from wakeel.sdk import Calendar
from wakeel.settings import settings
from workflows.recipe import RecipeRun

LIMIT = 150  # seconds of real time: a bug in workflow code leaves a run running for ever


@dataclass
class Probe:
    """A service that does as its arguments say, and counts."""

    calls: list[CallInput] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def keys(self) -> list[str]:
        """Return the call keys in order."""
        return [call.key for call in self.calls]

    def activities(self) -> list[Callable[..., Any]]:
        """Return the probe's activities."""
        return [self.say, self.refuse, self.wobble, self.locked, self.slow, self.release]

    @activity.defn(name="probe.say")
    async def say(self, given: CallInput) -> Any:
        """Return what was said."""
        self.calls.append(given)
        return given.args

    @activity.defn(name="probe.refuse")
    async def refuse(self, given: CallInput) -> Any:
        """Refuse, as a service does."""
        self.calls.append(given)
        raise ApplicationError("not like that", type="Rejected", non_retryable=True)

    @activity.defn(name="probe.wobble")
    async def wobble(self, given: CallInput) -> Any:
        """Fail as often as asked, then return."""
        self.calls.append(given)
        if self.keys.count(given.key) <= given.args["times"]:
            raise ApplicationError("away", type=given.args.get("word", "Unavailable"))
        return {"tries": self.keys.count(given.key)}

    @activity.defn(name="probe.locked")
    async def locked(self, given: CallInput) -> Any:
        """Accept the account only the second time."""
        self.calls.append(given)
        if self.keys.count(given.key) == 1:
            raise ApplicationError("wrong password", type="AuthError", non_retryable=True)
        return {}

    @activity.defn(name="probe.slow")
    async def slow(self, given: CallInput) -> Any:
        """Take a moment, and notice how many do at once."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.05)
        self.at_once -= 1
        return await self.say(given)

    @activity.defn(name="wakeel.finished")
    async def release(self, run: str) -> None:
        """Note that a queue was released."""
        self.finished.append(run)


@dataclass
class Runs:
    """Starts runs of plans on one server."""

    client: Client
    queue: str
    probe: Probe
    attributes: bool

    async def start(
        self, steps: list[dict[str, Any]], event: Any = None, **plan: Any
    ) -> WorkflowHandle[Any, RunResult]:
        """Start a run and return its handle."""
        name = uuid4().hex
        client = plan.pop(
            "client", ClientFacts(id="nour", name="Nour", calendar=Calendar(time_zone="Africa/Cairo", weekend=(4, 5)))
        )
        made = Plan.model_validate({"recipe": "trial", "client": client, "steps": steps, **plan})
        start = RunStart(plan=made, event=event, root=f"nour/trial/{name}", attributes=self.attributes, heartbeat=5)
        if made.starts:
            start.start = 0
        return await self.client.start_workflow(
            "trial", start, id=start.root, task_queue=self.queue, result_type=RunResult
        )

    async def run(self, steps: list[dict[str, Any]], event: Any = None, **plan: Any) -> RunResult:
        """Run to the end and return what the run left, however it ended."""
        handle = await self.start(steps, event, **plan)
        try:
            async with asyncio.timeout(LIMIT):
                return await handle.result()
        except WorkflowFailureError as error:
            return left(error.cause)


def left(cause: BaseException | None) -> RunResult:
    """Return what a failed run left in its failure."""
    if not isinstance(cause, ApplicationError):
        raise TypeError(repr(cause))
    return RunResult.model_validate(cause.details[0])


def say(name: str | None = None, **args: Any) -> dict[str, Any]:
    """Return a step that calls the probe."""
    return call("say", args, name=name)


def call(verb: str, args: dict[str, Any] | None = None, **words: Any) -> dict[str, Any]:
    """Return a step that calls an action of the probe."""
    action = f"probe.{verb}"
    step = {
        "kind": "action",
        "verb": action,
        "action": action,
        "args": args or {},
        "weakest": "keyed",
        "effect": "keyed",
    }
    return {**step, **words}


async def serving(environment: WorkflowEnvironment, *, attributes: bool) -> AsyncIterator[Runs]:
    """Run a worker on a queue of its own."""
    config = environment.client.config()
    config["data_converter"] = pydantic_data_converter
    client, queue, probe = Client(**config), uuid4().hex, Probe()
    worker = Worker(
        client,
        task_queue=queue,
        workflows=[RecipeRun],
        activities=probe.activities(),
        workflow_runner=runner(settings()),
    )
    async with worker:
        yield Runs(client, queue, probe, attributes)


@pytest.fixture
async def runs(skipping: WorkflowEnvironment) -> AsyncIterator[Runs]:
    """Give runs on the server whose time skips."""
    async for made in serving(skipping, attributes=False):
        yield made


@pytest.fixture
async def real_runs(temporal: WorkflowEnvironment) -> AsyncIterator[Runs]:
    """Give runs on the development server."""
    async for made in serving(temporal, attributes=True):
        yield made
