"""Which secrets the connections ask for, and where each is found."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from wakeel.store.secrets import SCHEME, from_file

if TYPE_CHECKING:
    from wakeel.store import Store


async def listed(store: Store) -> list[dict[str, object]]:
    """Return every secret that is kept or asked for: its name, client, where it is, and who asks for it."""
    kept, needed = await store.secrets.names(), dict[str, list[tuple[str, str]]]()
    for row in await store.plans.connections():
        for name in names(row.fields):
            needed.setdefault(name, []).append((row.id, row.client))
    return [
        {
            "name": name,
            "client": kept[name] if name in kept else needed[name][0][1],
            "in": place(name, kept),
            "connections": [connection for connection, _client in needed.get(name, [])],
        }
        for name in sorted({*kept, *needed})
    ]


def names(fields: Any) -> Iterator[str]:
    """Yield the names of the secrets in a connection's fields."""
    if isinstance(fields, Mapping):
        for value in fields.values():
            yield from names(value)
    elif isinstance(fields, str) and fields.startswith(SCHEME):
        yield fields.removeprefix(SCHEME)


def place(name: str, kept: Mapping[str, str]) -> str:
    """Say where a secret is found first."""
    if f"WAKEEL_SECRET_{name}" in os.environ:
        return "variable"
    if from_file(name, os.environ) is not None:
        return "file"
    return "store" if name in kept else "missing"
