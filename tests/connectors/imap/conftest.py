"""A mailbox on a real Dovecot, and the connector's client for it."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterable, AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.imap.account import Account, ImapConnection, open_client
from connectors.imap.cursor import Cursor
from tests.servers.dovecot import Mailbox
from wakeel.sdk import Calendar, Call, FileRef, Since


class MemoryFiles:
    """A blob store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, name: str, media_type: str, data: bytes | AsyncIterable[bytes]) -> FileRef:
        whole = data if isinstance(data, bytes) else b"".join([piece async for piece in data])
        digest = hashlib.sha256(whole).hexdigest()
        self.kept[digest] = whole
        return FileRef(sha256=digest, name=name, media_type=media_type, size=len(whole))

    async def get(self, ref: FileRef) -> bytes:
        return self.kept[ref.sha256]

    async def stream(self, ref: FileRef) -> AsyncIterator[bytes]:
        yield self.kept[ref.sha256]


class Desk:
    """The client of one mailbox, with what a call and a look need."""

    def __init__(self, mailbox: Mailbox, client: Account) -> None:
        self.mailbox = mailbox
        self.client = client
        self.files = MemoryFiles()

    def since(self, cursor: Cursor | None = None) -> Since[Account, Cursor]:
        return Since(self.client, cursor, datetime.now(UTC), self.files, "nour-mailbox")

    def call(self, key: str = "run/steps/0", *, repeat: bool = False) -> Call[Any]:
        return Call(self.client, key, repeat, datetime.now(UTC), Calendar(), self.files)


@pytest.fixture
def connection(mailbox: Mailbox) -> ImapConnection:
    return ImapConnection.model_validate(
        {
            "host": mailbox.host,
            "port": mailbox.server.imap,
            "username": mailbox.username,
            "password": mailbox.password,
            "security": "none",
        }
    )


@pytest.fixture
async def desk(mailbox: Mailbox, connection: ImapConnection) -> AsyncIterator[Desk]:
    async with open_client(connection) as client:
        yield Desk(mailbox, client)
