"""Mails for the tests: the shipped examples, and new ones as mail programs write them."""

from __future__ import annotations

from email.header import Header
from uuid import uuid4

from tests.faults.workspace import DEFINITIONS

SENDER = "Sam Carter <sam.carter@example.net>"


def shipped(name: str) -> bytes:
    """Return an example of the gallery as it goes over the line."""
    return (DEFINITIONS / "fixtures" / f"{name}.eml").read_bytes().replace(b"\n", b"\r\n")


def letter(subject: str, text: str = "Please look at this.", answers: str = "", identity: str = "") -> bytes:
    """Write a mail; `answers` is the Message-ID of the mail before it in its thread."""
    lines = [
        f"From: {SENDER}",
        "To: info@example.com",
        "Subject: " + Header(subject, "utf-8").encode(linesep="\r\n"),
        "Date: Sun, 22 Nov 2026 09:12:44 +0200",
        f"Message-ID: {identity or f'<{uuid4().hex}@example.net>'}",
        *([f"In-Reply-To: {answers}", f"References: {answers}"] if answers else []),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        text,
        "",
    ]
    return "\r\n".join(lines).encode()
