"""The door's tables: events as they came, and the runs that they start."""

from __future__ import annotations

from dataclasses import dataclass

from wakeel.store.arrivals import UNMATCHED, Arrivals, Unmatched
from wakeel.store.database import Job
from wakeel.store.plans import REVISION, revision_of
from wakeel.store.starts import ANY_DUE, Starts


@dataclass(frozen=True, slots=True)
class Look:
    """What a dispatcher wants to know each time."""

    events: list[Unmatched]
    due: bool  # whether a run may start now
    revision: int  # of the plans that are live


class Events(Arrivals, Starts):
    """Keeps every event once, and says which runs it starts."""

    async def look(self, limit: int, now: float) -> Look:
        """Return what there is to do, in one read."""
        rows, due, revision = await self._database.read(looking(limit, now))
        return Look([self._unmatched(row) for row in rows], bool(due), revision_of(revision))


def looking(limit: int, now: float) -> Job[tuple[list[object], list[object], list[object]]]:
    """Read the oldest unmatched events, whether a run is due, and the revision."""
    return (yield UNMATCHED, (limit,)), (yield ANY_DUE, (now,)), (yield REVISION, ())
