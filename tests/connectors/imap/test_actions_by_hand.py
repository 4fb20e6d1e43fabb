"""A mail that a person gave as a file lies in no mailbox."""

from __future__ import annotations

import pytest

from connectors.imap import imap
from connectors.imap.errors import Gone
from tests.connectors.calls import a_call
from tests.servers.dovecot import Mailbox


async def test_its_label_goes_nowhere_and_a_lost_mail_is_said(mailbox: Mailbox) -> None:
    connection = imap.connection.model_validate(
        {
            "host": mailbox.host,
            "port": mailbox.server.imap,
            "security": "none",
            "username": mailbox.username,
            "password": mailbox.password,
            "from_address": mailbox.address,
        }
    )
    add = imap.actions["add_label"]
    ref = {"account": "x", "folder": "INBOX", "message_id": "<nowhere@example.com>"}
    async with imap.open(connection) as client:
        done = await add(add.input.model_validate({"mail": ref, "label": "wakeel/carded"}), a_call(client, "k"))
        assert done.kept_as == "nowhere"
        with pytest.raises(Gone):
            await add(add.input.model_validate({"mail": {**ref, "uid": 7}, "label": "x"}), a_call(client, "k2"))
