"""Temporal: does it answer, for how long does it remember, does a worker listen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from wakeel.cli.doctor.finding import Finding, bad, ok, warn
from wakeel.cli.doctor.storage import FAR, offset
from wakeel.settings import Settings
from wakeel.store.arrivals import KEPT

LIMIT = timedelta(seconds=5)
MARGIN = timedelta(days=30)  # the store remembers events for so much longer than Temporal remembers runs


async def examine(settings: Settings, address: str) -> list[Finding]:
    """Look at Temporal from all sides."""
    from wakeel.runtime import connect

    try:
        async with asyncio.timeout(LIMIT.total_seconds()):
            client = await connect()
            return [ok("temporal", address=address), await retention(client), *await workers(client, settings)]
    except (RPCError, RuntimeError, TimeoutError):
        return [bad("temporal_away", address=address)]


async def retention(client: Client) -> Finding:
    """Look how long Temporal remembers closed runs."""
    asked = DescribeNamespaceRequest(namespace=client.namespace)
    answer = await client.workflow_service.describe_namespace(asked, timeout=LIMIT)
    kept = answer.config.workflow_execution_retention_ttl.ToTimedelta()
    level = warn if kept > timedelta(seconds=KEPT) - MARGIN else ok
    return level("retention", namespace=client.namespace, days=f"{kept / timedelta(days=1):.0f}")


async def workers(client: Client, settings: Settings) -> list[Finding]:
    """Look whether a worker listens, and by the server's clock when it last did."""
    pollers = await polls(client, settings.task_queue)
    if not pollers:
        return [bad("no_worker", queue=settings.task_queue)]
    return [ok("worker", count=len({poller.identity for poller in pollers})), *ahead(pollers)]


async def polls(client: Client, queue: str) -> list[Any]:
    """Return who asked for calls to do in the last minutes."""
    asked = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    )
    answer = await client.workflow_service.describe_task_queue(asked, timeout=LIMIT)
    fresh = time.time() - 120
    return [poller for poller in answer.pollers if poller.last_access_time.ToSeconds() > fresh]


def ahead(pollers: list[Any]) -> Iterator[Finding]:
    """Notice a server whose clock is ahead of ours: it has seen a worker in our future."""
    latest = max(poller.last_access_time.ToNanoseconds() / 1e9 for poller in pollers)
    if latest > time.time() + FAR:
        yield offset("Temporal", latest)
