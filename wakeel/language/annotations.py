"""Types from annotations: what a connector's pydantic models say about their fields."""

from __future__ import annotations

import datetime as clock
import types
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AnyUrl, AwareDatetime, BaseModel, NaiveDatetime, RootModel, SecretBytes, SecretStr
from pydantic.fields import FieldInfo

from wakeel.language.kinds import (
    ANY,
    DATE,
    DURATION,
    FILE,
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
    Type,
    ValuesOf,
)
from wakeel.sdk.calendar import WorkingDuration
from wakeel.sdk.files import FileRef

SECRETS = (SecretStr, SecretBytes)
SIMPLE: dict[type, Type] = {  # the first that fits counts: a bool is an int, a datetime a date
    bool: YES_NO,
    int: NUMBER,
    float: NUMBER,
    Decimal: NUMBER,
    clock.datetime: MOMENT,
    AwareDatetime: MOMENT,
    NaiveDatetime: MOMENT,
    clock.date: DATE,
    clock.time: TIME,
    clock.timedelta: DURATION,
    WorkingDuration: WORKING_DURATION,
    FileRef: FILE,
    str: TEXT,
    AnyUrl: TEXT,
    type(None): NOTHING,
}

Seen = tuple[type, ...]


def of_annotation(annotation: Any, seen: Seen = ()) -> Type:
    """Return the type of an annotation; what the language does not know is free-form."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return of_annotation(args[0], seen)
    if origin is Literal:
        return of_options(args)
    if origin in (Union, types.UnionType):
        return of_union(args, seen)
    if isinstance(annotation, type) and origin is None:
        return of_class(annotation, seen)
    return of_container(origin, args, seen)


@lru_cache(maxsize=1024)
def of_model(model: type[BaseModel]) -> Type:
    """Return the type of a model: its fields by the names that a recipe uses."""
    return of_class(model, ())


def of_class(found: type, seen: Seen) -> Type:
    """Return the type of a plain class."""
    if issubclass(found, Enum):
        return of_options(tuple(member.value for member in found))
    for known, simple in SIMPLE.items():
        if issubclass(found, known):
            return simple
    if issubclass(found, BaseModel) and found not in seen:
        return of_fields(found, (*seen, found))
    return ListOf(ANY) if issubclass(found, list | tuple | set) else ANY


def of_fields(model: type[BaseModel], seen: Seen) -> Type:
    """Return a map with the fields of a model; secrets are left out."""
    if issubclass(model, RootModel):
        return of_annotation(model.model_fields["root"].annotation, seen)
    fields = {
        info.alias or key: of_field(info, seen)
        for key, info in model.model_fields.items()
        if not names_secret(info.annotation)
    }
    for key, computed in model.model_computed_fields.items():
        fields[computed.alias or key] = Field(of_annotation(computed.return_type, seen), required=False)
    return MapOf(fields)


def of_field(info: FieldInfo, seen: Seen) -> Field:
    """Return what one field of a model holds."""
    maybe = type(None) in get_args(info.annotation)
    return Field(of_annotation(info.annotation, seen), maybe, info.is_required())


def names_secret(annotation: Any) -> bool:
    """Say whether a secret may stand in a field."""
    return annotation in SECRETS or any(names_secret(part) for part in get_args(annotation))


def of_options(values: tuple[Any, ...]) -> Type:
    """Return the type of a closed list of values."""
    if all(isinstance(value, str) for value in values):
        return OneOf(tuple(str(value) for value in values))
    return merged([of_class(type(value), ()) for value in values])


def of_union(members: tuple[Any, ...], seen: Seen) -> Type:
    """Return the type of a union; None in it only says that the value may be missing."""
    found = [of_annotation(member, seen) for member in members if member is not type(None)]
    if set(found) == {DURATION, WORKING_DURATION}:
        return SPAN
    return merged(found)


def of_container(origin: Any, args: tuple[Any, ...], seen: Seen) -> Type:
    """Return the type of a list, a tuple, a map, or a generic alias of them."""
    if not isinstance(origin, type):
        return ANY
    items = [of_annotation(arg, seen) for arg in args if arg is not Ellipsis]
    if issubclass(origin, Mapping):
        return ValuesOf(items[-1])
    return ListOf(merged(items)) if issubclass(origin, Sequence | set | frozenset) else ANY


def merged(found: list[Type]) -> Type:
    """Return the one type that all are, else free-form."""
    if all(given == found[0] for given in found):
        return found[0] if found else ANY
    return TEXT if all(given.kind == "text" for given in found) else ANY
