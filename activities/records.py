"""What the engine itself writes down for runs."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from wakeel.store import Store


@dataclass(slots=True)
class Records:
    """The store as runs reach it."""

    store: Store

    @activity.defn(name="wakeel.finished")
    async def finished(self, run: str) -> None:
        """Release the queue that the run held, and wake whoever starts the next."""
        await self.store.events.finished(run)
        await self.store.wake.nudge()
