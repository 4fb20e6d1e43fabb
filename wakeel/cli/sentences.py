"""What the command line says: every sentence in the language of the settings, and every error as one."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from wakeel.i18n import words

if TYPE_CHECKING:
    from pydantic import ValidationError

UNREACHABLE, WRONG_SETTING, SYSTEM, OURS = "W5801", "W5802", "W5803", "W5804"


class Refused(Exception):
    """A command cannot do what was asked; the code's sentence says why, and what to do."""

    def __init__(self, code: str, /, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def say(name: str, language: str, /, **params: str) -> str:
    """Return a sentence of the command line and the pages."""
    return words(f"cli.{name}", "message", language, params)


def problem(code: str, language: str, /, **params: str) -> str:
    """Return what is wrong and how to mend it."""
    parts = (words(code, "message", language, params), words(code, "hint", language, params))
    return f"{code}  {' '.join(part for part in parts if part)}"


def spoken() -> str:
    """Return the language of this installation, also where its settings cannot be read."""
    from wakeel.settings import settings

    try:
        return settings().language
    except Exception:  # noqa: BLE001 - the settings themselves may be what is wrong
        return "ar" if os.environ.get("WAKEEL_LANGUAGE") == "ar" else "en"


def sentence(error: Exception) -> str:
    """Return what went wrong and the way out; never a Python name, never a secret."""
    from pydantic import ValidationError

    from wakeel.store.errors import StoreError

    language = spoken()
    match error:
        case Refused() | StoreError():
            return problem(error.code, language, **error.params)
        case ValidationError():
            return problem(WRONG_SETTING, language, name=setting(error))
        case OSError(strerror=str()):
            return problem(SYSTEM, language, reason=f"{error.strerror} {error.filename or ''}".strip())
    if away(error):
        return problem(UNREACHABLE, language, address=os.environ.get("TEMPORAL_ADDRESS", "127.0.0.1:7233"))
    return problem(OURS, language, file=str(kept(error)))


def kept(error: Exception) -> Path:
    """Write a failure of our own where its owner can send it from, and return the file."""
    folder = Path(os.environ.get("WAKEEL_DATA", ".wakeel")) / "logs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / "errors.log"
    private = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(private, "a", encoding="utf-8") as log:
        log.write("".join([*traceback.format_exception(error), "\n"]))
    return file


def away(error: Exception) -> bool:
    """Say whether an error means that Temporal does not answer."""
    from temporalio.service import RPCError

    return isinstance(error, RPCError) or (isinstance(error, RuntimeError) and "connect" in str(error).lower())


def setting(error: ValidationError) -> str:
    """Name the variable whose value cannot be read."""
    return ", ".join(sorted({f"WAKEEL_{str(fault['loc'][0]).upper()}" for fault in error.errors() if fault["loc"]}))
