"""The names that a recipe gives: how they are written, and that each is given once."""

from __future__ import annotations

import re

from wakeel.language.nodes import Mapping, Scalar
from wakeel.language.problems import Problems
from wakeel.language.recipe.model import Recipe, Step
from wakeel.language.recipe.words import RESERVED
from wakeel.language.source.keys import INVISIBLE

BAD_NAME, RESERVED_NAME, TWICE, INVISIBLE_IN_NAME = "W2301", "W2302", "W2303", "W2313"
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)


def check_name(name: Scalar, problems: Problems, allowed: frozenset[str] = frozenset()) -> bool:
    """Say whether a name can be used in expressions."""
    if found := INVISIBLE.search(name.value):
        name.value = INVISIBLE.sub("", name.value)
        problems.add(INVISIBLE_IN_NAME, name.place, name=name.value, char=f"U+{ord(found[0]):04X}")
    if not NAME.fullmatch(name.value):
        problems.add(BAD_NAME, name.place, name=name.value)
    elif name.value in RESERVED - allowed:
        problems.add(RESERVED_NAME, name.place, name=name.value)
    else:
        return True
    return False


def names_of(step: Step) -> list[Scalar]:
    """Return the names that a step itself gives."""
    given = [step.name] if step.name else []
    if step.verb.value == "set" and isinstance(step.body, Mapping):
        given += [key for key, _value in step.body.entries]
    return given


def collect_names(recipe: Recipe, problems: Problems) -> dict[str, int]:
    """Return each name with the line of the step that gives it; a second giver is a problem."""
    first: dict[str, int] = {}
    lines: dict[str, int] = {}
    for step in recipe.all_steps():
        for name in names_of(step):
            if name.value in first:
                problems.add(TWICE, name.place, name=name.value, line=first[name.value])
            elif check_name(name, problems):
                first[name.value], lines[name.value] = name.place.line, step.line
    return lines
