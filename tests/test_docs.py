"""What the pages for newcomers say is true: their code runs, their commands exist, their recipe is the shipped one."""

from __future__ import annotations

import importlib
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pytest_httpserver import HTTPServer

from tests.connectors.calls import KEY, a_call
from wakeel._path import app_root
from wakeel.applying import read_folder
from wakeel.catalog import catalog
from wakeel.cli.entry import app
from wakeel.i18n import catalogue
from wakeel.language.check import check
from wakeel.language.expr import FILTERS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DEFINITIONS = app_root() / "definitions"
RECIPE = DEFINITIONS / "recipes/mail/email-to-card-alert-hold.yaml"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MADE_BY_RUNNING = {".venv", ".wakeel"}


def blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(page.read_text("utf-8")) if name == language]


def commands(page: Path) -> Iterator[list[str]]:
    """Return the commands that a page tells to type, without comments, prompts and variables before them."""
    for line in "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        while words and re.match(r"[A-Z_]+=", words[0]):
            words.pop(0)
        if words:
            yield words


WAKEEL = [
    pytest.param(words[1:], id=" ".join(words))
    for page in PAGES
    for words in commands(page)
    if words[0].rpartition("/")[2] == "wakeel"
]
MAKE = {name for page in PAGES for words in commands(page) if words[0] == "make" for name in words[1:]}


@pytest.mark.parametrize("words", WAKEEL)
def test_a_command_that_is_shown_exists_with_its_options(words: list[str]) -> None:
    found = typer.main.get_command(app)
    while words and (inside := getattr(found, "commands", {}).get(words[0])):
        found, words = inside, words[1:]
    assert not getattr(found, "commands", {}) or getattr(found, "invoke_without_command", False), words
    known = {name for parameter in found.params for name in parameter.opts}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known | {"--help"}


def test_targets_of_make_that_are_shown_exist() -> None:
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {name for name in MAKE if "=" not in name} <= known


@pytest.mark.parametrize("text", blocks(ROOT / "README.md", "yaml"))
def test_every_part_of_a_recipe_that_is_shown_is_the_shipped_one(text: str) -> None:
    shipped = RECIPE.read_text("utf-8")
    assert [part for part in re.split(r"\n\n+", text.strip()) if f"{part}\n" not in shipped] == []


def test_the_recipe_of_the_language_page_is_right_for_the_client_that_it_shows() -> None:
    recipe, use = blocks(ROOT / "docs/language.md", "yaml")
    files = read_folder(DEFINITIONS)
    client = files["clients/example.yaml"].decode()
    files["clients/example.yaml"] = (client[: client.index("recipes:\n")] + use).encode()
    files["recipes/invoice-mail.yaml"] = recipe.encode()
    checked = check(files, catalog())
    assert [problem.as_json() for problem in checked.problems] == []
    assert list(checked.plans) == ["example/invoice-mail"]


def test_the_language_page_lists_every_filter_as_it_is() -> None:
    shown = re.findall(
        r"^\| `\w+` \|.*`.*\|.*$", filters_of((ROOT / "docs/language.md").read_text("utf-8")), re.MULTILINE
    )
    assert shown == [filter_row(name) for name in sorted(FILTERS)]


def filters_of(page: str) -> str:
    return page[page.index("| filter |") :]


def filter_row(name: str) -> str:
    """Return a filter's row: what it does, and its first example."""
    known = FILTERS[name]
    text, value = known.examples[0]
    cells = (name, known.doc.partition("\n")[0], code(text), code(json.dumps(value, ensure_ascii=False)))
    return "| `{}` | {} | {} | {} |".format(*cells)


def code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_linked_or_named_are_there(page: Path) -> None:
    text = BLOCK.sub("", page.read_text("utf-8"))
    linked = [(page.parent, name) for name in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)]
    named = [(ROOT, name) for name in re.findall(r"`([\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|md|yaml|toml|txt)))`", text)]
    missing = [name for home, name in linked + named if not any(home.glob(name)) and not made(name)]
    assert missing == []


def made(name: str) -> bool:
    """Say whether a name is of something that running makes, or that the page itself tells to write."""
    return name.split("/", 1)[0] in {*MADE_BY_RUNNING, "schemas"} or "ntfy" in name or "/" not in name.rstrip("/")


def test_the_entry_of_a_problem_that_is_shown_is_the_real_one() -> None:
    (text,) = blocks(ROOT / "CONTRIBUTING.md", "toml")
    for code, entry in tomllib.loads(text).items():
        assert catalogue()[code] == entry


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Write the connector that CONTRIBUTING.md shows, with its test."""
    connector, test = blocks(ROOT / "CONTRIBUTING.md", "python")
    (tmp_path / "ntfy.py").write_text(connector, "utf-8")
    (tmp_path / "test_contract.py").write_text(test.replace("connectors.ntfy", "ntfy"), "utf-8")
    return tmp_path


def test_the_connector_that_is_shown_keeps_the_contract_once_its_schema_is_reviewed(example: Path) -> None:
    for status, said in (1, "ntfy.json was written: review it and commit it"), (0, "passed"):
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            str(example),
            str(example),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, said in done.stdout) == (status, True), done.stdout


async def test_the_connector_that_is_shown_finds_what_it_sent(
    example: Path, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    monkeypatch.syspath_prepend(example)
    ntfy = importlib.import_module("ntfy")
    sent = {"topic": "alerts", "message": "New mail", "tags": [ntfy.mark(KEY)]}
    bearer = {"Authorization": "Bearer secret"}
    httpserver.expect_ordered_request("/", "POST", json=sent, headers=bearer).respond_with_json({"id": "m1"})
    kept = '{"id": "m0"}\n{"id": "m1", "tags": ["' + ntfy.mark(KEY) + '"]}\n'
    httpserver.expect_ordered_request("/alerts/json", "GET").respond_with_data(kept)

    connection = ntfy.NtfyConnection(base_url=httpserver.url_for("/"), token="secret")
    asked = ntfy.Push(topic="alerts", message="New mail")
    async with ntfy.open_client(connection) as client:
        assert (await ntfy.push.run(asked, a_call(client))).id == "m1"
        assert (await ntfy.find(asked, a_call(client, repeat=True))).id == "m1"
