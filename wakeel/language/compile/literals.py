"""A value that is written out, read by the type of its field."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.slots import Slot
from wakeel.language.nodes import Scalar
from wakeel.language.plan import Template
from wakeel.language.problems import near_names
from wakeel.language.readers import Unreadable, read
from wakeel.language.recipe.shapes import EMPTY, NO_LIST, NO_MAP, is_empty
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
