"""What starts a recipe: one trigger with its fields, and the run-control words beside it."""

from __future__ import annotations

from wakeel.language.nodes import Mapping, Node, Scalar, Sequence
from wakeel.language.problems import Problems, near_names
from wakeel.language.recipe import shapes
from wakeel.language.recipe.model import Recipe, When
from wakeel.language.recipe.verb import LATER
from wakeel.language.recipe.words import LATER_BUSY, LATER_RUN_CONTROL, RUN_CONTROL, is_call

NOT_A_TRIGGER, TWO_TRIGGERS, BAD_BUSY, BUSY_ALONE, SEVERAL = "W2225", "W2226", "W2228", "W2229", "W2232"
BY_PERSON = ("called", "by_hand")
EXAMPLE = "when: {mail.received: {folder: Inbox}}"


def read_when(recipe: Recipe, problems: Problems) -> None:
    """Read `when`; a recipe that no event starts has no trigger, and a list of one is that one."""
    node = recipe.node.get("when")
    if isinstance(node, Sequence) and node.items:
        if len(node.items) > 1:
            problems.add(SEVERAL, node.items[1].place)
            return
        node = node.items[0]
    if node is None or (isinstance(node, Scalar) and node.value in BY_PERSON):
        return
    if not isinstance(node, Mapping) or not node.entries:
        refuse_when(node, problems)
    elif found := read_trigger(node, problems):
        recipe.starts.append(found)


def refuse_when(node: Node, problems: Problems) -> None:
    """Say what belongs under `when`, with what stands there."""
    written = node.value.strip() if isinstance(node, Scalar) else ""
    mended = f"when: {{{written}: {{}}}}" if is_call(written) and " " not in written else EXAMPLE
    problems.add(NOT_A_TRIGGER, node.place, near_names(written, BY_PERSON), mended=mended)


def read_trigger(node: Mapping, problems: Problems) -> When | None:
    """Read one trigger and the words beside it."""
    triggers = [(key, value) for key, value in node.entries if is_call(key.value)]
    if not triggers:
        first = node.entries[0][0]
        by_person = f"when: {first.value}" if first.value in BY_PERSON else EXAMPLE
        problems.add(NOT_A_TRIGGER, first.place, near_names(first.value, BY_PERSON), mended=by_person)
        return None
    for key, _value in triggers[1:]:
        problems.add(TWO_TRIGGERS, key.place, first=triggers[0][0].value, second=key.value)
    found = When(*triggers[0], beside=strange_words(node, problems))
    found.only_if, found.once_per = word(node, "only_if", problems), word(node, "once_per", problems)
    found.one_at_a_time_per = word(node, "one_at_a_time_per", problems)
    check_busy(node, problems)
    return found


def word(node: Mapping, name: str, problems: Problems) -> Scalar | None:
    """Return the text of a run-control word, if it is written."""
    value = node.get(name)
    return None if value is None else shapes.text(value, name, problems)


def strange_words(node: Mapping, problems: Problems) -> list[Scalar]:
    """Return words beside a trigger that mean nothing, or are fields of it; refuse those of a later version."""
    for key, _value in node.entries:
        if key.value in LATER_RUN_CONTROL:
            problems.add(LATER, key.place, word=key.value)
    known = (*RUN_CONTROL, *LATER_RUN_CONTROL)
    return [key for key, _value in node.entries if key.value not in known and not is_call(key.value)]


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
