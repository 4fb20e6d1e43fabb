"""Notices that an account has other settings or another secret, so that whatever waits for it goes on at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field

from temporalio.api.enums.v1 import PendingActivityState
from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

from wakeel.store import ConnectionRow, Store, StoreError, StoreUnavailable
from wakeel.triggers.owners import Owners

WAITING = "WakeelWaiting = 'account' AND ExecutionStatus = 'Running'"
SHARED = "shared"
SCHEDULED = PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED


@dataclass(slots=True)
class Accounts:
    """Compares each account with the last look; the first look of a process counts every account as changed."""

    client: Client
    store: Store
    owners: Owners
    retire: Callable[[str], Awaitable[None]]  # forget the open client of an account
    known: dict[str, str] = field(default_factory=dict[str, str])

    async def look(self) -> None:
        """Close the clients of accounts that changed; wake the runs and the sources that wait for them."""
        rows = await self.store.plans.connections()
        now = {row.id: await self.digest(row) for row in rows}
        changed = [row for row in rows if now[row.id] != self.known.get(row.id)]
        for row in changed:
            await self.retire(row.id)
        if changed:
            await self.wake_runs(changed)
            await self.wake_sources({row.id for row in changed})
        self.known = now

    async def digest(self, row: ConnectionRow) -> str:
        """Return what tells an account's settings, secrets included, from others; it never leaves this process."""
        try:
            fields = await self.store.secrets.reveal(row.fields, row.client)
        except StoreUnavailable:
            raise
        except StoreError as error:  # a secret that is missing
            return error.code
        return hashlib.sha256(json.dumps(fields, sort_keys=True, default=str).encode()).hexdigest()

    async def wake_runs(self, changed: Collection[ConnectionRow]) -> None:
        """Tell the runs that wait for an account of theirs."""
        async for run in self.client.list_workflows(WAITING):
            owner = run.id.partition("/")[0]
            for row in changed:
                if row.client in {owner, SHARED}:
                    await tell(self.client.get_workflow_handle(run.id), "reconnected", row.id)

    async def wake_sources(self, changed: Collection[str]) -> None:
        """Let the sources that were refused look again now, not in minutes."""
        for workflow_id, source in self.owners.told.items():
            handle = self.client.get_workflow_handle(workflow_id)
            if source.connection in changed and await refused(handle):
                await tell(handle, "again")


async def refused(handle: WorkflowHandle[object, object]) -> bool:
    """Say whether the last look at a source failed and the next one is still to come."""
    told = (await handle.describe()).raw_description
    return any(work.state == SCHEDULED and work.attempt > 1 for work in told.pending_activities)


async def tell(handle: WorkflowHandle[object, object], signal: str, *words: str) -> None:
    """Send a signal; a workflow that ended meanwhile needs none."""
    try:
        await handle.signal(signal, args=words)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
