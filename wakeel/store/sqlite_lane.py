"""A thread with a SQLite connection of its own, which serves all waiting jobs together."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sqlite3
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from wakeel.store.database import Job, Statement, T
from wakeel.store.errors import StoreUnavailable

TOGETHER = 256  # jobs in one commit
CODES = {
    sqlite3.SQLITE_FULL: "W5901",
    sqlite3.SQLITE_BUSY: "W5902",
    sqlite3.SQLITE_LOCKED: "W5902",
    sqlite3.SQLITE_CANTOPEN: "W5903",
    sqlite3.SQLITE_CORRUPT: "W5904",
    sqlite3.SQLITE_NOTADB: "W5904",
    sqlite3.SQLITE_READONLY: "W5905",
    sqlite3.SQLITE_IOERR: "W5905",
    sqlite3.SQLITE_PERM: "W5905",
}


@dataclass(slots=True)
class Waiting:
    """A job, and who waits for it."""

    job: Job[Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = None


class Lane:
    """Runs jobs one after the other; each statement stands for itself."""

    def __init__(self, path: Path, connect: Callable[[], sqlite3.Connection]) -> None:
        self._path = path
        self._connect = connect
        self._jobs: SimpleQueue[Waiting | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"store-{path.name}", daemon=True)
        self._file: tuple[int, int] | None = None
        self._open: sqlite3.Connection | None = None
        self._closed = False
        self._thread.start()

    async def do(self, job: Job[T]) -> T:
        """Run a job in the lane's thread."""
        if self._closed:
            raise StoreUnavailable("W5915")
        future = asyncio.get_running_loop().create_future()
        self._jobs.put(Waiting(job, future))
        result: T = await future
        return result

    async def close(self) -> None:
        """Serve what waits, then end the thread."""
        self._closed = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        more = True
        while more:
            batch, more = self._take()
            self._serve(batch)
            answer(batch)
        self._let_go()

    def _take(self) -> tuple[list[Waiting], bool]:
        batch: list[Waiting] = []
        while not batch or (len(batch) < TOGETHER and not self._jobs.empty()):
            waiting = self._jobs.get()
            if waiting is None:
                return batch, False
            batch.append(waiting)
        return batch, True

    def _serve(self, batch: list[Waiting]) -> None:
        for waiting in batch:
            try:
                waiting.result = drive(self._connection(), waiting.job)
            except Exception as error:  # noqa: BLE001 - whoever asked for the job gets it
                waiting.error = in_words(error, self._path)

    def _connection(self) -> sqlite3.Connection:
        """Return the connection to the file that has the path now: a restored backup is another file."""
        if self._open is None or self._file != identity(self._path):
            self._let_go()
            self._open = self._connect()
            self._file = identity(self._path)
        return self._open

    def _let_go(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


class WriteLane(Lane):
    """Runs all waiting jobs in one transaction, a savepoint each, and commits once."""

    def _serve(self, batch: list[Waiting]) -> None:
        if not batch:
            return
        try:
            self._commit(batch)
        except Exception as error:  # noqa: BLE001 - the lane must live, and whoever asked gets it
            self._let_go()  # rolls back
            for waiting in batch:
                waiting.error = in_words(error, self._path)

    def _commit(self, batch: list[Waiting]) -> None:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        for waiting in batch:
            self._attempt(connection, waiting)
        connection.execute("COMMIT")
        if self._file != identity(self._path):  # committed into a file that somebody removed
            raise gone()

    def _attempt(self, connection: sqlite3.Connection, waiting: Waiting) -> None:
        connection.execute("SAVEPOINT job")
        try:
            waiting.result = drive(connection, waiting.job)
        except Exception as error:
            waiting.error = in_words(error, self._path)
            if not connection.in_transaction:  # a full disk may roll everything back
                raise
            connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")


def drive(connection: sqlite3.Connection, job: Generator[Statement, list[Any], T]) -> T:
    """Run a job to its end."""
    rows: list[Any] | None = None
    while True:
        try:
            sql, values = job.send(rows)  # type: ignore[arg-type]  # a generator is begun with None
        except StopIteration as end:
            result: T = end.value
            return result
        if isinstance(values, list):
            connection.executemany(numbered(sql), values)
            rows = []
        else:
            rows = connection.execute(numbered(sql), values).fetchall()


@cache
def numbered(sql: str) -> str:
    """Write `$1` as SQLite does."""
    return re.sub(r"\$(\d+)", r"?\1", sql)


def answer(batch: list[Waiting]) -> None:
    """Wake those who wait, with one wake-up for each event loop."""
    for loop in {waiting.future.get_loop() for waiting in batch}:
        mine = [waiting for waiting in batch if waiting.future.get_loop() is loop]
        with contextlib.suppress(RuntimeError):  # a loop that was closed waits for nothing
            loop.call_soon_threadsafe(settle, mine)


def settle(batch: list[Waiting]) -> None:
    """Hand over results, in the event loop's own thread."""
    for waiting in batch:
        if waiting.future.done():  # the waiter was cancelled
            continue
        if waiting.error is not None:
            waiting.future.set_exception(waiting.error)
        else:
            waiting.future.set_result(waiting.result)


def in_words(error: Exception, path: Path) -> Exception:
    """Return what a person can mend; an error of ours stays what it is."""
    code = CODES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return StoreUnavailable(code, file=path.name) if code else error


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file has this path, or None."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def gone() -> sqlite3.OperationalError:
    """Return what SQLite itself would say of a missing file."""
    error = sqlite3.OperationalError("the file is gone")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    return error
