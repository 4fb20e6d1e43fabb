"""PostgreSQL: a pool of connections, prepared statements, one transaction for each job."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import asyncpg

from wakeel.store.database import Job, Rows, T
from wakeel.store.errors import StoreError, StoreUnavailable
from wakeel.store.migrate import HEAD, VERSION, upgrade_postgres

AT_ONCE = 10  # connections of one process
CONNECT, PATIENCE = 5.0, 30.0  # seconds for a new connection, and for one statement
AWAY = (
    OSError,  # also TimeoutError and what the network says
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,  # a deadlock: one of the two must come again
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)


class Postgres:
    """A database on a server."""

    lock = "SELECT pg_advisory_xact_lock($1)"

    def __init__(self, url: str, pool: Any) -> None:
        self._url = url
        self._pool = pool

    @classmethod
    async def open(cls, url: str, *, durable: bool) -> Postgres:
        """Bring the tables up to date where it is needed, then open the pool."""
        settings = {"application_name": "wakeel", "jit": "off", "synchronous_commit": "on" if durable else "off"}
        with in_words():
            await prepare(url)
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=AT_ONCE,
                timeout=CONNECT,
                command_timeout=PATIENCE,
                server_settings=settings,
                reset=nothing_to_reset,
            )
        return cls(url, pool)

    async def write(self, job: Job[T], *, atomic: bool = True) -> T:
        """Run a job and return when it is durable; not atomic: each statement stands for itself."""
        with in_words():
            async with self._pool.acquire() as connection:
                if not atomic:
                    return await drive(connection, job)
                async with connection.transaction():
                    return await drive(connection, job)

    async def read(self, job: Job[T]) -> T:
        """Run a job that changes nothing."""
        return await self.write(job, atomic=False)

    async def connect(self) -> Any:
        """Open a connection beside the pool."""
        return await asyncpg.connect(self._url, timeout=CONNECT)

    async def close(self) -> None:
        """Finish what was asked for, then let go."""
        await self._pool.close()


async def drive(connection: Any, job: Job[T]) -> T:
    """Run a job to its end; asyncpg keeps the prepared statement of each text."""
    rows: Rows | None = None
    while True:
        try:
            sql, values = job.send(rows)  # type: ignore[arg-type]  # a generator is begun with None
        except StopIteration as end:
            result: T = end.value
            return result
        if isinstance(values, list):
            rows = []
            if values:
                await connection.executemany(sql, values)
        else:
            rows = await connection.fetch(sql, *values)


async def prepare(url: str) -> None:
    """Bring the tables up to date; alembic is loaded only where they are not."""
    try:
        connection = await asyncpg.connect(url, timeout=CONNECT)
    except ValueError as error:
        raise StoreError("W5913", url=url.rsplit("@", maxsplit=1)[-1]) from error
    try:
        known = await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL")
        found = await connection.fetchval(VERSION) if known else None
    finally:
        await connection.close()
    if found != HEAD:
        await upgrade_postgres(lambda *_given: asyncpg.connect(url, timeout=CONNECT))


async def nothing_to_reset(_connection: Any) -> None:
    """Save the round trip: every job ends its transaction and sets nothing."""


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """Turn what the driver says into what a person can mend."""
    try:
        yield
    except asyncpg.DiskFullError as error:
        raise StoreUnavailable("W5901") from error
    except AWAY as error:
        if isinstance(error, ValueError):  # a value of the wrong kind is our mistake
            raise
        raise StoreUnavailable("W5906") from error
