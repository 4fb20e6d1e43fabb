"""What an examination found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from wakeel.cli.sentences import say
from wakeel.i18n import words

Level = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: `name` is a sentence of the message files, with how to mend it."""

    level: Level
    name: str
    params: dict[str, str] = field(default_factory=dict[str, str])

    def message(self, language: str) -> str:
        """Say what was found."""
        return say(f"doctor.{self.name}", language, **self.params)

    def advice(self, language: str) -> str:
        """Say what to do; nothing where all is well."""
        return "" if self.level == "ok" else words(f"cli.doctor.{self.name}", "hint", language, self.params)


def ok(name: str, /, **params: object) -> Finding:
    """Say that something is well."""
    return Finding("ok", name, {key: str(value) for key, value in params.items()})


def warn(name: str, /, **params: object) -> Finding:
    """Say that something will hurt one day."""
    return Finding("warn", name, {key: str(value) for key, value in params.items()})


def bad(name: str, /, **params: object) -> Finding:
    """Say that something does not work."""
    return Finding("bad", name, {key: str(value) for key, value in params.items()})
