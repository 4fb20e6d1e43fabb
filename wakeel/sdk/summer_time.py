"""Where clocks are set forward: the wall times that do not exist, and the first moment behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Gap:
    """Wall time that does not exist, because clocks are set forward."""

    end: datetime  # the first moment that exists again
    length: timedelta

    @property
    def until(self) -> datetime:
        """The wall time at which the gap ends."""
        return self.end.replace(tzinfo=None)

    @property
    def begin(self) -> datetime:
        """The first wall time that does not exist."""
        return self.until - self.length


def end_of_gap(wall: datetime) -> datetime:
    """Return the first moment after the gap of summer time that swallows a wall time."""
    before, after = wall.replace(fold=0).utcoffset(), wall.replace(fold=1).utcoffset()
    gap = abs((before or ZERO) - (after or ZERO))
    low = (wall - gap).astimezone(UTC)
    return change(low, low + 3 * gap, wall.tzinfo)


def change(low: datetime, high: datetime, there: tzinfo | None) -> datetime:
    """Return the moment between two others at which the clocks of a zone were changed."""
    before = low.astimezone(there).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(there).utcoffset() == before else (low, middle)
    return high.replace(microsecond=0).astimezone(there)
