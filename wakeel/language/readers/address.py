"""Mail addresses: one, plain, without a display name."""

from __future__ import annotations

import re

from wakeel.language.readers.digits import DIRECTION_MARKS
from wakeel.language.readers.unreadable import Unreadable
from wakeel.sdk.fields import check_address

NOT_ADDRESS = "W2167"

LIKELY = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
FOREIGN = re.compile(r"[\s,;:<>()\[\]\"\\\x00-\x1f]")


def read_address(text: str) -> str:
    """Read `name@example.com`; refuse several addresses, names and line breaks."""
    address = text.strip(" " + DIRECTION_MARKS)
    try:
        return check_address(address)
    except ValueError:
        offset = fault(text)
        raise Unreadable(NOT_ADDRESS, offset, position=offset + 1, mended=likely_address(text)) from None


def likely_address(text: str) -> str:
    """Return the one address that stands in a text, else an example."""
    found = set(LIKELY.findall(text))
    return found.pop() if len(found) == 1 else "nour@example.com"


def fault(text: str) -> int:
    """Return where an address goes wrong: a foreign character, a second `@`, or the end."""
    found = FOREIGN.search(text.rstrip(" "), len(text) - len(text.lstrip(" ")))
    second = text.find("@", text.find("@") + 1) if "@" in text else -1
    faults = [found.start()] if found else []
    faults += [second] if second >= 0 else []
    faults += [0] if text.strip(" ").startswith("@") else []
    return min(faults, default=len(text.rstrip(" ")))
