"""A mail server that takes mail from tests, and fails by the recipient's name on request."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller

from tests.servers.dovecot import DOMAIN, Dovecot
from tests.servers.process import HOST


@dataclass(frozen=True)
class Taken:
    """A mail that the relay took."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass
class Relay:
    """Refuses `refused…`, puts off `later…`, loses the answer after taking a mail for `…+lost@…`.

    What is for the test domain goes on to Dovecot; the rest is only remembered.
    """

    lmtp: int
    port: int
    host: str = HOST
    taken: list[Taken] = field(default_factory=list[Taken])

    def to(self, recipient: str) -> list[Taken]:
        """Return the mails taken for one recipient, oldest first."""
        return [mail for mail in self.taken if recipient in mail.recipients]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        """Judge a recipient; aiosmtpd finds this by its name."""
        if address.startswith("later"):
            return "451 4.7.1 try later"
        if address.startswith("refused"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail; aiosmtpd finds this by its name."""
        mail = Taken(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content)
        try:
            await asyncio.to_thread(self._hand_on, mail)
        except smtplib.SMTPRecipientsRefused:
            return "550 5.1.1 no such user"
        self.taken.append(mail)
        if any("+lost@" in recipient for recipient in mail.recipients):
            server.transport.abort()
        return "250 2.0.0 queued"

    def _hand_on(self, mail: Taken) -> None:
        ours = [recipient.replace("+lost", "") for recipient in mail.recipients if recipient.endswith(f"@{DOMAIN}")]
        if ours:
            with smtplib.LMTP(HOST, self.lmtp) as lmtp:
                lmtp.sendmail(mail.sender, ours, mail.raw)


@contextmanager
def relay_server(dovecot: Dovecot) -> Iterator[Relay]:
    """Run the relay in a thread, where Dovecot's submission service looks for it."""
    relay = Relay(dovecot.lmtp, dovecot.relay)
    controller = Controller(relay, hostname=HOST, port=relay.port)
    controller.start()
    try:
        yield relay
    finally:
        controller.stop()
