"""One value of a field: a literal, a template whose type fits, or a list or map of values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.literals import GIVEN_ONLY, Asked, literal, one_of
from wakeel.language.compile.slots import Slot, slots_of
from wakeel.language.expr import INTO_TEXT
from wakeel.language.nodes import Mapping, Node, Place, Scalar, Sequence
from wakeel.language.plan import Template
from wakeel.language.problems import listed, near_names
from wakeel.language.recipe.flow import refuse_key
from wakeel.language.recipe.shapes import NO_MAP, NO_TEXT, refuse_list
from wakeel.language.types import ANY, NUMBER, TEXT, Field, Type, accepts, fields_of, term

OTHER_TYPE, NEEDED = "W3304", "W2401"
SAY_HOW, NAME_FIELD, IN_LIST = "W3310", "W3311", "W3312"
PLAIN = ("text", "number", "moment", "date", "time", "duration")
FREE = Slot(ANY)
WORDS = Slot(TEXT, reader="text")


def value(node: Node, asked: Asked, reader: Reader) -> Template:
    """Return the template of a value; None where a problem was noted."""
    slot = asked.slot
    if slot.ways and not isinstance(node, Scalar):
        return value(node, replace(asked, slot=way_for(node, slot)), reader)
    match node:
        case Sequence():
            return items(node, asked, reader)
        case Mapping():
            return entries(node, asked, reader)
    before = len(reader.problems)
    template, found = reader.template(node, required=asked.required)
    if isinstance(template, dict):
        return reference(node, template, found, asked, reader)
    if len(reader.problems) > before:
        return None
    return (one_of if slot.ways else literal)(node, str(template), asked, reader)


def way_for(node: Node, slot: Slot) -> Slot:
    """Choose, of several things that a field takes, the one that is written."""
    wanted = "item" if isinstance(node, Sequence) else "model"
    fitting = [way for way in slot.ways if getattr(way, wanted) or (wanted == "model" and way.values)]
    return fitting[0] if fitting else slot.ways[0]


def reference(scalar: Scalar, template: dict[str, Any], found: Field, asked: Asked, reader: Reader) -> Template:
    """Return a value that holds expressions, once its type is known to fit."""
    if not any(accepts(way.kind, found.type) for way in asked.slot.ways or (asked.slot,)):
        refuse_type(scalar, found.type, asked, reader)
    if asked.slot.kind == TEXT and found.type != TEXT and "$expr" in template:
        return {**template, "as": "text"}  # a number becomes its text; what has none is an error in words
    model = asked.slot.model or (asked.slot.item and asked.slot.item.model)
    if model is None or "$expr" not in template:
        return template
    return {**template, "keep": sorted(slots_of(model))}  # of a map only what the model has is sent on


def refuse_type(scalar: Scalar, found: Type, asked: Asked, reader: Reader) -> None:
    """Say which type a field takes, and how a value of another becomes one."""
    kinds = dict.fromkeys(term(way.kind) for way in asked.slot.ways or (asked.slot,))
    params = {"field": asked.field, "verb": asked.verb, "expected": "|".join(kinds), "given": term(found)}
    if asked.slot.item and accepts(asked.slot.item.kind, found):
        reader.problems.add(IN_LIST, scalar.place, **params, mended=f'{asked.field}: ["{scalar.value}"]')
    elif asked.slot.kind == NUMBER and found == TEXT:
        reader.problems.add(SAY_HOW, scalar.place, **params, filter="number")
    elif asked.slot.kind == TEXT and found.kind in INTO_TEXT:
        reader.problems.add(SAY_HOW, scalar.place, **params, filter=INTO_TEXT[found.kind])
    elif asked.slot.kind.kind in PLAIN and (known := fields_of(found)):
        reader.problems.add(NAME_FIELD, scalar.place, **params, fields=listed(known))
    else:
        reader.problems.add(OTHER_TYPE, scalar.place, **params)


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
        owner = Scalar(asked.verb, node.place)
        name_missing(node, slot.model, owner, reader)
        return escaped(read_fields(node, slot.model, owner, reader))
    if slot.given:
        reader.problems.add(GIVEN_ONLY, node.place, field=asked.field)
        return None
    if slot.item:
        refuse_list(node, asked.field, reader.problems)
        return None
    if slot.values is None and slot.kind != ANY:
        reader.problems.add(NO_TEXT, node.place, key=asked.field)
        return None
    inner = slot.values or Slot(ANY)
    return escaped({key.value: value(found, asked.inner(inner, key.value), reader) for key, found in node.entries})


def read_fields(body: Mapping, model: type[BaseModel], verb: Scalar, reader: Reader) -> dict[str, Any]:
    """Read the fields that are written and right; name the unknown ones."""
    known = slots_of(model)
    found = {}
    for key, node in body.entries:
        if slot := known.get(key.value):
            before = len(reader.problems)
            template = value(node, Asked(verb.value, key.value, slot.slot, slot.required), reader)
            if len(reader.problems) == before:
                found[key.value] = template
        else:
            refuse_key(key, known, verb.value, reader.problems)
    return found


def name_missing(
    body: Mapping, model: type[BaseModel], verb: Scalar, reader: Reader, excused: Collection[str] = ()
) -> None:
    """Name the fields that have to be there and are not, unless a misspelled one was meant for them."""
    known = slots_of(model)
    there = {*excused, *meant(body, known), *(key.value for key, _node in body.entries)}
    for name, slot in known.items():
        if slot.required and name not in there:
            reader.problems.add(NEEDED, verb.place, verb=verb.value, field=name)


def meant(body: Mapping, known: Collection[str]) -> set[str]:
    """Return the fields that misspelled keys were probably meant for."""
    near = (near_names(key.value, known)[:1] for key, _node in body.entries if key.value not in known)
    return {name for names in near for name in names}


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
