"""Problems as a terminal shows them: place, code, sentence, the line itself, and where in it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from wakeel.language.problems import Language, Problem


def printed(problem: Problem, folder: Path, language: Language = "en") -> str:
    """Return a problem with its source line and carets under the place."""
    place = problem.place
    said = " ".join(part for part in (problem.message(language), problem.hint(language)) if part)
    head = f"{place.file}:{place.line}:{place.column}  {problem.code}  {said}"
    line = source_line(folder / place.file, place.line)
    if not line.strip():
        return head
    before = line[: place.column - 1]
    carets = "^" * max(width(line[place.column - 1 : place.end_column - 1]), 1)
    return f"{head}\n     |  {line}\n     |  {' ' * width(before)}{carets}"


def source_line(file: Path, number: int) -> str:
    """Return a line of a file, empty where it cannot be read."""
    try:
        lines = file.read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1].replace("\t", " ") if 0 < number <= len(lines) else ""


def width(text: str) -> int:
    """Return how many cells a terminal gives a text; marks that combine take none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
