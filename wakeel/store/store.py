"""The store: one object for all that Wakeel keeps, on SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from wakeel.sdk.files import Files
from wakeel.store.blobs import Blobs
from wakeel.store.cipher import Cipher
from wakeel.store.database import Database, Job
from wakeel.store.effects import Effects
from wakeel.store.errors import StoreError
from wakeel.store.events import Events
from wakeel.store.plans import Plans
from wakeel.store.runs import Runs
from wakeel.store.secrets import Secrets
from wakeel.store.wake import Bell, Wake

CHECK = "key check"  # sealed when the database is new; a key that opens it is the right one


class Store:
    """Everything that outlives a process, but Temporal's histories. Open it with `Store.open`."""

    def __init__(self, database: Database, bell: Bell, data: Path, key: bytes, env: Mapping[str, str]) -> None:
        cipher = Cipher(key)
        self.database = database
        self.effects = Effects(database, cipher)
        self.events = Events(database, cipher)
        self.plans = Plans(database)
        self.secrets = Secrets(database, cipher, env)
        self.runs = Runs(database, cipher)
        self.wake = Wake(bell)
        self._cipher = cipher
        self._blobs = data / "blobs"

    @classmethod
    async def open(
        cls, url: str, *, data: Path, key: bytes, durable: bool = True, env: Mapping[str, str] = os.environ
    ) -> Store:
        """Open `sqlite:///path` or `postgresql://…`, and bring its tables up to date.

        Not durable: a power cut may take the last moments along; a killed process takes nothing.
        `env` is where secrets are looked for first.
        """
        await asyncio.to_thread(data.mkdir, 0o700, parents=True, exist_ok=True)
        database, bell = await opened(url, data, durable=durable)
        store = cls(database, bell, data, key, env)
        try:
            await database.write(checking(store._cipher))
        except BaseException:
            await store.close()
            raise
        return store

    def files(self, client: str) -> Files:
        """Return the files of one client."""
        return Blobs(self._blobs, client, self._cipher)

    async def close(self) -> None:
        """Finish what was asked for, then let go."""
        await self.wake.close()
        await self.database.close()


async def opened(url: str, data: Path, *, durable: bool) -> tuple[Database, Bell]:
    """Open the database that a URL names, and the way to reach the other processes that use it."""
    if url.startswith(("postgresql://", "postgres://")):
        try:
            from wakeel.store.notices import Notices
            from wakeel.store.postgres import Postgres
        except ModuleNotFoundError as error:
            raise StoreError("W5916") from error
        postgres = await Postgres.open(url, durable=durable)
        return postgres, Notices(postgres)
    scheme, found, path = url.partition("sqlite:///")
    if scheme or not found or not path:
        raise StoreError("W5913", url=url.rsplit("@", maxsplit=1)[-1])
    from wakeel.store.sockets import Sockets
    from wakeel.store.sqlite import Sqlite

    return await Sqlite.open(Path(path), durable=durable), Sockets(data / "wake")


def checking(cipher: Cipher) -> Job[None]:
    """Seal the check where the database is new, else open it; raise WrongKey."""
    check = cipher.seal("check", CHECK.encode(), CHECK).hex()
    yield "INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", (CHECK, check)
    found = yield "SELECT value FROM facts WHERE name = $1", (CHECK,)
    cipher.unseal("check", bytes.fromhex(found[0]["value"]), CHECK)
