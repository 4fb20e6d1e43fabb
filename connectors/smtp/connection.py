"""The connector's value, its settings, and the client that delivers mail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from pydantic import Field

from connectors.smtp.errors import classify
from wakeel.sdk import Connector, Rejected
from wakeel.sdk.ports.mail import Correspondent, Letter, MailConnection, Refusal, parse_recipient
from wakeel.sdk.ports.mail.connection import Security


class SmtpConnection(MailConnection):
    """An account to send by. With `files_sent` its Sent folder is asked whether a mail went out."""

    imap_host: str = Field(default="", description="Where the Sent folder is read; by default `imap.` for `smtp.`.")
    imap_port: int | None = Field(default=None, ge=1, le=65535, description="IMAP port; by default the usual one.")
    imap_security: Security | None = Field(
        default=None, description="As `security`, for IMAP; by default `tls`, and `none` where that is `none`."
    )


class Outbox:
    """Sends by one account; each mail has a session of its own, so many go out at once."""

    def __init__(self, connection: SmtpConnection) -> None:
        self.connection = connection
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="smtp-sent")

    @property
    def sender(self) -> Correspondent:
        """Who the mail is from."""
        person = parse_recipient(self.connection.from_address or self.connection.username)
        if not person.address:
            raise Rejected("This mail account has no sender. Set `from_address` in connections.yaml.")
        return person

    async def deliver(self, letter: Letter, data: bytes) -> list[Refusal]:
        """Send a mail; return the recipients that the server refused."""
        from connectors.smtp.delivery import deliver

        return await deliver(self.connection, letter, data)

    async def was_sent(self, message_id: str) -> bool:
        """Say whether the server filed this mail in the Sent folder."""
        from connectors.smtp.sent_folder import holds

        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, holds, self.connection, message_id)

    def close(self) -> None:
        """End the thread; a search under way ends first."""
        self._threads.shutdown(wait=False)


@asynccontextmanager
async def open_client(connection: SmtpConnection) -> AsyncIterator[Outbox]:
    """Open nothing yet: each mail signs in."""
    outbox = Outbox(connection)
    try:
        yield outbox
    finally:
        outbox.close()


async def check(outbox: Outbox) -> None:
    """Sign in and out."""
    from connectors.smtp.delivery import session

    async with session(outbox.connection):
        pass


smtp: Connector[Outbox] = Connector(
    "smtp", SmtpConnection, open_client, classify, port="mail", title="SMTP", check=check
)
