"""The wheel installs one name, `wakeel`, holds every file of ours, and works away from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLAT = ("activities", "connectors", "definitions", "workflows")
LOADS_ALL = """
from wakeel._path import use_app_root
use_app_root()
import activities.call, connectors, worker, workflows.recipe
from wakeel.catalog import catalog
for name in catalog().names():
    assert catalog().connector(name)
print(activities.__file__, connectors.__file__, workflows.__file__, worker.__file__, sep="\\n")
"""
OPENS_A_STORE = """
import asyncio, pathlib
from wakeel.runtime import open_store
from wakeel.settings import settings
async def opened():
    async with open_store(settings(data=pathlib.Path("data"))) as store:
        print(await store.plans.revision())
asyncio.run(opened())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    ran(ROOT, sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder))
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone; what it depends on is read from where these tests run."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv/bin/python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python))
    ran(folder, *pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    (site,) = (folder / "venv/lib").glob("python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python


def ran(folder: Path, *command: str, status: int = 0) -> str:
    """Run a command elsewhere, in an environment that names nothing of ours, and return what it said."""
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("WAKEEL_", "PYTHON"))}
    done = subprocess.run(command, cwd=folder, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def place(file: Path) -> str:
    """Return where a file of the repository is in the wheel."""
    name = file.relative_to(ROOT).as_posix()
    return f"wakeel/_app/{name}" if name.split("/")[0] in {*FLAT, "worker.py"} else name


def test_the_only_name_it_installs_is_wakeel(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} == {"wakeel"}


def test_it_holds_every_file_of_ours_and_no_other(names: set[str]) -> None:
    tree = [file for folder in ("wakeel", *FLAT) for file in (ROOT / folder).rglob("*") if file.is_file()]
    ours = {place(file) for file in tree if "__pycache__" not in file.parts and ".wakeel" not in file.parts}
    assert names == ours | {"wakeel/_app/worker.py"}


@pytest.mark.parametrize("ending", [".py", ".yaml", ".toml", ".json", ".css", ".html"])
def test_it_holds_what_is_not_python_too(names: set[str], ending: str) -> None:
    assert any(name.endswith(ending) for name in names)


@pytest.mark.parametrize("how", ["command", "module"])
def test_it_speaks_away_from_the_repository(installed: Path, tmp_path: Path, how: str) -> None:
    command = [str(installed), "-m", "wakeel"] if how == "module" else [str(installed.with_name("wakeel"))]
    assert "Usage:" in ran(tmp_path, *command, "--help")


def test_its_flat_packages_come_from_its_own_folder(installed: Path, tmp_path: Path) -> None:
    said = ran(tmp_path, str(installed), "-c", LOADS_ALL).split()
    assert [Path(line).is_relative_to(installed.parent.parent) for line in said] == [True] * 4
    assert all("/wakeel/_app/" in line for line in said)


def test_its_store_brings_its_own_tables(installed: Path, tmp_path: Path) -> None:
    program = "from wakeel._path import use_app_root\nuse_app_root()\n" + OPENS_A_STORE
    assert ran(tmp_path, str(installed), "-c", program).strip().isdigit()


def test_somebody_elses_package_beside_it_is_passed_by(installed: Path, tmp_path: Path) -> None:
    foreign(tmp_path)
    assert "/wakeel/_app/" in ran(tmp_path, str(installed), "-c", LOADS_ALL)


def test_somebody_elses_package_that_came_first_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    other = foreign(tmp_path)
    program = "import workflows\nfrom wakeel.__main__ import main\nmain()"
    said = ran(tmp_path, sys.executable, "-c", program, status=1)
    assert said == (
        f"wakeel: the package “workflows” was imported from {other}. Start Wakeel in an environment of its own.\n"
    )


def foreign(folder: Path) -> Path:
    """Put a package by one of our names where Python looks first."""
    path = folder / "workflows/__init__.py"
    path.parent.mkdir()
    path.touch()
    return path
