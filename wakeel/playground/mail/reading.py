"""Read of a mail what an effect repeats; broken mails are taken too, so nothing here may fail."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

HEADERS = {"sender": "From", "subject": "Subject", "message_id": "Message-ID"}
SHOWN = 4_000  # characters of the text
BROKEN = (LookupError, ValueError, AttributeError, TypeError)  # what the email package raises on hostile input


def about(raw: bytes) -> dict[str, str]:
    """Return sender, subject, Message-ID and the beginning of the text; what cannot be read is empty."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    return {word: header(mail, name) for word, name in HEADERS.items()} | {"text": text(mail)}


def header(mail: EmailMessage, name: str) -> str:
    """Return a header as a person reads it."""
    try:
        return printable(str(mail[name] or "").strip())
    except BROKEN:
        return ""


def text(mail: EmailMessage) -> str:
    """Return the beginning of a mail's text."""
    try:
        part = mail.get_body(("plain", "html"))
        return printable(str(part.get_content())[:SHOWN]) if part else ""
    except BROKEN:
        return ""


def printable(written: str) -> str:
    """Put a question mark in the place of bytes that belong to no charset."""
    return written.encode("utf-8", "replace").decode()
