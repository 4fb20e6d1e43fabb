"""The fields under a verb, against the model of the action or trigger that they are for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel

from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.limits import check_limits
from wakeel.language.compile.slots import slots_of
from wakeel.language.compile.values import Asked, escaped, value
from wakeel.language.nodes import Mapping, Node, Scalar
from wakeel.language.plan import Template
from wakeel.language.problems import near_names
from wakeel.language.recipe.shapes import is_empty, mapping

NEEDED, UNKNOWN = "W2401", "W2402"


def arguments(
    body: Node | None, model: type[BaseModel], verb: Scalar, reader: Reader, excused: Collection[str] = ()
) -> dict[str, Any]:
    """Return the arguments of a call as templates; `excused` are fields whose absence is explained already."""
    if body is None or is_empty(body):
        body = Mapping([], verb.place)
    found = mapping(body, verb.value, reader.problems)
    if found is None:
        return {}
    before = len(reader.problems)
    args = read_fields(found, model, verb, reader)
    name_missing(found, model, verb, reader, excused)
    if len(reader.problems) == before:
        check_limits(args, model, verb.value, found, reader.problems)
    return args


def fields(body: Mapping, model: type[BaseModel], verb: str, reader: Reader) -> Template:
    """Return the fields of a model inside a value."""
    owner = Scalar(verb, body.place)
    name_missing(body, model, owner, reader, ())
    return escaped(read_fields(body, model, owner, reader))


def read_fields(body: Mapping, model: type[BaseModel], verb: Scalar, reader: Reader) -> dict[str, Any]:
    """Read the fields that are written; name the unknown ones."""
    known = slots_of(model)
    found = {}
    for key, node in body.entries:
        if slot := known.get(key.value):
            found[key.value] = value(node, Asked(verb.value, key.value, slot.slot, slot.required), reader)
        else:
            near = near_names(key.value, known)
            reader.problems.add(UNKNOWN, key.place, near, verb=verb.value, field=key.value)
    return found


def name_missing(body: Mapping, model: type[BaseModel], verb: Scalar, reader: Reader, excused: Collection[str]) -> None:
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
