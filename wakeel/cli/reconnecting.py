"""Tells runs that wait for an account that it has a new secret, so that they go on at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from wakeel.cli.secrets_needed import names

if TYPE_CHECKING:
    from wakeel.store import Store

LIMIT = 5.0  # seconds: without Temporal the runs look again by themselves
WAITING = "WakeelWaiting = 'account' AND ExecutionStatus = 'Running'"


async def reconnected(secret: str, store: Store) -> int:
    """Signal the runs that wait; return how many, 0 where Temporal is not there."""
    from temporalio.service import RPCError

    from wakeel.runtime import connect

    users = [row.id for row in await store.plans.connections() if secret in names(row.fields)]
    if not users:
        return 0
    count = 0
    try:
        async with asyncio.timeout(LIMIT):
            client = await connect()
            async for run in client.list_workflows(WAITING):
                for connection in users:
                    await client.get_workflow_handle(run.id).signal("reconnected", connection)
                count += 1
    except (RPCError, RuntimeError, TimeoutError):
        return count
    return count
