"""Databases for the store's tests: SQLite and PostgreSQL, one of its own for each test."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.servers.programs import PGSERVER, needed_package
from tests.store.made import KEY, Opener
from wakeel.store import Store

READY = "wakeel_ready"


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[Any]:
    """Run a PostgreSQL server; its folder's path is short, because its socket is in it."""
    needed_package(pytestconfig, *PGSERVER)
    with warnings.catch_warnings(action="ignore"):  # its dependency warns where XDG_RUNTIME_DIR is not set
        from pgserver.postgres_server import get_server
    folder = tempfile.mkdtemp(prefix="pg-")
    server = get_server(folder, cleanup_mode="stop")
    for setting in ("fsync", "full_page_writes"):  # it is never cut off from its power
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a SQLite file with all tables, to copy."""
    folder = tmp_path_factory.mktemp("ready")
    asyncio.run(make_tables(f"sqlite:///{folder / 'ready.db'}", folder))
    return folder / "ready.db"


@pytest.fixture(scope="session")
def ready_postgres(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a PostgreSQL database with all tables, to copy."""
    postgres.psql(f"CREATE DATABASE {READY};")
    asyncio.run(make_tables(postgres.get_uri(READY), tmp_path_factory.mktemp("ready")))
    return READY


async def make_tables(url: str, data: Path) -> None:
    await (await Store.open(url, data=data, key=KEY)).close()


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Name the database that a test runs on."""
    return str(request.param)


@pytest.fixture
def url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a test a database with all tables and nothing in them."""
    if dialect == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('ready'), tmp_path / 'wakeel.db')}"
    return created(request.getfixturevalue("postgres"), request.getfixturevalue("ready_postgres"))


@pytest.fixture
def empty_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a test a database without tables."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'wakeel.db'}"
    return created(request.getfixturevalue("postgres"), "template0")


def created(server: Any, template: str) -> str:
    name = f"t_{uuid.uuid4().hex}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template};")
    return str(server.get_uri(name))


@pytest_asyncio.fixture
async def opener(url: str, tmp_path: Path) -> AsyncIterator[Opener]:
    """Open the test's database again and again, as other processes would."""
    made = Opener(url, tmp_path / "data")
    yield made
    await made.close()


@pytest_asyncio.fixture
async def store(opener: Opener) -> Store:
    """Open the test's database."""
    return await opener.open()


@pytest_asyncio.fixture
async def sqlite(ready: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """Open a SQLite file, for what only SQLite does."""
    made = Opener(f"sqlite:///{shutil.copy(ready, tmp_path / 'wakeel.db')}", tmp_path / "data")
    yield await made.open()
    await made.close()
