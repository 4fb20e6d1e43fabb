"""Labels as IMAP keywords: every label has one legal keyword, and gets its own spelling back."""

from __future__ import annotations

import base64
import re

LONGEST = 50  # Dovecot's limit for a keyword
ILLEGAL = re.compile(r"[^A-Za-z0-9_./-]+")
CODED = re.compile(r"&([A-Za-z0-9+,]+)-")


def keyword(label: str) -> str | None:
    """Return the keyword of a label, or None where it would be too long."""
    word = ILLEGAL.sub(lambda run: f"&{coded(run[0])}-", label.strip())
    return word if 0 < len(word) <= LONGEST else None


def label_of(word: str) -> str:
    """Return the label of a keyword."""
    return CODED.sub(lambda run: plain(run[1]), word)


def coded(text: str) -> str:
    """Encode as folder names are (RFC 3501, 5.1.3), but for every character that a keyword may not hold."""
    return base64.b64encode(text.encode("utf-16-be")).decode("ascii").rstrip("=").replace("/", ",")


def plain(text: str) -> str:
    """Decode what `coded` made."""
    padded = text.replace(",", "/") + "=" * (-len(text) % 4)
    return base64.b64decode(padded).decode("utf-16-be", "replace")
