"""A connection filled with a word that must never be seen."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import SecretBytes, SecretStr

from wakeel.sdk import Connection

SENTINEL = "sentinel-7f3a9c"  # no real secret looks like this, and nothing else does


def secret_connection(model: type[Connection], given: Mapping[str, Any]) -> Connection:
    """Return a connection whose secrets are all the sentinel; the other fields are given."""
    filled = {
        field.alias or name: sentinel_for(field.annotation)
        for name, field in model.model_fields.items()
        if holds_secret(field.annotation)
    }
    return model.model_validate({**given, **filled})


def holds_secret(annotation: Any) -> bool:
    """Say whether a field may hold a secret."""
    return annotation in (SecretStr, SecretBytes) or any(holds_secret(part) for part in get_args(annotation))


def sentinel_for(annotation: Any) -> Any:
    """Return the sentinel in the form that a field takes."""
    form = get_origin(annotation)
    if isinstance(form, type) and issubclass(form, Mapping):
        return {"Secret": SENTINEL}
    return [SENTINEL] if isinstance(form, type) and issubclass(form, list | tuple | set) else SENTINEL


def showings(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield every way in which a connection may come to be seen."""
    yield "repr()", repr(connection)
    yield "str()", str(connection)
    yield "model_dump()", str(connection.model_dump())
    yield "model_dump_json()", connection.model_dump_json()
    yield "json.dumps()", json.dumps(connection.model_dump(mode="json"), default=str)
    yield "a log", logging.LogRecord("", 0, "", 0, "%s %r", (connection, connection), None).getMessage()


def leaks(connection: Connection) -> Iterator[str]:
    """Check that no way shows the sentinel."""
    for way, text in showings(connection):
        if SENTINEL in text:
            yield f"{way} of {type(connection).__name__} shows a secret: its type must be SecretStr"
