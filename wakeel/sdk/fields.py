"""Field types with a meaning that plain Python types do not carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator

ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,190}\Z")


@dataclass(frozen=True, slots=True)
class Picker:
    """Marks a text field whose value a person picks from what the service offers: `trello.list`."""

    kind: str


def check_address(value: str) -> str:
    """Accept `name@host`; refuse control characters, several addresses and display names (RFC 5321)."""
    if not ADDRESS.fullmatch(value) or any(ord(c) < 32 for c in value):
        msg = "not a mail address"
        raise ValueError(msg)
    return value


MailAddress = Annotated[str, AfterValidator(check_address)]
Json = Any  # free-form data: the checker does not follow it
