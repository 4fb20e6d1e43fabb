"""Look for a mail in the Sent folder: where the server files what it sends, a copy there is proof."""

from __future__ import annotations

import contextlib
import imaplib
import ssl
from typing import TYPE_CHECKING

from imap_tools import ImapToolsError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.query import AND, H

from wakeel.sdk import Unavailable

if TYPE_CHECKING:
    from connectors.smtp.connection import SmtpConnection

TIMEOUT = 20.0
NAMES = ("Sent", "Sent Items", "Sent Mail", "[Gmail]/Sent Mail", "INBOX.Sent", "البريد المرسل", "العناصر المرسلة")


def holds(connection: SmtpConnection, message_id: str) -> bool:
    """Say whether the Sent folder holds a mail; raise Unavailable where that cannot be seen."""
    try:
        box = signed_in(connection)
        try:
            box.folder.set(sent_folder(box), readonly=True)
            return bool(box.uids(AND(header=H("Message-ID", message_id))))
        finally:
            with contextlib.suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
                box.logout()
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        message = "The Sent folder cannot be read, so nobody knows yet whether the mail went out."
        raise Unavailable(message) from error


def signed_in(connection: SmtpConnection) -> BaseMailBox:
    """Connect to the account's IMAP server and sign in."""
    security = connection.imap_security or ("none" if connection.security == "none" else "tls")
    host, port, trust = imap_host(connection), connection.imap_port, ssl.create_default_context
    box: BaseMailBox
    if security == "tls":
        box = MailBox(host, port or 993, timeout=TIMEOUT, ssl_context=trust())
    elif security == "starttls":
        box = MailBoxStartTls(host, port or 143, timeout=TIMEOUT, ssl_context=trust())
    else:
        box = MailBoxUnencrypted(host, port or 143, timeout=TIMEOUT)
    name, password = connection.username, connection.password.get_secret_value()
    sign = box.login if (name + password).isascii() else box.login_utf8
    return sign(name, password, initial_folder=None)


def imap_host(connection: SmtpConnection) -> str:
    """Return the IMAP server of the account: `imap.example.com` for `smtp.example.com`, else the same host."""
    first, dot, rest = connection.host.partition(".")
    return connection.imap_host or (f"imap.{rest}" if dot and first == "smtp" else connection.host)


def sent_folder(box: BaseMailBox) -> str:
    """Return the folder that the server calls Sent, or that is named so."""
    known = {folder.name: folder.flags for folder in box.folder.list()}
    marked = [name for name, flags in known.items() if "\\sent" in (flag.lower() for flag in flags)]
    return next(iter([*marked, *(name for name in NAMES if name in known)]), "Sent")
