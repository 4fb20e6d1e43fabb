"""One value of a field: a literal read by the field's type, or a template whose type fits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.slots import Slot, slots_of
from wakeel.language.nodes import Mapping, Node, Place, Scalar, Sequence
from wakeel.language.plan import Template
from wakeel.language.problems import near_names
from wakeel.language.readers import Unreadable, read
from wakeel.language.recipe.shapes import EMPTY, NO_LIST, NO_MAP, NO_TEXT, is_empty
from wakeel.language.types import ANY, TEXT, Field, accepts, term
from wakeel.language.values import plain

NO_OPTION, GIVEN_ONLY, OTHER_TYPE = "W2404", "W2416", "W3304"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which value is read: of which field of which verb, and whether it has to be there."""

    verb: str
    field: str
    slot: Slot
    required: bool = True

    def inner(self, slot: Slot, field: str = "") -> Asked:
        """Return what is asked of a part: an item, or a field inside."""
        return replace(self, slot=slot, field=field or self.field, required=True)


def value(node: Node, asked: Asked, reader: Reader) -> Template:
    """Return the template of a value; None where a problem was noted."""
    slot = asked.slot
    if slot.ways:
        return value(node, replace(asked, slot=way_for(node, slot)), reader)
    match node:
        case Sequence():
            return items(node, asked, reader)
        case Mapping():
            return entries(node, asked, reader)
    template, found = reader.template(node, required=asked.required)
    if isinstance(template, dict):
        return reference(node, template, found, asked, reader)
    return literal(node, str(template), asked, reader)


def way_for(node: Node, slot: Slot) -> Slot:
    """Choose, of several things that a field takes, the one that is written."""
    wanted = {Sequence: "item", Mapping: "model", Scalar: "reader"}[type(node)]
    fitting = [way for way in slot.ways if getattr(way, wanted) or (wanted == "model" and way.values)]
    if isinstance(node, Scalar) and "${" in node.value:
        return Slot(slot.kind)
    return fitting[0] if fitting else slot.ways[0]


def reference(scalar: Scalar, template: dict[str, Any], found: Field, asked: Asked, reader: Reader) -> Template:
    """Return a value that holds expressions, once its type is known to fit."""
    if not accepts(asked.slot.kind, found.type):
        expected, given = term(asked.slot.kind), term(found.type)
        reader.problems.add(
            OTHER_TYPE, scalar.place, field=asked.field, verb=asked.verb, expected=expected, given=given
        )
    model = asked.slot.model or (asked.slot.item and asked.slot.item.model)
    if model is None or "$expr" not in template:
        return template
    return {**template, "keep": sorted(slots_of(model))}  # of a map only what the model has is sent on


def literal(scalar: Scalar, text: str, asked: Asked, reader: Reader) -> Template:
    """Read a value that is written out."""
    slot, problems = asked.slot, reader.problems
    if is_empty(scalar):
        problems.add(EMPTY, scalar.place, key=asked.field)
    elif slot.item or slot.values or slot.model or slot.given:
        code = NO_LIST if slot.item else NO_MAP if slot.values else GIVEN_ONLY
        problems.add(code, scalar.place, key=asked.field, field=asked.field)
    elif slot.options:
        return option(scalar, text, asked, reader)
    elif slot.reader:
        return read_literal(scalar, text, asked, reader)
    return text


def option(scalar: Scalar, text: str, asked: Asked, reader: Reader) -> Template:
    """Read one of a few words."""
    options = asked.slot.options
    if text not in options:
        near = near_names(text, options)
        reader.problems.add(NO_OPTION, scalar.place, near, value=text, field=asked.field, options=", ".join(options))
    return text


def read_literal(scalar: Scalar, text: str, asked: Asked, reader: Reader) -> Template:
    """Read a text by its kind: a duration, a date, a number."""
    kind = asked.slot.reader or "text"
    if kind == "text":
        return text  # an empty text in quotes is a text, and so is one of blanks
    try:
        return plain(read(kind, text))
    except Unreadable as error:
        params = {"name": asked.field, "field": asked.field, **error.params}
        reader.problems.add(error.code, scalar.place_of(error.offset), **params)
        return None


def items(node: Sequence, asked: Asked, reader: Reader) -> Template:
    """Return a list."""
    slot = asked.slot
    if slot.item is None and slot.kind != ANY:
        reader.problems.add(NO_MAP if slot.values or slot.model else NO_TEXT, node.place, key=asked.field)
        return None
    return [value(item, asked.inner(slot.item or Slot(ANY)), reader) for item in node.items]


def entries(node: Mapping, asked: Asked, reader: Reader) -> Template:
    """Return a map: the fields of a model, or free keys."""
    slot = asked.slot
    if slot.model:
        from wakeel.language.compile.fields import fields

        return fields(node, slot.model, asked.verb, reader)
    if slot.values is None and slot.kind != ANY:
        reader.problems.add(NO_LIST if slot.item else NO_TEXT, node.place, key=asked.field)
        return None
    inner = slot.values or Slot(ANY)
    return escaped({key.value: value(found, asked.inner(inner, key.value), reader) for key, found in node.entries})


def escaped(found: dict[str, Any]) -> Template:
    """Return a map as a template, even if its keys would read as one."""
    return {"$map": found} if any(key.startswith("$") for key in found) else found


def place_at(node: Node, path: tuple[int | str, ...]) -> Place:
    """Return the place of a part of a value, as near as the path leads."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and (found := node.get(step)):
            node = found
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    return node.place


FREE = Slot(ANY)
WORDS = Slot(TEXT, reader="text")
