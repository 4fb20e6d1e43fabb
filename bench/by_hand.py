"""The same job as `bench/overhead.py`'s recipe, as an engineer would write it on Temporal by hand."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from wakeel._path import use_app_root

use_app_root()


from connectors.http import http  # noqa: E402 - after the path is set
from wakeel.sdk import Calendar, Call  # noqa: E402

QUEUE = "by-hand"


class Job(BaseModel):
    """What the sender posted."""

    id: str
    go: bool
    name: str


class Post(BaseModel):
    """One call to the sink."""

    step: str
    name: str


@workflow.defn(name="by-hand", sandboxed=False)
class ByHand:
    """A condition and three calls, one after the other."""

    @workflow.run
    async def run(self, job: Job) -> str:
        """Post three times if the job says so."""
        if not job.go:
            return "stopped"
        for step in ("first", "second", "third"):
            await workflow.execute_activity(
                "post",
                Post(step=step, name=f"{step}: {job.name}"),
                start_to_close_timeout=timedelta(seconds=65),
                heartbeat_timeout=timedelta(seconds=10),
            )
        return "completed"


class Sink:
    """The same connector function as the recipe calls, as a plain activity."""

    def __init__(self, client: Any) -> None:
        self.client = client

    @activity.defn(name="post")
    async def post(self, given: Post) -> dict[str, Any]:
        """Call the sink under the activity's own key."""
        info, action = activity.info(), http.actions["request"]
        key = f"{info.workflow_id}/{given.step}"
        args = action.input.model_validate(
            {
                "method": "POST",
                "url": "effects",
                "json": {"name": given.name},
                "idempotency_header": "Idempotency-Key",
            }
        )
        done = await action(args, Call(self.client, key, False, datetime.now(UTC), Calendar(), None))  # type: ignore[arg-type]
        result: dict[str, Any] = done.model_dump(mode="json")
        return result


async def serve_worker(sink: str) -> None:
    """Work with the settings of Wakeel's own worker."""
    from temporalio.worker import PollerBehaviorAutoscaling, UnsandboxedWorkflowRunner, Worker

    from wakeel.runtime import connect

    temporal = await connect()
    async with (
        http.open(http.connection.model_validate({"base_url": sink})) as client,
        Worker(
            temporal,
            task_queue=QUEUE,
            workflows=[ByHand],
            activities=[Sink(client).post],
            workflow_runner=UnsandboxedWorkflowRunner(),
            workflow_task_poller_behavior=PollerBehaviorAutoscaling(),
            activity_task_poller_behavior=PollerBehaviorAutoscaling(),
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=3),
            max_concurrent_activities=200,
        ),
    ):
        await asyncio.Event().wait()


async def hook(request: Request) -> JSONResponse:
    """Start a run for a delivery, once by its id."""
    temporal: Client = request.app.state.temporal
    body = await request.body()
    if request.headers.get("x-wakeel-token") != "bench-token":
        return JSONResponse({}, 401)
    job = Job.model_validate(json.loads(body))
    name = hashlib.sha256(job.id.encode()).hexdigest()[:20]
    with contextlib.suppress(WorkflowAlreadyStartedError):
        await temporal.start_workflow(
            ByHand.run,
            job,
            id=f"by-hand/{name}",
            task_queue=QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )
    return JSONResponse({"id": job.id}, 202)


async def serve_web(port: int) -> None:
    """Take deliveries."""
    import uvicorn

    from wakeel.runtime import connect

    app = Starlette(routes=[Route("/hooks/bench", hook, methods=["POST"])])
    app.state.temporal = await connect()
    await uvicorn.Server(uvicorn.Config(app, port=port, log_level="error")).serve()


def main() -> None:
    """Run one part: `worker SINK` or `web PORT`."""
    import uvloop

    part, given = sys.argv[1:3]
    uvloop.run(serve_worker(given) if part == "worker" else serve_web(int(given)))


if __name__ == "__main__":
    main()
