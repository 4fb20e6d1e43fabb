"""A mailbox on loopback: SMTP takes mail for anybody, IMAP shows what came to the one account."""

from wakeel.playground.mail.account import Account
from wakeel.playground.mail.server import MailServer

__all__ = ["Account", "MailServer"]
