"""From an empty database to today's tables."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import wakeel.store
from tests.store.made import KEY, Opener, claim
from wakeel.store import StoreError
from wakeel.store.database import ask
from wakeel.store.migrate import HEAD

OPENS = f"""
import asyncio, sys
from pathlib import Path
from wakeel.store import Store
async def main() -> None:
    store = await Store.open(sys.argv[1], data=Path(sys.argv[2]), key={KEY!r}, env={{}})
    await store.close()
    print("alembic" in sys.modules)
asyncio.run(main())
"""


async def opens(url: str, data: Path) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-c", OPENS, url, str(data)), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().strip()


async def test_two_processes_at_once_make_one_set_of_tables(empty_url: str, tmp_path: Path) -> None:
    await asyncio.gather(*(opens(empty_url, tmp_path) for _ in range(2)))
    opener = Opener(empty_url, tmp_path)
    assert (await claim(await opener.open(), "nour/r/1/steps/0", "a")).state == "new"
    await opener.close()


async def test_a_database_of_today_opens_without_loading_alembic(url: str, tmp_path: Path) -> None:
    assert await opens(url, tmp_path) == "False"


async def test_a_database_of_a_newer_version_is_left_alone(opener: Opener) -> None:
    store = await opener.open()
    await store.database.write(ask("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError) as caught:
        await opener.open()
    assert str(caught.value) == "The database was made by a newer Wakeel."


def test_the_newest_migration_is_the_one_that_an_open_looks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(wakeel.store.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
