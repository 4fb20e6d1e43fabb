"""What holds for the whole tree: where files may be, which sentences there are, what no file may name."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from wakeel.i18n import catalogue
from wakeel.settings import Settings

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TOP = {
    *("workflows", "activities", "connectors", "definitions", "wakeel", "tests", "bench", "docs", ".ci"),
    *("worker.py", "docker-compose.yml", "Dockerfile", "Makefile", "pyproject.toml", ".gitignore", ".dockerignore"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "requirements.txt", "requirements-dev.txt"),
}
OURS = ("wakeel", "workflows", "activities", "connectors")
CODE = re.compile(r"\bW\d{4}\b")
VARIABLE = re.compile(r"\bWAKEEL_[A-Z_]+\b")
FOREIGN = {  # what a file of ours never names; written so that this file does not name it either
    "a folder of somebody's machine": re.compile(r"(?<![\w.])/(?:work|home/\w+|Users/\w+|root)/" + r"\w"),
    "a temporary folder": re.compile(r"(?<![\w.$}])/tmp/" + r"\w"),
    "a host of a package registry": re.compile(
        "|".join(("py" + r"pi\.org", "python" + r"hosted\.", "npm" + r"js\.", "proxy" + r"\.golang"))
    ),
}
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".html", ".css", ".js", ".sh", ".conf", ".ini", ""}


@cache
def ignored() -> tuple[str, ...]:
    lines = (ROOT / ".gitignore").read_text("utf-8").split()
    return (".git", *(line.strip("/") for line in lines))


@cache
def files(*below: str) -> tuple[Path, ...]:
    return tuple(path for name in below for path in walk(ROOT / name))


def walk(folder: Path) -> list[Path]:
    if any(fnmatch(folder.name, pattern) for pattern in ignored()):
        return []
    if folder.is_dir():
        return [path for inside in sorted(folder.iterdir()) for path in walk(inside)]
    return [folder] if folder.is_file() else []


def sources(*endings: str) -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in files(*OURS) if path.suffix in endings}


def test_top_level_names_are_those_of_the_architecture() -> None:
    found = {path.name for path in ROOT.iterdir() if not any(fnmatch(path.name, p) for p in ignored())}
    assert found - TOP == set()


def test_every_room_of_the_package_has_its_layer() -> None:
    rooms = {
        f"wakeel.{path.stem}" for path in (ROOT / "wakeel").iterdir() if walk(path) and not path.name.startswith("_")
    }
    layers = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    assert rooms == {room for layer in layers for room in layer.split(" | ") if room.startswith("wakeel.")}


def test_every_module_is_explained_in_its_first_line() -> None:
    bare = [str(path) for path, text in sources(".py").items() if text and not text.startswith('"""')]
    assert bare == []


def test_no_module_is_called_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "base", "common", "manager", "misc"}
    assert [path for path in files(*OURS, "tests", "bench") if path.suffix == ".py" and path.stem in vague] == []


def test_every_code_that_is_used_is_worded_and_every_worded_code_is_used() -> None:
    used = {code for text in sources(".py", ".html").values() for code in CODE.findall(text)}
    assert used == {code for code in catalogue() if CODE.fullmatch(code)}


def test_every_other_sentence_is_used() -> None:
    written = "\n".join(sources(".py", ".html").values())
    assert [name for name in catalogue() if not CODE.fullmatch(name) and not spoken(name, written)] == []


def spoken(name: str, written: str) -> bool:
    """Say whether code names this entry or a family it is of (`f"state.{…}"`), with its first word or without."""
    names = {name, name.partition(".")[2]} - {""}
    families = {each[: dot.end()] for each in names for dot in re.finditer(r"\.", each)}
    whole = {f"{quote}{each}{quote}" for each in names for quote in "'\""}
    begun = {f"{quote}{family}{end}" for family in families for quote in "'\"" for end in ("{", quote)}
    return any(text in written for text in whole | begun)


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_names(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files(*sorted(TOP))
        if path.suffix in TEXT and not path.name.endswith((".json", ".lock"))
        for match in FOREIGN[what].finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def test_every_setting_is_explained_to_the_operator() -> None:
    told = {name for page in (ROOT / "README.md", *files("docs")) for name in VARIABLE.findall(page.read_text("utf-8"))}
    assert {f"WAKEEL_{name.upper()}" for name in Settings.model_fields} - told == set()


def test_every_variable_that_is_explained_exists() -> None:
    told = set(VARIABLE.findall((ROOT / "README.md").read_text("utf-8")))
    known = {name for text in sources(".py").values() for name in VARIABLE.findall(text)}
    settings = {f"WAKEEL_{name.upper()}" for name in Settings.model_fields}
    assert {name for name in told - known - settings if not name.startswith("WAKEEL_SECRET_")} == set()
