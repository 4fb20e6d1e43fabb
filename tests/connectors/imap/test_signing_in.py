"""Signing in is encrypted as the connection says, and only to a server that is who it says."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.imap.account import ImapConnection, check, open_client
from tests.servers.dovecot import Mailbox
from wakeel.sdk import AuthError, ConnectorError


async def sign_in(mailbox: Mailbox, **more: Any) -> None:
    known = {"host": mailbox.host, "username": mailbox.username, "password": mailbox.password}
    async with open_client(ImapConnection.model_validate(known | more)) as client:
        try:
            await check(client)
        except Exception as error:
            from connectors.imap.errors import classify

            raise classify(error) or error from error


async def test_tls_and_starttls_sign_in(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(mailbox.server.cafile))
    await sign_in(mailbox, security="tls", port=mailbox.server.imaps)
    await sign_in(mailbox, security="starttls", port=mailbox.server.imap)


async def test_a_certificate_that_nobody_vouches_for_needs_a_person(mailbox: Mailbox) -> None:
    with pytest.raises(AuthError, match="certificate"):
        await sign_in(mailbox, security="tls", port=mailbox.server.imaps)


async def test_a_password_with_a_line_break_never_reaches_the_line(mailbox: Mailbox) -> None:
    with pytest.raises(ConnectorError, match="control character"):
        await sign_in(mailbox, security="none", port=mailbox.server.imap, password="x\r\nA1 LOGOUT")
