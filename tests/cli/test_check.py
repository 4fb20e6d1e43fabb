"""`wakeel check`: the form of problems on the screen and as JSON."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import Wakeel
from tests.cli.office import BROKEN


def test_a_workspace_without_problems_ends_with_0(wakeel: Wakeel) -> None:
    assert wakeel("check").status == 0
    assert wakeel("check", "--json").json() == []


def test_a_problem_has_its_place_its_line_and_carets(wakeel: Wakeel) -> None:
    (wakeel.workspace / "recipes/greet.yaml").write_text(BROKEN, "utf-8")
    said = wakeel("check")
    assert said.status == 1
    first, line, carets, *_rest = said.out.splitlines()
    assert first.startswith("recipes/greet.yaml:6:5  W2")
    assert "Did you mean “note”?" in first
    assert line == '     |   - nota: "Hello ${event.name}"'
    assert carets == "     |     ^^^^"


def test_json_has_the_same_place(wakeel: Wakeel) -> None:
    (wakeel.workspace / "recipes/greet.yaml").write_text(BROKEN, "utf-8")
    said = wakeel("check", "--json")
    assert said.status == 1
    problem = said.json()[0]
    assert (problem["file"], problem["line"], problem["column"], problem["end_column"]) == (
        *("recipes/greet.yaml", 6),
        *(5, 9),
    )
    assert problem.keys() == {"code", "file", "line", "column", "end_column", "message", "hint", "near"}
    assert problem["near"][0] == "note"


def test_problems_are_told_in_arabic_too(wakeel: Wakeel) -> None:
    (wakeel.workspace / "recipes/greet.yaml").write_text(BROKEN, "utf-8")
    assert "المشكلات: 1" in wakeel("check", "--lang", "ar").out


def test_a_path_narrows_what_is_told(wakeel: Wakeel) -> None:
    (wakeel.workspace / "recipes/greet.yaml").write_text(BROKEN, "utf-8")
    assert wakeel("check", wakeel.workspace / "recipes/order.yaml").status == 0
    assert wakeel("check", wakeel.workspace / "recipes").status == 1


def test_a_recipe_that_stands_alone_is_checked(wakeel: Wakeel, tmp_path: Path) -> None:
    alone = tmp_path / "alone" / "greet.yaml"
    alone.parent.mkdir()
    alone.write_text(BROKEN, "utf-8")
    said = wakeel("check", alone)
    assert said.status == 1
    assert said.out.startswith("greet.yaml:6:5  W2")


def test_a_path_that_is_not_there_is_wrong_use(wakeel: Wakeel) -> None:
    assert wakeel("check", "nowhere.yaml").status == 2


def test_a_file_with_a_secret_in_it_is_never_quoted(wakeel: Wakeel) -> None:
    connections = wakeel.workspace / "connections.yaml"
    connections.write_text(connections.read_text("utf-8").replace("secret://HOOK", "hunter2hunter2"), "utf-8")
    said = wakeel("check")
    assert said.status == 1
    assert "W4020" in said.out
    assert "hunter2" not in said.out + said.err


def test_what_would_move_the_cursor_is_not_printed(wakeel: Wakeel) -> None:
    recipe = wakeel.workspace / "recipes/greet.yaml"
    recipe.write_text(BROKEN.replace("Hello", "\\e[31m\x85Hello"), "utf-8")
    said = wakeel("check")
    assert said.status == 1
    assert "\x1b" not in said.out
    assert "\x85" not in said.out
