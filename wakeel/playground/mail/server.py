"""Serve the mailbox: SMTP in, IMAP out, both without TLS and on loopback only."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from wakeel.playground.effects import Effects
from wakeel.playground.mail.account import Account
from wakeel.playground.mail.reading import about

HOST = "127.0.0.1"
HEADERS = {"sender": "From", "subject": "Subject", "message_id": "Message-ID"}


class MailServer:
    """Takes mail for anybody; what is for the account's address is delivered, the rest is remembered as gone out."""

    def __init__(self, account: Account, effects: Effects) -> None:
        self.account, self.effects = account, effects
        self.smtp_port = self.imap_port = 0
        self._readers: set[asyncio.Task[None]] = set()
        self._servers: list[asyncio.Server] = []

    async def __aenter__(self) -> MailServer:
        smtp = await asyncio.get_running_loop().create_server(self._session, HOST, 0)
        await self.account.open()
        imap = await asyncio.start_server(self._connected, HOST, 0)
        self._servers = [smtp, imap]
        self.smtp_port, self.imap_port = (server.sockets[0].getsockname()[1] for server in self._servers)
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self._servers:
            server.close()
        for reader in self._readers:  # in IDLE they would stay for ever
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)

    def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.ensure_future(self.account.serve(reader, writer))
        self._readers.add(task)
        task.add_done_callback(self._readers.discard)
        task.add_done_callback(lambda _: writer.close())

    def _session(self) -> SMTP:
        return SMTP(self, authenticator=self._authenticate, auth_require_tls=False, enable_SMTPUTF8=True)

    def _authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        known = (self.account.address.encode(), self.account.password.encode())
        right = isinstance(given, LoginPassword) and (given.login, given.password) == known
        return AuthResult(success=right, handled=False)  # aiosmtpd answers

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        """Take a mail; aiosmtpd finds this by its name."""
        raw = envelope.original_content or b""
        ours = any(recipient.lower() == self.account.address.lower() for recipient in envelope.rcpt_tos)
        if ours:
            await self.account.deliver(raw)
        told = {"from": envelope.mail_from, "to": list(envelope.rcpt_tos), "delivered": ours, "size": len(raw)}
        self.effects.add("mail.accepted", told | about(raw))
        return "250 2.0.0 accepted"
