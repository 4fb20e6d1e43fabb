"""Whether every event source was looked at: what arrives before the first look is remembered and starts nothing."""

from __future__ import annotations

from temporalio.client import Client
from temporalio.service import RPCError

from wakeel.store import Store
from wakeel.triggers.owners import owner_id, sources


async def listening(client: Client, store: Store) -> bool:
    """Say whether all watched sources of the live activations have been looked at."""
    plans = (await store.plans.live_plans()).values()
    connections = {row.id: row for row in await store.plans.connections()}
    watched = [source for source in sources(plans, connections, heartbeat=1) if source.every is None]
    for source in watched:
        if not await looked(client, owner_id(source)):
            return False
    return True


async def looked(client: Client, owner: str) -> bool:
    """Say whether an owner's watch has shown a sign of life, which it does behind its first look."""
    try:
        told = await client.get_workflow_handle(owner).describe()
    except RPCError:
        return False
    pending = told.raw_description.pending_activities
    return any(activity.heartbeat_details.payloads for activity in pending)
