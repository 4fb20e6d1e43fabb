"""SQLite: one lane that writes with group commit, one that reads."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from pathlib import Path

from wakeel.store.database import Job, T
from wakeel.store.migrate import HEAD, VERSION, upgrade_sqlite
from wakeel.store.sqlite_lane import Lane, WriteLane, in_words

PATIENCE = 5.0  # seconds that a connection waits for another process


class Sqlite:
    """A database in a file."""

    lock = "SELECT $1"  # writers take turns anyway

    def __init__(self, path: Path, *, durable: bool) -> None:
        def opened() -> sqlite3.Connection:
            return connect(path, durable=durable)

        self._writes = WriteLane(path, opened)
        self._reads = Lane(path, opened)

    @classmethod
    async def open(cls, path: Path, *, durable: bool) -> Sqlite:
        """Create or upgrade the file where it is needed, then open it."""
        await asyncio.to_thread(prepare, path)
        return cls(path, durable=durable)

    async def write(self, job: Job[T], *, atomic: bool = True) -> T:  # noqa: ARG002 - a savepoint is always atomic
        """Run a job and return when it is durable."""
        return await self._writes.do(job)

    async def read(self, job: Job[T]) -> T:
        """Run a job that changes nothing."""
        return await self._reads.do(job)

    async def close(self) -> None:
        """Finish what was asked for, then let go."""
        await self._writes.close()
        await self._reads.close()


def connect(path: Path, *, durable: bool) -> sqlite3.Connection:
    """Open a database that exists: a new empty file in place of a lost one would forget every event."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None
    )
    try:
        connection.row_factory = sqlite3.Row
        write_ahead(connection, time.monotonic() + PATIENCE)
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def prepare(path: Path) -> None:
    """Bring the file's tables up to date; alembic is loaded only where they are not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if version(path) != HEAD:
            upgrade_sqlite(path)
    except sqlite3.Error as error:
        raise in_words(error, path) from error


def version(path: Path) -> str | None:
    """Return which migration the file's tables are of."""
    if not path.exists():
        return None
    with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute(VERSION).fetchone() if known else None
    return row[0] if row else None


def write_ahead(connection: sqlite3.Connection, until: float) -> None:
    """Choose the write-ahead log; SQLite refuses at once while another process does the same."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
