"""Problems as a terminal shows them: place, code, sentence, the line itself, and where in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wakeel.cli.output import QUIET, RED, colored, printable, width
from wakeel.language.problems import Language, Problem
from wakeel.language.workspace.secret import LITERAL

BEFORE, MOST = 60, 120  # characters of a long line that are shown before the place, and in all


def printed(problems: Sequence[Problem], folder: Path, language: Language = "en") -> list[str]:
    """Return problems with their source lines; a file with a secret in it is never quoted."""
    secret = {problem.place.file for problem in problems if problem.code == LITERAL}
    return [one(problem, None if problem.place.file in secret else folder, language) for problem in problems]


def one(problem: Problem, folder: Path | None, language: Language) -> str:
    """Return a problem with carets under its place."""
    place = problem.place
    said = " ".join(part for part in (problem.message(language), problem.hint(language)) if part)
    head = f"{place.file}:{place.line}:{place.column}  {colored(problem.code, RED)}  {printable(said)}"
    line = source_line(folder / place.file, place.line) if folder else ""
    if not line.strip():
        return head
    start = max(place.column - 1 - BEFORE, 0) if len(line) > MOST else 0
    shown, column = line[start : start + MOST], place.column - 1 - start
    carets = "^" * max(width(shown[column : place.end_column - 1 - start]), 1)
    return "\n".join([head, quoted(shown), quoted(" " * width(shown[:column]) + colored(carets, RED))])


def quoted(text: str) -> str:
    """Return a line of the file, set apart."""
    return f"{colored('     |', QUIET)} {text}"


def source_line(file: Path, number: int) -> str:
    """Return a line of a file as it can be shown, empty where it cannot be read."""
    try:
        lines = file.read_text("utf-8-sig", errors="replace").split("\n")
    except OSError:
        return ""
    return printable(lines[number - 1].rstrip("\r")) if 0 < number <= len(lines) else ""
