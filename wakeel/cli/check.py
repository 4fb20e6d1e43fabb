"""`wakeel check`: every problem of a workspace at once, before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from wakeel.language.problems import Problem

Lang = Literal["en", "ar"]
MARKS = ("recipes", "clients", "connections.yaml", "wakeel.toml")  # of a workspace folder


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(exists=True, help="Workspaces, folders in one, or recipes.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON.")] = False,
    lang: Annotated[Lang | None, typer.Option(help="Language of the messages.")] = None,
) -> None:
    """Check recipes, clients and connections; nothing runs and nothing is changed."""
    from wakeel.cli.installation import found, workspace_of
    from wakeel.cli.output import print_json
    from wakeel.cli.problems import printed
    from wakeel.cli.sentences import say

    settings = found()
    language = lang or settings.language
    problems: list[Problem] = []
    lines: list[str] = []
    for path in paths or [workspace_of(settings)]:
        folder, some = problems_of(path.resolve())
        problems += some
        lines += printed(some, folder, language)
    if as_json:
        print_json([problem.as_json(language) for problem in problems])
    else:
        files = len({problem.place.file for problem in problems})
        summary = say("check.problems", language, count=str(len(problems)), files=str(files))
        print("\n\n".join([*lines, summary if problems else say("check.clean", language)]))
    raise typer.Exit(1 if problems else 0)


def problems_of(path: Path) -> tuple[Path, list[Problem]]:
    """Check the workspace that a path is in, and return its folder with the problems under the path."""
    from wakeel.applying import check_folder
    from wakeel.catalog import catalog
    from wakeel.language.check import check_recipe

    folder = home_of(path)
    if folder is None:
        return path.parent, list(check_recipe(path.read_bytes(), path.name, catalog()))
    under = path.relative_to(folder).as_posix()
    checked, _files = check_folder(folder)
    return folder, [p for p in checked.problems if under == "." or f"{p.place.file}/".startswith(f"{under}/")]


def home_of(path: Path) -> Path | None:
    """Return the workspace that a path is, or is in; None for a recipe that stands alone."""
    for folder in (path, *path.parents):
        if folder.is_dir() and any((folder / mark).exists() for mark in MARKS):
            return folder
    return path if path.is_dir() else None
