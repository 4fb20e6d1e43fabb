"""What a value is, where a setting or a connection's field says so, and how such a value is read."""

from __future__ import annotations

import types
from collections.abc import Mapping as Keys
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import SecretStr

from wakeel.language.nodes import Mapping, Node, Scalar, Sequence
from wakeel.language.plan import Person
from wakeel.language.problems import Problems, listed
from wakeel.language.readers.digits import BLANKS
from wakeel.language.values import ExpressionError, plain
from wakeel.language.workspace.form import EMPTY, NOT_KEYS, one, option_of, refuse_list, value_of
from wakeel.language.workspace.people import near_people
from wakeel.language.workspace.secret import LITERAL, PREFIX, REFERENCE, refuse_literal

NO_PERSON, BAD_REFERENCE = "W4018", "W4021"
Json = Any


@dataclass(frozen=True, slots=True)
class Kind:
    """A reader's kind (`text`, `duration`), or `one of`, `person`, `picker`, `secret`, `list of`, `map of`."""

    name: str
    options: tuple[str, ...] = ()
    picker: str = ""
    item: Kind | None = None


TEXT, SECRET = Kind("text"), Kind("secret")
SIMPLE: dict[Any, Kind] = {
    str: TEXT,
    SecretStr: SECRET,
    bool: Kind("yes/no"),
    int: Kind("whole number"),
    float: Kind("number"),
    timedelta: Kind("duration"),
}


def kind_of(annotation: Any) -> Kind:
    """Return the kind of a connection's field; what has no kind of its own is text."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return kind_of(args[0])
    if origin in {Union, types.UnionType}:
        return kind_of(next(arg for arg in args if arg is not type(None)))
    if origin is Literal:
        return Kind("one of", tuple(map(str, args)))
    if origin in {list, tuple, set, frozenset}:
        return Kind("list of", item=kind_of(args[0]))
    if origin is dict:
        item = kind_of(args[1])  # not every header is a secret: one that looks like it is refused as text, too
        return Kind("map of", item=TEXT if item == SECRET else item)
    return SIMPLE.get(annotation, TEXT)


@dataclass(frozen=True, slots=True)
class Literals:
    """Reads the values of one mapping; `people` are those whom a `person` may be, None where any may."""

    problems: Problems
    people: Keys[str, Person] | None = None
    file: str = ""  # of the client whose people they are

    def read(self, kind: Kind, node: Node, name: str) -> Json | None:
        """Return a value as JSON, or None with a problem noted."""
        match kind.name:
            case "list of":
                return self._list(kind, node, name)
            case "map of":
                return self._map(kind, node, name)
            case _:
                scalar = one(node, name, self.problems)
                return None if scalar is None else self._one(kind, scalar, name)

    def _one(self, kind: Kind, scalar: Scalar, name: str) -> Json | None:
        match kind.name:
            case "secret":
                return self._secret(scalar, name)
            case "one of":
                return option_of(scalar, name, kind.options, self.problems)
            case "person":
                return self._person(scalar, name)
            case "picker":  # an id that looks random is no secret
                return scalar.value.strip(BLANKS)
            case "text" if scalar.value.startswith(PREFIX):
                return self._secret(scalar, name)
            case reader:
                return self._read(reader, scalar, name)

    def _read(self, reader: str, scalar: Scalar, name: str) -> Json | None:
        try:
            return plain(value_of(reader, scalar, name, self.problems))
        except ExpressionError as error:  # a number too large to stay exact
            self.problems.add(error.code, scalar.place, **error.params)
            return None

    def _list(self, kind: Kind, node: Node, name: str) -> list[Json] | None:
        if not isinstance(node, Sequence):
            refuse_list(node, name, self.problems)
            return None
        items = [self.read(kind.item or TEXT, item, name) for item in node.items]
        return None if any(item is None for item in items) else items

    def _map(self, kind: Kind, node: Node, name: str) -> dict[str, Json] | None:
        if not isinstance(node, Mapping):
            self.problems.add(NOT_KEYS, node.place, key=name)
            return None
        values = {key.value: self.read(kind.item or TEXT, value, key.value) for key, value in node.entries}
        return None if any(value is None for value in values.values()) else values

    def _secret(self, scalar: Scalar, name: str) -> str | None:
        if REFERENCE.fullmatch(scalar.value):
            return scalar.value
        known = {"": EMPTY, PREFIX: BAD_REFERENCE}
        code = known.get(scalar.value[: len(PREFIX)], LITERAL)
        self.problems.add(code, scalar.place, key=name)
        return None

    def _person(self, scalar: Scalar, name: str) -> str | None:
        if refuse_literal(scalar, name, self.problems):
            return None
        if self.people is None or scalar.value in self.people:
            return scalar.value
        near, known = near_people(scalar.value, self.people), listed(self.people)
        self.problems.add(NO_PERSON, scalar.place, near, person=scalar.value, people=known, file=self.file)
        return None
