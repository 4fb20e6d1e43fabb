"""Brings a database to the tables of this version of Wakeel; two processes may start at once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wakeel.store.database import MIGRATION
from wakeel.store.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0001"  # the newest file in migrations/versions; a test holds it
VERSION = "SELECT version_num FROM alembic_version"
ALONE = threading.Lock()  # alembic keeps the migration under way in module globals


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, within the connection's transaction."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError("W5911") from error


def upgrade_sqlite(path: Path) -> None:
    """Create or upgrade the database in a file; the first process holds the file's write lock."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import DBAPIError

    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30, "isolation_level": None})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with ALONE, engine.begin() as connection:
            upgrade(connection)
    except DBAPIError as error:
        raise (error.orig or error) from error
    finally:
        engine.dispose()


async def upgrade_postgres(connect: Any) -> None:
    """Create or upgrade a PostgreSQL database; `connect` opens an asyncpg connection."""
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION})
        await connection.run_sync(upgrade)
    await engine.dispose()
