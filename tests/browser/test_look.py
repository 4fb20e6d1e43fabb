"""The pages in a real browser: they draw, load their own files only, and turn round for Arabic."""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cli.commands import Wakeel
from tests.cli.office import furnish
from tests.servers.programs import needed
from tests.web.made import failed, run
from tests.web.served import web
from wakeel.runtime import open_store
from wakeel.settings import Settings

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr")
WIDE, NARROW = (1200, 900), (500, 900)
BLANK = 8_000  # bytes: a page on which nothing is drawn compresses to less


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> str:
    return needed(pytestconfig, "chromium", "apt-get install chromium")


@pytest.fixture(scope="module")
async def pages(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, str]]:
    """Serve the list and one failed run; give their addresses."""
    folder = tmp_path_factory.mktemp("look")
    wakeel = Wakeel(folder / "data", furnish(folder / "workspace"))
    assert wakeel("apply").status == 0
    async with open_store(Settings(data=wakeel.data, durable=False)) as store:
        run_id = await run(store, result=failed())
    with web(wakeel, folder) as (address, _process):
        yield {"runs": f"{address}/", "run": f"{address}/runs/{run_id}"}


def browse(chromium: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the browser to its end, with a profile of its own."""
    command = [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=3000", *words]
    env = os.environ | {"HOME": str(folder)}
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=env)


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["runs", "run"])
def test_a_page_is_drawn(
    chromium: str, pages: dict[str, str], tmp_path: Path, name: str, language: str, size: tuple[int, int]
) -> None:
    shot = tmp_path / "shot.png"
    window = f"--window-size={size[0]},{size[1]}"
    said = browse(chromium, tmp_path, window, f"--screenshot={shot}", f"{pages[name]}?lang={language}")
    assert "Content Security Policy" not in said.stderr
    assert struct.unpack(">II", shot.read_bytes()[16:24]) == size
    assert shot.stat().st_size > BLANK


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_page_reads_in_its_direction(
    chromium: str, pages: dict[str, str], tmp_path: Path, language: str, direction: str
) -> None:
    page = browse(chromium, tmp_path, "--dump-dom", f"{pages['run']}?lang={language}").stdout
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert "alert(1)</script>" not in page
