"""PostgreSQL, with one fresh database for each test."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def postgres_server(folder: Path) -> Iterator[Callable[[], str]]:
    """Run PostgreSQL; yield a function that makes a database and returns its address (`?host=` names the socket)."""
    with warnings.catch_warnings(action="ignore"):  # it looks for a runtime folder of the user at import
        from pgserver.postgres_server import get_server
    server = get_server(folder, cleanup_mode="stop")

    def fresh_database() -> str:
        name = f"test_{uuid4().hex}"
        server.psql(f"create database {name}")
        return str(server.get_uri(name))

    try:
        yield fresh_database
    finally:
        server.cleanup()
