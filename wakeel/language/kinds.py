"""The types of the recipe language: what a value may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wakeel.i18n import words


@dataclass(frozen=True, slots=True)
class Simple:
    """A type without parts."""

    kind: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A text that is one of a few."""

    options: tuple[str, ...]
    kind = "text"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of items of one type."""

    item: Type
    kind = "list"


@dataclass(frozen=True, slots=True)
class ValuesOf:
    """A map with any keys and values of one type."""

    item: Type
    kind = "map"


@dataclass(frozen=True, slots=True)
class Field:
    """What a name holds: `maybe` is a value that may be missing, `required` one that must be given."""

    type: Type
    maybe: bool = False
    required: bool = True


@dataclass(frozen=True)
class MapOf:
    """A map with known fields: a model."""

    fields: Mapping[str, Field]
    kind = "map"

    def __hash__(self) -> int:
        return hash(frozenset(self.fields.items()))


Type = Simple | OneOf | ListOf | ValuesOf | MapOf

TEXT, NUMBER, YES_NO = Simple("text"), Simple("number"), Simple("yes/no")
MOMENT, DATE, TIME = Simple("moment"), Simple("date"), Simple("time")
DURATION, WORKING_DURATION = Simple("duration"), Simple("working duration")
SPAN = Simple("span")  # a duration or a working duration
FILE, ANY, NOTHING = Simple("file"), Simple("any"), Simple("nothing")

FILE_FIELDS = MapOf({"sha256": Field(TEXT), "name": Field(TEXT), "media_type": Field(TEXT), "size": Field(NUMBER)})
JOINABLE = frozenset({"text", "number", "yes/no", "any", "duration", "working duration", "span"})


def term(given: Type | str) -> str:
    """Return the code of a type's name, to be put into a message of either language."""
    kind = given if isinstance(given, str) else given.kind
    return "term." + kind.replace(" ", "_").replace("/", "_")


def name(given: Type, language: str) -> str:
    """Return the type's name for a person."""
    return words(term(given), "message", language, {})


def fields_of(given: Type) -> Mapping[str, Field] | None:
    """Return the known fields of a type, or None where it has none."""
    if given == FILE:
        return FILE_FIELDS.fields
    return given.fields if isinstance(given, MapOf) else None
