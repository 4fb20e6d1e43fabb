"""What a field of a connector's model takes: how a literal is read, and which types an expression may have."""

from __future__ import annotations

import datetime as clock
import types as python
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, AwareDatetime, BaseModel, RootModel

from wakeel.language.types import ANY, SPAN, Type, of_annotation
from wakeel.sdk.calendar import WorkingDuration
from wakeel.sdk.fields import check_address
from wakeel.sdk.files import FileRef

READERS: tuple[tuple[Any, str], ...] = (  # the first that fits counts: a bool is an int, a datetime a date
    (bool, "yes/no"),
    (int, "whole number"),
    (float, "number"),
    (Decimal, "number"),
    (AwareDatetime, "moment"),
    (clock.datetime, "moment"),
    (clock.date, "date"),
    (clock.time, "time"),
    (clock.timedelta, "duration"),
    (WorkingDuration, "working duration"),
    (str, "text"),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand in one place; exactly one of the parts is set, none means free-form."""

    kind: Type
    reader: str | None = None  # of a literal
    options: tuple[str, ...] = ()
    item: Slot | None = None  # of a list
    values: Slot | None = None  # of a map with free keys
    model: type[BaseModel] | None = None  # a map with fields
    ways: tuple[Slot, ...] = field(default=())  # one of several
    given: bool = False  # never a literal: a file


@dataclass(frozen=True, slots=True)
class FieldSlot:
    """A named field of a model."""

    slot: Slot
    required: bool
    about: str = ""


@lru_cache(maxsize=2048)
def slots_of(model: type[BaseModel]) -> Mapping[str, FieldSlot]:
    """Return the fields of a model by the names that a recipe uses."""
    return {
        info.alias or name: FieldSlot(
            slot_of(info.annotation, info.metadata), info.is_required(), info.description or ""
        )
        for name, info in model.model_fields.items()
    }


def slot_of(annotation: Any, marks: Sequence[Any] = ()) -> Slot:
    """Return what an annotation takes."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return slot_of(args[0], (*args[1:], *marks))
    kind = of_annotation(annotation)
    if origin is Literal:
        return Slot(kind, options=tuple(str(value) for value in args))
    if origin in (Union, python.UnionType):
        return slot_of_union(kind, [arg for arg in args if arg is not type(None)], marks)
    if isinstance(origin, type):
        return slot_of_container(kind, origin, args)
    return slot_of_class(kind, annotation, marks)


def slot_of_union(kind: Type, members: list[Any], marks: Sequence[Any]) -> Slot:
    """Return what one of several annotations takes."""
    if len(members) == 1:
        return slot_of(members[0], marks)
    if kind == SPAN:
        return Slot(kind, reader="span")
    return Slot(kind, ways=tuple(slot_of(member) for member in members))


def slot_of_container(kind: Type, origin: type, args: tuple[Any, ...]) -> Slot:
    """Return what a list or a map takes."""
    if issubclass(origin, Mapping):
        return Slot(kind, values=slot_of(args[-1]))
    return Slot(kind, item=slot_of(args[0]))


def slot_of_class(kind: Type, annotation: Any, marks: Sequence[Any]) -> Slot:
    """Return what a plain class takes."""
    if not isinstance(annotation, type):
        return Slot(kind)
    if issubclass(annotation, Enum):
        return Slot(kind, options=tuple(str(member.value) for member in annotation))
    if issubclass(annotation, FileRef):
        return Slot(kind, given=True)
    for known, reader in READERS:
        if issubclass(annotation, known):
            return Slot(kind, reader="mail address" if is_address(marks) else reader)
    return slot_of_parts(kind, annotation)


def slot_of_parts(kind: Type, annotation: type) -> Slot:
    """Return what a class with parts takes."""
    if issubclass(annotation, RootModel):
        root = annotation.model_fields["root"]
        return slot_of(root.annotation, root.metadata)
    if issubclass(annotation, BaseModel):
        return Slot(kind, model=annotation)
    if issubclass(annotation, Mapping):
        return Slot(kind, values=Slot(ANY))
    return Slot(kind, item=Slot(ANY)) if issubclass(annotation, list | tuple | set) else Slot(kind)


def is_address(marks: Sequence[Any]) -> bool:
    """Say whether a text is a mail address."""
    return any(isinstance(mark, AfterValidator) and mark.func is check_address for mark in marks)
