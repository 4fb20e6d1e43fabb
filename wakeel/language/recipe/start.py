"""What starts a recipe: one trigger with its fields, and the run-control words beside it."""

from __future__ import annotations

from wakeel.language.nodes import Mapping, Node, Scalar, Sequence
from wakeel.language.problems import Problems, near_names
from wakeel.language.recipe import shapes
from wakeel.language.recipe.model import Recipe, When
from wakeel.language.recipe.verb import LATER
from wakeel.language.recipe.words import LATER_BUSY, LATER_RUN_CONTROL, RUN_CONTROL, is_call

NOT_A_TRIGGER, TWO_TRIGGERS, UNKNOWN_WORD, BAD_BUSY, BUSY_ALONE = "W2225", "W2226", "W2227", "W2228", "W2229"
BY_PERSON = ("called", "by_hand")


def read_when(recipe: Recipe, problems: Problems) -> None:
    """Read `when`; a recipe that no event starts has no trigger."""
    node = recipe.node.get("when")
    if node is None or (isinstance(node, Scalar) and node.value in BY_PERSON):
        return
    if isinstance(node, Sequence) and node.items:
        problems.add(LATER, node.items[-1].place, word="when: [ … ]")
    elif not isinstance(node, Mapping) or not node.entries:
        problems.add(NOT_A_TRIGGER, node.place)
    elif found := read_trigger(node, problems):
        recipe.starts.append(found)


def read_trigger(node: Mapping, problems: Problems) -> When | None:
    """Read one trigger and the words beside it."""
    check_words(node, problems)
    triggers = [(key, value) for key, value in node.entries if is_call(key.value)]
    if not triggers:
        problems.add(NOT_A_TRIGGER, node.entries[0][0].place)
        return None
    for key, _value in triggers[1:]:
        problems.add(TWO_TRIGGERS, key.place, first=triggers[0][0].value, second=key.value)
    found = When(*triggers[0])
    found.only_if, found.once_per = word(node, "only_if", problems), word(node, "once_per", problems)
    found.one_at_a_time_per = word(node, "one_at_a_time_per", problems)
    check_busy(node, problems)
    return found


def word(node: Mapping, name: str, problems: Problems) -> Scalar | None:
    """Return the text of a run-control word, if it is written."""
    value = node.get(name)
    return None if value is None else shapes.text(value, name, problems)


def check_words(node: Mapping, problems: Problems) -> None:
    """Refuse words beside a trigger that mean nothing, or not yet."""
    for key, _value in node.entries:
        if key.value in LATER_RUN_CONTROL:
            problems.add(LATER, key.place, word=key.value)
        elif key.value not in RUN_CONTROL and not is_call(key.value):
            problems.add(UNKNOWN_WORD, key.place, near_names(key.value, RUN_CONTROL), word=key.value)


def check_busy(node: Mapping, problems: Problems) -> None:
    """Accept `if_busy: queue` beside `one_at_a_time_per`."""
    busy: Node | None = node.get("if_busy")
    if busy is None:
        return
    if isinstance(busy, Scalar) and busy.value in LATER_BUSY:
        problems.add(LATER, busy.place, word=f"if_busy: {busy.value}")
    elif not isinstance(busy, Scalar) or busy.value != "queue":
        problems.add(BAD_BUSY, busy.place)
    elif node.get("one_at_a_time_per") is None:
        problems.add(BUSY_ALONE, busy.place)
