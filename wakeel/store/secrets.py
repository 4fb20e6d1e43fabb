"""Secrets by name: from variables, from files, and last from the encrypted store."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wakeel.store.cipher import SHARED, Cipher
from wakeel.store.database import Database, ask
from wakeel.store.errors import SecretMissing, StoreError

SCHEME = "secret://"
NAME = re.compile(r"[A-Z][A-Z0-9_]{0,99}")
PURPOSE = "secrets"

SET = """
INSERT INTO secrets (name, client, value) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET client = excluded.client, value = excluded.value"""


class Secrets:
    """Values under names; each belongs to a client, or to `shared`."""

    def __init__(self, database: Database, cipher: Cipher, env: Mapping[str, str]) -> None:
        self._database = database
        self._cipher = cipher
        self._env = env

    async def set(self, name: str, value: str, client: str = SHARED) -> None:
        """Keep a secret; a former value is gone."""
        sealed = self._cipher.seal(PURPOSE, value.encode(), f"{checked(name)}\0{client}")
        await self._database.write(ask(SET, name, client, sealed))

    async def get(self, name: str) -> str | None:
        """Return a secret of the encrypted store, or None."""
        return (await self._stored(name) or (None, SHARED))[0]

    async def names(self) -> dict[str, str]:
        """Return the names of the encrypted store, with their clients."""
        rows = await self._database.read(ask("SELECT name, client FROM secrets ORDER BY name"))
        return {row["name"]: row["client"] for row in rows}

    async def remove(self, name: str) -> bool:
        """Forget a secret; False where there was none."""
        return bool(await self._database.write(ask("DELETE FROM secrets WHERE name = $1 RETURNING name", name)))

    async def resolve(self, reference: str, client: str = SHARED) -> str:
        """Return the value behind `secret://NAME` for a connection of one client, or raise SecretMissing.

        The order: the variable WAKEEL_SECRET_NAME, the file NAME in WAKEEL_SECRETS_DIR, the encrypted store.
        """
        name = checked(reference.removeprefix(SCHEME))
        if (value := self._env.get(f"WAKEEL_SECRET_{name}")) is not None:
            return value
        if (value := await asyncio.to_thread(from_file, name, self._env)) is not None:
            return value
        if (found := await self._stored(name)) is None:
            raise SecretMissing("W5909", name=name)
        if found[1] not in {SHARED, client}:
            raise SecretMissing("W5910", name=name, client=client)
        return found[0]

    async def reveal(self, fields: Mapping[str, Any], client: str = SHARED) -> dict[str, Any]:
        """Return a connection's fields with its secrets in them: for the call that opens it, and nowhere else."""
        return {name: await self._revealed(value, client) for name, value in fields.items()}

    async def _revealed(self, value: Any, client: str) -> Any:
        if isinstance(value, Mapping):
            return {name: await self._revealed(inner, client) for name, inner in value.items()}
        if isinstance(value, list):
            return [await self._revealed(inner, client) for inner in value]
        secret = isinstance(value, str) and value.startswith(SCHEME)
        return await self.resolve(value, client) if secret else value

    async def _stored(self, name: str) -> tuple[str, str] | None:
        for row in await self._database.read(ask("SELECT client, value FROM secrets WHERE name = $1", name)):
            value = self._cipher.unseal(PURPOSE, row["value"], f"{name}\0{row['client']}")
            return value.decode(), row["client"]
        return None


def checked(name: str) -> str:
    """Return the name, or raise StoreError: it becomes part of a variable's and a file's name."""
    if not NAME.fullmatch(name):
        raise StoreError("W5914", name=name)
    return name


def from_file(name: str, env: Mapping[str, str]) -> str | None:
    """Read a secret from the folder WAKEEL_SECRETS_DIR, as container platforms mount them."""
    if not (folder := env.get("WAKEEL_SECRETS_DIR")):
        return None
    try:
        return (Path(folder) / name).read_text("utf-8").removesuffix("\n")
    except FileNotFoundError:
        return None
