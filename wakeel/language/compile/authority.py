"""What a client's level of authority says of each class of action."""

from __future__ import annotations

from typing import Literal

from wakeel.language.nodes import Place
from wakeel.language.problems import Problems
from wakeel.language.workspace import Client
from wakeel.sdk import Authority

NEVER, ASKS, FORBIDDEN, ALWAYS_ASKS = "W4301", "W4302", "W4304", "W4305"
Answer = Literal["allowed", "ask", "never"]
LEVELS = ("observe", "draft", "templates", "send", "trusted")

# The first level at which a class is allowed, and what the levels below it (but for `observe`) say.
ALLOWED_FROM: dict[Authority, str | None] = {
    "read": "observe",
    "annotate": "draft",
    "internal": "draft",
    "outward_template": "templates",
    "outward_free": "send",
    "commitment": "trusted",
    "sensitive": None,
    "destructive": "trusted",
    "forbidden": None,
}


def answer(level: str, wanted: Authority) -> Answer:
    """Say whether a level allows a class of action, asks a person first, or never allows it."""
    first = ALLOWED_FROM[wanted]
    if first is not None and LEVELS.index(level) >= LEVELS.index(first):
        return "allowed"
    return "never" if level == "observe" or wanted == "forbidden" else "ask"


def check_authority(client: Client, wanted: Authority, verb: str, place: Place, problems: Problems) -> None:
    """Refuse what the client's level never allows, and what it allows only after an approval."""
    said, needed = answer(client.authority, wanted), ALLOWED_FROM[wanted]
    if said == "allowed":
        return
    code = (NEVER if needed else FORBIDDEN) if said == "never" else (ASKS if needed else ALWAYS_ASKS)
    params = {"client": client.id, "level": client.authority, "verb": verb, "file": client.file}
    problems.add(code, place, **params, needed=needed or "", kind=f"term.class.{wanted}")
