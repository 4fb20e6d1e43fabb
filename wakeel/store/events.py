"""The door's tables: events as they came, and the runs that they start."""

from __future__ import annotations

from wakeel.store.arrivals import Arrivals
from wakeel.store.starts import Starts


class Events(Arrivals, Starts):
    """Keeps every event once, and says which runs it starts."""
