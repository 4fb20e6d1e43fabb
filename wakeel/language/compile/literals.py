"""A value that is written out, read by the type of its field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.slots import Slot
from wakeel.language.nodes import Scalar
from wakeel.language.plan import Template
from wakeel.language.problems import near_names
from wakeel.language.readers import Unreadable, read
from wakeel.language.readers.digits import BLANKS
from wakeel.language.recipe.shapes import EMPTY, NO_MAP, is_empty, refuse_list
from wakeel.language.values import plain

NO_OPTION, GIVEN_ONLY = "W2404", "W2416"


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


def literal(scalar: Scalar, text: str, asked: Asked, reader: Reader) -> Template:
    """Read a value that is written out."""
    slot, problems = asked.slot, reader.problems
    if is_empty(scalar):
        problems.add(EMPTY, scalar.place, key=asked.field)
    elif slot.item:
        refuse_list(scalar, asked.field, problems)
    elif slot.values or slot.model or slot.given:
        code = NO_MAP if slot.values else GIVEN_ONLY
        problems.add(code, scalar.place, key=asked.field, field=asked.field)
    elif slot.options:
        return option(scalar, text, asked, reader)
    elif slot.reader:
        return read_literal(scalar, text, asked, (slot.reader,), reader)
    return text


def one_of(scalar: Scalar, text: str, asked: Asked, reader: Reader) -> Template:
    """Read a value that may be of several kinds: the first that can read it counts."""
    for way in asked.slot.ways:
        if text.strip(BLANKS) in way.options:
            return text.strip(BLANKS)
    kinds = tuple(way.reader for way in asked.slot.ways if way.reader)
    fallback = next(iter(asked.slot.ways))
    return (
        read_literal(scalar, text, asked, kinds, reader)
        if kinds
        else literal(scalar, text, asked.inner(fallback), reader)
    )


def option(scalar: Scalar, text: str, asked: Asked, reader: Reader) -> Template:
    """Read one of a few words."""
    options, text = asked.slot.options, text.strip(BLANKS)
    if text not in options:
        near = near_names(text, options)
        reader.problems.add(NO_OPTION, scalar.place, near, value=text, field=asked.field, options=", ".join(options))
    return text


def read_literal(scalar: Scalar, text: str, asked: Asked, kinds: tuple[str, ...], reader: Reader) -> Template:
    """Read a text by the first of some kinds that can: a duration, a date, a number."""
    refused: list[Unreadable] = []
    for kind in kinds:
        try:
            return plain(settled(read(kind, text), reader)) if kind != "text" else text
        except Unreadable as error:
            refused.append(error)
    if is_empty(scalar):
        reader.problems.add(EMPTY, scalar.place, key=asked.field)
        return None
    said = refused[-1] if " " not in text else refused[0]  # a date alone lacks its time only where it has none
    params = {"name": asked.field, "field": asked.field, **said.params}
    place = scalar.place_of(said.offset) if said.offset else scalar.place
    reader.problems.add(said.code, place, **params)
    return None


def settled(value: Any, reader: Reader) -> Any:
    """Return a moment without a zone as the client's clock means it; anything else as it is."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return reader.calendar.at(value.date(), value.time())
    return value
