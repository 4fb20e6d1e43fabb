"""The mailbox itself: one account of pymap, in this process and in memory."""

from __future__ import annotations

from argparse import Namespace
from asyncio import StreamReader, StreamWriter
from datetime import UTC, datetime
from uuid import uuid4

from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, Identity, Login
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata

FOLDERS = ("Sent", "Drafts", "Archive", "Trash")


class Quiet(Config):
    """Settings that ask no name server for this machine's name at each connection."""

    @property
    def greeting(self) -> bytes:
        """Return what a client is told first."""
        return b"Wakeel playground"


class Account:
    """One address with its folders; keywords are not kept, so labels become folders (a limit of pymap)."""

    def __init__(self, address: str, password: str) -> None:
        self.address, self.password = address, password
        arguments = Namespace(passlib_cfg=None, proxy_protocol=None)
        self.config = Quiet(
            arguments,
            host=None,
            port=0,
            tls_enabled=False,
            demo_data=False,
            demo_user=address,
            demo_password=password,
            invalid_user_sleep=0,
        )
        self.login = Login(self.config)
        self.identity = Identity(address, self.login, None, frozenset())

    async def open(self) -> None:
        """Make the account and its folders."""
        secret = await Passwords(self.config).hash_password(self.password)
        await self.login.demo_user_identity.set(UserMetadata(self.config, self.address, password=secret))
        async with self.identity.new_session() as session:
            for name in FOLDERS:
                await session.create_mailbox(name)
                await session.subscribe(name)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Speak IMAP on one connection until it ends."""
        server = IMAPServer(self.login, self.config)
        await server(reader, writer, SocketInfoLocal(writer, unique_id=uuid4().bytes))

    async def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        """Put a mail into a folder; whoever waits in IDLE is told at once."""
        async with self.identity.new_session() as session:
            await session.append_messages(folder, [AppendMessage(raw, datetime.now(UTC))])

    async def count(self, folder: str = "INBOX") -> int:
        """Return how many mails a folder holds."""
        async with self.identity.new_session() as session:
            box, _ = await session.get_mailbox(folder)
            return int(box.exists)
