"""The fields under a verb, against the model of the action or trigger that they are for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel

from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.limits import check_limits
from wakeel.language.compile.values import name_missing, read_fields
from wakeel.language.nodes import Mapping, Node, Scalar
from wakeel.language.recipe.shapes import is_empty, mapping


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
    check_limits(args, model, verb.value, found, reader.problems, whole=len(reader.problems) == before)
    return args
