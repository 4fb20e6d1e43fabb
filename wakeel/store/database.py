"""How the parts of the store speak to a database: jobs that know SQL and no driver.

A job is a generator. It yields statements and is sent their rows, so that one text
of SQL runs in SQLite's thread and on PostgreSQL's connections alike. A statement is
a text with `$1`, `$2` … and its values: a tuple, or a list of tuples to run it for each.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

Values = tuple[Any, ...] | list[tuple[Any, ...]]
Statement = tuple[str, Values]
Rows = list[Any]  # each row is read by name: row["key"]
Job = Generator[Statement, Rows, T]

QUEUES, PLANS, MIGRATION = 811_001, 811_002, 811_003  # what `lock` may order


class Database(Protocol):
    """SQLite or PostgreSQL."""

    lock: str  # a statement: whoever runs it with the same number waits until the first has committed

    async def write(self, job: Job[T], *, atomic: bool = True) -> T:
        """Run a job and return when it is durable; not atomic: each statement stands for itself."""

    async def read(self, job: Job[T]) -> T:
        """Run a job that changes nothing."""

    async def close(self) -> None:
        """Finish what was asked for, then let go."""


def ask(sql: str, *values: Any) -> Job[Rows]:
    """Make a job of one statement."""
    return (yield sql, values)
