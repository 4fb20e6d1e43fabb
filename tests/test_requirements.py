"""The requirements files pin, with hashes, what `pyproject.toml` asks for, and nothing that we refuse."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
BANNED = {
    *("niquests", "urllib3-future", "httpx", "caldav", "litellm", "py-trello", "ha-py-trello", "html2text"),
    *("aioimaplib", "beancount"),
}
SMALLER, LARGER = "requirements.txt", "requirements-dev.txt"
RUNNING = ("local", "postgres", "feeds", "office")  # the extras of an installation: all but the demo
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


@cache
def pinned(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / name).read_text("utf-8")))


def asked(*extras: str) -> list[Requirement]:
    project = PYPROJECT["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return [Requirement(line) for lines in lists for line in lines]


@pytest.mark.parametrize(
    ("name", "extras", "groups"),
    [(SMALLER, RUNNING, ()), (LARGER, tuple(PYPROJECT["project"]["optional-dependencies"]), ("dev",))],
)
def test_what_is_pinned_is_what_is_asked_for(name: str, extras: tuple[str, ...], groups: tuple[str, ...]) -> None:
    wanted = asked(*extras) + [Requirement(line) for group in groups for line in PYPROJECT["dependency-groups"][group]]
    unmet = [str(one) for one in wanted if not one.specifier.contains(pinned(name).get(one.name.lower(), "0"))]
    assert unmet == [], "run: make lock"


def test_both_pin_the_same_versions() -> None:
    smaller, larger = (pinned(name) for name in (SMALLER, LARGER))
    assert smaller.items() <= larger.items()


@pytest.mark.parametrize("name", [SMALLER, LARGER])
def test_every_pin_has_its_hashes_and_none_is_of_a_package_that_we_refuse(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8"))
    assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
    assert BANNED & pinned(name).keys() == set()


def test_the_environment_holds_none_of_them_either() -> None:
    there = {name.lower() for names in packages_distributions().values() for name in names}
    assert BANNED & there == set()
