"""What may stand where, and what two types share; the door to everything about types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from wakeel.language.annotations import of_annotation, of_model
from wakeel.language.kinds import (
    ANY,
    DATE,
    DURATION,
    FILE,
    FILE_FIELDS,
    JOINABLE,
    MOMENT,
    NOTHING,
    NUMBER,
    SPAN,
    TEXT,
    TIME,
    WORKING_DURATION,
    YES_NO,
    Field,
    ListOf,
    MapOf,
    OneOf,
    Simple,
    Type,
    ValuesOf,
    fields_of,
    name,
    term,
)

__all__ = [
    "ANY",
    "DATE",
    "DURATION",
    "FILE",
    "JOINABLE",
    "MOMENT",
    "NOTHING",
    "NUMBER",
    "SPAN",
    "TEXT",
    "TIME",
    "WORKING_DURATION",
    "YES_NO",
    "Field",
    "ListOf",
    "MapOf",
    "OneOf",
    "Simple",
    "Type",
    "ValuesOf",
    "accepts",
    "common",
    "common_to_all",
    "fields_of",
    "name",
    "of_annotation",
    "of_model",
    "shape",
    "term",
]


INSTEAD = {  # kinds that may stand for another: what joins a text becomes one, never the other way round
    "text": ("text", "number", "yes/no", "duration", "working duration", "span"),
    "span": ("duration", "working duration"),
    "file": ("map",),
}


def shape(given: Type) -> Any:
    """Return the plan's JSON form: how to read a JSON value of this type back."""
    match given:
        case ListOf(item):
            return {"list": shape(item)}
        case ValuesOf(item):
            return {"values": shape(item)}
        case MapOf(fields):
            return {"map": {key: shape(field.type) for key, field in fields.items()}}
        case OneOf():
            return "text"
    return {"span": "duration", "nothing": "any"}.get(given.kind, given.kind)


def accepts(expected: Type, given: Type) -> bool:
    """Say whether a value of one type may stand where the other is expected."""
    if expected == given or ANY in (expected, given):
        return True
    if isinstance(expected, OneOf):
        return given == TEXT or (isinstance(given, OneOf) and not set(expected.options).isdisjoint(given.options))
    if isinstance(expected, Simple):
        return given.kind in INSTEAD.get(expected.kind, ()) and accepts_file(expected, given)
    return accepts_parts(expected, given)


def accepts_file(expected: Simple, given: Type) -> bool:
    """Say whether a map has what a file reference has; anything else that stands for another is plain."""
    return expected != FILE or accepts_fields(FILE_FIELDS.fields, fields_of(given) or {})


def accepts_parts(expected: ListOf | ValuesOf | MapOf, given: Type) -> bool:
    """Say whether every part of a list or map fits."""
    match expected, given:
        case (ListOf(wanted), ListOf(item)) | (ValuesOf(wanted), ValuesOf(item)):
            return accepts(wanted, item)
        case ValuesOf(wanted), MapOf(fields):
            return all(accepts(wanted, field.type) for field in fields.values())
        case MapOf(fields), _:
            return (found := fields_of(given)) is not None and accepts_fields(fields, found)
    return False


def accepts_fields(expected: Mapping[str, Field], given: Mapping[str, Field]) -> bool:
    """Say whether every field that must be there is there, and all that are there fit."""
    return all(
        accepts(field.type, given[key].type) and not (field.required and given[key].maybe)
        if key in given
        else not field.required
        for key, field in expected.items()
    )


def common(first: Type, second: Type) -> Type | None:
    """Return the type that holds for values of both, or None where they have nothing in common."""
    if first == second or ANY in (first, second):
        return first if first == second else ANY
    match first, second:
        case OneOf(options), OneOf(others):
            return OneOf(tuple(dict.fromkeys((*options, *others))))
        case MapOf(mine), MapOf(theirs):
            return MapOf(common_fields(mine, theirs))
        case ListOf(item), ListOf(other):
            return ListOf(shared) if (shared := common(item, other)) else None
        case ValuesOf(item), ValuesOf(other):
            return ValuesOf(shared) if (shared := common(item, other)) else None
    return TEXT if first.kind == second.kind == "text" else None


def common_fields(mine: Mapping[str, Field], theirs: Mapping[str, Field]) -> dict[str, Field]:
    """Return the fields that both have, with what holds for both."""
    return {
        key: Field(shared, field.maybe or theirs[key].maybe, field.required and theirs[key].required)
        for key, field in mine.items()
        if key in theirs and (shared := common(field.type, theirs[key].type)) is not None
    }


def common_to_all(given: Iterable[Type]) -> Type:
    """Return what holds for values of all these types; free-form where nothing does."""
    return reduce(lambda a, b: common(a, b) or ANY, given)
