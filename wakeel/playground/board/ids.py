"""Identities as Trello gives them: 24 hexadecimal digits that rise with time, and short links."""

from __future__ import annotations

import itertools
import secrets
import string
import time

LETTERS = string.ascii_letters + string.digits
PROCESS = secrets.token_hex(5)
COUNTER = itertools.count(secrets.randbelow(1000))


def new_id() -> str:
    """Return a new id; a later one is the greater text."""
    return f"{int(time.time()):08x}{PROCESS}{next(COUNTER) % 0x1000000:06x}"


def short_link() -> str:
    """Return the eight letters that stand in a card's address."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))
