"""The store, its key, and the disk below it."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from wakeel.cli.doctor.finding import Finding, bad, ok, warn
from wakeel.settings import Settings
from wakeel.store import Store
from wakeel.store.database import ask
from wakeel.store.keys import FILE

LOW, EMPTY = 1024**3, 100 * 1024**2  # bytes
FAR = 2.0  # seconds between two clocks
NOTHING_SO_OLD = 0.0  # forgetting what is older removes nothing, and is a write all the same


async def writes(store: Store, settings: Settings) -> Finding:
    """Write to the store and read from it."""
    await store.events.forget(NOTHING_SO_OLD)
    revision = await store.plans.revision()
    where = "PostgreSQL" if is_postgres(settings) else settings.store_url.removeprefix("sqlite:///")
    return ok("store", where=where, revision=revision)


async def clock(store: Store, settings: Settings) -> Iterator[Finding]:
    """Compare the database's clock with ours, where it is another machine's."""
    if not is_postgres(settings):
        return iter(())
    rows = await store.database.read(
        ask("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION) AS now")
    )
    return iter([offset("the database", rows[0]["now"])])


def offset(whose: str, theirs: float) -> Finding:
    """Compare a clock with ours."""
    away = abs(theirs - time.time())
    return (warn if away > FAR else ok)("clock", whose=whose, seconds=f"{away:.1f}")


def is_postgres(settings: Settings) -> bool:
    """Say whether the store is PostgreSQL."""
    return settings.store_url.startswith("postgres")


def disk(data: Path) -> Finding:
    """Look how much room there is."""
    free = shutil.disk_usage(data).free
    told = f"{free / 1024**3:.1f}"
    return bad("disk", free=told) if free < EMPTY else warn("disk", free=told) if free < LOW else ok("disk", free=told)


def key(data: Path) -> Finding:
    """Look where the master key is, and who may read it."""
    if os.environ.get("WAKEEL_KEY"):
        return ok("key_variable")
    file = data / FILE
    mode = stat.S_IMODE(file.stat().st_mode)
    told = {"file": str(file), "mode": f"{mode:04o}"}
    return warn("key_open", **told) if mode & 0o077 else ok("key", **told)
