"""Whether a value is a text, a list or a map where the recipe needs one."""

from __future__ import annotations

import re

from wakeel.language.nodes import Mapping, Node, Scalar, Sequence, scalars
from wakeel.language.problems import Problems
from wakeel.language.source.writing import list_form

GLUED = re.compile(r"([A-Za-z][\w.]*):([^\s:/]\S*)")  # a colon without its space
NO_COLON, FIXED = "W1012", "W2312"
EMPTY, NO_TEXT, NO_LIST, NO_MAP, NO_TITLE = "W2210", "W2211", "W2212", "W2213", "W2214"


def is_empty(node: Node | None) -> bool:
    """Say whether nothing is written where a value belongs."""
    return node is None or (isinstance(node, Scalar) and not node.value and not node.style)


def text(node: Node, key: str, problems: Problems) -> Scalar | None:
    """Return a text that is not empty."""
    if isinstance(node, Scalar) and node.value.strip():
        return node
    problems.add(EMPTY if isinstance(node, Scalar) else NO_TEXT, node.place, key=key)
    return None


def refuse_expressions(key: str, node: Node | None, problems: Problems) -> bool:
    """Say that a value is settled when the recipe is checked, where it holds a `${…}`."""
    found = next((s for _key, s in scalars(node) if "${" in s.value), None) if node is not None else None
    if found:
        problems.add(FIXED, found.place, key=key)
    return found is not None


def items(node: Node, key: str, problems: Problems) -> list[Node]:
    """Return the items of a list."""
    if isinstance(node, Sequence):
        return node.items
    refuse_list(node, key, problems)
    return []


def refuse_list(node: Node, key: str, problems: Problems) -> None:
    """Say how a list is written, with what stands there."""
    mended = list_form(key, node.value if isinstance(node, Scalar) else "")
    problems.add(EMPTY if is_empty(node) else NO_LIST, node.place, key=key, mended=mended)


def mapping(node: Node, key: str, problems: Problems) -> Mapping | None:
    """Return a map."""
    if isinstance(node, Mapping):
        return node
    if isinstance(node, Scalar) and not node.style and (glued := GLUED.match(node.value)):
        problems.add(NO_COLON, node.place, mended=f"{glued[1]}: {glued[2]}")
    else:
        problems.add(EMPTY if is_empty(node) else NO_MAP, node.place, key=key)
    return None


def check_title(node: Node, key: str, problems: Problems) -> None:
    """Accept a fixed text, or one for each language."""
    if isinstance(node, Mapping):
        for name, value in node.entries:
            if name.value not in {"en", "ar"}:
                problems.add(NO_TITLE, name.place, key=key)
            fixed_text(value, f"{key}.{name.value}", key, problems)
    else:
        fixed_text(node, key, key, problems)


def fixed_text(node: Node, what: str, key: str, problems: Problems) -> None:
    """Accept a text without expressions."""
    if (found := text(node, what, problems)) and "${" in found.value:
        problems.add(NO_TITLE, found.place, key=key)


def in_language(node: Node | None, language: str) -> str:
    """Return a title in a language, else in the one that it has."""
    if isinstance(node, Scalar):
        return node.value
    if not isinstance(node, Mapping):
        return ""
    wanted = node.get(language) or next((value for _name, value in node), None)
    return wanted.value if isinstance(wanted, Scalar) else ""
