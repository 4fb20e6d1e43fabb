"""`wakeel run`, `runs` and `show`, with a worker that really serves."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cli.commands import Wakeel


def event(folder: Path, name: str) -> Path:
    """Write an event that was never there before."""
    file = folder / f"{uuid4().hex}.json"
    file.write_text(json.dumps({"name": name, "unique": uuid4().hex}), "utf-8")
    return file


def test_a_run_is_followed_to_its_end(working: Wakeel, tmp_path: Path) -> None:
    said = working("run", "greet", "--event", event(tmp_path, "Nour"), "--wait")
    assert said.status == 0
    assert "Hello Nour" in said.out


def test_the_same_event_gives_the_run_that_was(working: Wakeel, tmp_path: Path) -> None:
    file = event(tmp_path, "نور")
    first = working("run", "greet", "--client", "bakery", "--event", file, "--json").json()
    second = working("run", "greet", "--event", file, "--json").json()
    assert (first["new"], second["new"]) == (True, False)
    assert first["run"] == second["run"]
    assert "already ran" in working("run", "greet", "--event", file).out


def test_the_same_event_runs_again_when_asked(working: Wakeel, tmp_path: Path) -> None:
    file = event(tmp_path, "Nour")
    first = working("run", "greet", "--event", file, "--json").json()
    again = working("run", "greet", "--event", file, "--again", "--json").json()
    assert again["new"]
    assert first["run"] != again["run"]


def test_a_failed_run_ends_with_1_and_says_where(working: Wakeel, tmp_path: Path) -> None:
    said = working("run", "greet", "--event", event(tmp_path, "Nobody"), "--wait")
    assert said.status == 1
    assert "Failed at steps/1" in said.out
    assert "Nobody called Nobody is here" in said.out


def test_a_failed_run_is_told_as_data(working: Wakeel, tmp_path: Path) -> None:
    said = working("run", "greet", "--event", event(tmp_path, "Nobody"), "--wait", "--json")
    assert said.status == 1
    told = said.json()
    assert (told["state"], told["failure"]["step"], told["failure"]["code"]) == ("failed", "steps/1", "W5010")
    assert [step["state"] for step in told["steps"]] == ["done", "failed", "pending"]


def test_show_finds_a_run_by_an_end_of_its_id(working: Wakeel, tmp_path: Path) -> None:
    run = working("run", "greet", "--event", event(tmp_path, "Enough"), "--wait", "--json").json()["run"]
    told = working("show", run[-8:], "--json").json()
    assert told["run"] == run
    assert (told["state"], told["message"]) == ("stopped", "Done with Enough")
    assert told["notes"] == ["Hello Enough"]
    assert "Done with Enough" in working("show", run.rpartition("/")[2][:10]).out


def test_a_part_that_several_runs_have_is_refused(working: Wakeel, tmp_path: Path) -> None:
    for name in ("One", "Two"):
        working("run", "greet", "--event", event(tmp_path, name))
    said = working("show", "bakery/greet")
    assert said.status == 1
    assert said.err.startswith("W5813")


def test_runs_are_listed_by_state(working: Wakeel, tmp_path: Path) -> None:
    run = working("run", "greet", "--event", event(tmp_path, "Nobody"), "--wait", "--json").json()["run"]
    told = working("runs", "--state", "failed", "--client", "bakery", "--recipe", "greet", "--json").json()
    assert run in [row["run"] for row in told]
    assert {row["state"] for row in told} == {"failed"}
    assert run in working("runs", "--limit", "50").out
    assert working("runs", "--client", "nobody", "--json").json() == []


@pytest.mark.parametrize(
    ("recipe", "file", "text", "code"),
    [
        ("greet", "event.json", "[1]", "W5816"),
        ("greet", "event.json", "{", "W5816"),
        ("greet", "mail.eml", "Subject: x\n\ny", "W5815"),
        ("order", "event.json", "{}", "W5817"),
        ("nothing", "event.json", "{}", "W5814"),
    ],
)
def test_an_event_that_does_not_fit_is_refused_in_words(
    working: Wakeel, tmp_path: Path, recipe: str, file: str, text: str, code: str
) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    said = working("run", recipe, "--event", tmp_path / file)
    assert said.status == 1
    assert said.err.startswith(code)


def test_a_file_that_is_not_there_is_wrong_use(working: Wakeel) -> None:
    assert working("run", "greet", "--event", "nowhere.json").status == 2
