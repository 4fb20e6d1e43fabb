"""YAML text becomes nodes: every scalar stays text, everything has its place, what can be misread is refused."""

from __future__ import annotations

from typing import Any

import yaml

from wakeel.language.nodes import Node, Place, Scalar, Sequence
from wakeel.language.problems import MOST, Problems
from wakeel.language.source.brackets import NO_COMMA
from wakeel.language.source.compose import MOST_NODES, Composer
from wakeel.language.source.diagnose import INDENTATION, NO_COLON, UNREADABLE, diagnose
from wakeel.language.source.finding import Broken, Finding, Refused, note
from wakeel.language.source.pasted import pasted
from wakeel.language.source.text import Text, decode
from wakeel.language.source.trouble import trouble

__all__ = ["load"]

EMPTY, A_LIST, A_TEXT = "W1003", "W1004", "W1005"
FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml there is the slower one
VAGUE = frozenset({INDENTATION, NO_COLON, NO_COMMA, UNREADABLE})  # after a guess they may come of the guess itself
WORK = 1_000_000  # characters that are parsed at most: a large file is mended less often


def load(data: bytes, file: str, problems: Problems) -> Node | None:
    """Return the document of a file; problems are added, and None is returned where nothing can be composed."""
    found = Problems()
    text = decode(data, file, found)
    root = None
    try:
        root = read(text, found, FASTEST) if text else None
        if text:
            check_root(root, found, file)
    except Refused:
        root = None
    for problem in found:
        problems.add(problem.code, problem.place, problem.near, **problem.params)
    return root


def read(text: Text, problems: Problems, loader: Any) -> Node | None:
    """Compose a text; mend what breaks and begin again, so that all problems come at once."""
    guessed, nodes = False, 0
    for finding in pasted(text):
        finding.note(text, problems)
        for mend in finding.mends:
            text.mend(mend)
    for _ in range(min(MOST, 2 + WORK // (len(text.whole) + 1))):
        composer = Composer(text, problems, loader)
        found = attempt(composer)
        if not isinstance(found, Finding):
            return found
        known, nodes = len(problems), nodes + composer.count
        if not (guessed and found.code in VAGUE):
            found.note(text, problems)
        if not found.mends or known == len(problems) or nodes > MOST_NODES:
            break
        guessed = guessed or found.guess
        for mend in found.mends:
            text.mend(mend)
    raise Refused


def attempt(composer: Composer) -> Node | Finding | None:
    """Return the document, or what has to be mended before it can be composed."""
    try:
        return composer.document()
    except Broken as broken:
        return broken.finding
    except yaml.MarkedYAMLError as error:
        return diagnose(trouble(error, composer))
    except (yaml.YAMLError, ValueError, OverflowError):  # the slower loader reads numbers of escapes unchecked
        return Finding(UNREADABLE, 0, 0)


def check_root(root: Node | None, problems: Problems, file: str) -> None:
    """Note a document that is no map."""
    if root is None or (isinstance(root, Scalar) and not root.value and not root.style):
        note(EMPTY, Place(file, 1, 1, 2), problems)
    elif isinstance(root, (Sequence, Scalar)):
        note(A_LIST if isinstance(root, Sequence) else A_TEXT, root.place, problems)
