"""An account behind Dovecot's submission and the relay with faults."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterable, AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.smtp.connection import Outbox, SmtpConnection, open_client
from tests.servers.dovecot import Mailbox
from tests.servers.relay import Relay
from wakeel.sdk import Calendar, Call, FileRef

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class MemoryFiles:
    """A blob store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, name: str, media_type: str, data: bytes | AsyncIterable[bytes]) -> FileRef:
        assert isinstance(data, bytes)
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        return FileRef(sha256=digest, name=name, media_type=media_type, size=len(data))

    async def get(self, ref: FileRef) -> bytes:
        return self.kept[ref.sha256]

    async def stream(self, ref: FileRef) -> AsyncIterator[bytes]:
        yield self.kept[ref.sha256]


class Desk:
    """A client that sends, and what its calls need."""

    def __init__(self, client: Outbox, relay: Relay, mailbox: Mailbox) -> None:
        self.client = client
        self.relay = relay
        self.mailbox = mailbox
        self.files = MemoryFiles()

    def call(self, key: str = "run/steps/0", *, repeat: bool = False) -> Call[Any]:
        return Call(self.client, key, repeat, NOW, Calendar(), self.files)


@pytest.fixture
def settings(relay: Relay, mailbox: Mailbox) -> dict[str, Any]:
    """Straight to the relay, which asks for no sign-in; the Sent folder is the account's on Dovecot."""
    return {
        "host": relay.host,
        "port": relay.port,
        "security": "none",
        "from_address": f"شركة النور للتجارة والمقاولات العامة <{mailbox.address}>",
        "imap_port": mailbox.server.imap,
    }


@pytest.fixture
async def desk(settings: dict[str, Any], relay: Relay, mailbox: Mailbox) -> AsyncIterator[Desk]:
    async with open_client(SmtpConnection.model_validate(settings)) as client:
        yield Desk(client, relay, mailbox)


@pytest.fixture
async def filing(settings: dict[str, Any], relay: Relay, mailbox: Mailbox) -> AsyncIterator[Desk]:
    """An account whose server files what it sends; it signs in at Dovecot's submission."""
    signed = {"port": mailbox.server.submission, "username": mailbox.username, "password": mailbox.password}
    known = SmtpConnection.model_validate(settings | signed | {"files_sent": "yes"})
    async with open_client(known) as client:
        yield Desk(client, relay, mailbox)
