"""One mail through one SMTP session, command by command, so that it is known how far the mail came."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiosmtplib

from connectors.smtp.errors import all_refused, answer_error, shown, surely_not_sent
from wakeel.sdk import Maybe
from wakeel.sdk.ports.mail import Letter, Refusal, parse_recipient
from wakeel.sdk.ports.mail.writing import ascii_host, wire_address

if TYPE_CHECKING:
    from connectors.smtp.connection import SmtpConnection

TIMEOUT = 30.0  # seconds for one answer
USUAL = {"tls": 465, "starttls": 587, "none": 25}


async def deliver(connection: SmtpConnection, letter: Letter, data: bytes) -> list[Refusal]:
    """Send a mail to those whom the server takes it for."""
    addresses = {wire_address(address): address for address in letter.recipients}
    async with session(connection) as client:
        try:
            await client.mail(wire_address(letter.sender.address))
            refused = [no for wired, known in addresses.items() if (no := await refusal(client, wired, known))]
        except (aiosmtplib.SMTPException, OSError) as error:
            raise surely_not_sent(error) or error from error
        if len(refused) == len(addresses):
            raise all_refused([no.code for no in refused])
        await hand_over(client, data)
    return refused


@asynccontextmanager
async def session(connection: SmtpConnection) -> AsyncIterator[aiosmtplib.SMTP]:
    """Connect, encrypt as the settings say, sign in; say farewell at the end."""
    client = aiosmtplib.SMTP(
        hostname=connection.host,
        port=connection.port or USUAL[connection.security],
        use_tls=connection.security == "tls",
        start_tls=connection.security == "starttls",  # never None: that falls back to plain text
        local_hostname=ascii_host(parse_recipient(connection.from_address).address) or "localhost",
        timeout=TIMEOUT,
    )
    try:
        await client.connect()
        if connection.username:
            await client.login(connection.username, connection.password.get_secret_value())
    except (aiosmtplib.SMTPException, OSError) as error:
        client.close()
        raise surely_not_sent(error) or error from error
    try:
        yield client
    finally:
        with contextlib.suppress(aiosmtplib.SMTPException, OSError):
            await client.quit()
        client.close()


async def refusal(client: aiosmtplib.SMTP, wired: str, known: str) -> Refusal | None:
    """Name a recipient; return the refusal, if it is one."""
    try:
        await client.rcpt(wired)
    except aiosmtplib.SMTPRecipientRefused as refused:
        return Refusal(address=known, code=refused.code, reason=shown(refused.message))
    return None


async def hand_over(client: aiosmtplib.SMTP, data: bytes) -> None:
    """Send the mail itself: from here on a lost answer says nothing."""
    try:
        await client.data(data)
    except aiosmtplib.SMTPDataError as refused:
        raise answer_error(refused.code, refused.message) from refused
    except (aiosmtplib.SMTPException, OSError) as lost:
        raise Maybe("The connection broke off before the mail server said whether it took the mail.") from lost
