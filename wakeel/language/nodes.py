"""The document as the loader sees it: nodes with places, every scalar still text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: line and columns count characters from 1, `end_column` is exclusive."""

    file: str
    line: int
    column: int
    end_column: int

    def part(self, offset: int, length: int = 1) -> Place:
        """Return the place of a part on the same line."""
        start = self.column + offset
        return replace(self, column=start, end_column=start + max(length, 1))


@dataclass(slots=True)
class Scalar:
    """A text as written, without its quotes; `style` is "" for a plain one, else `'`, `"`, `|` or `>`."""

    value: str
    place: Place
    style: str = ""
    locate: Callable[[int], tuple[int, int]] | None = field(default=None, repr=False)

    def place_of(self, offset: int, length: int = 1) -> Place:
        """Return the place of `value[offset:offset + length]` in the file."""
        if self.locate is None:
            return self.place.part(offset, length)
        line, column = self.locate(offset)
        return Place(self.place.file, line, column, column + max(length, 1))


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: list[Node]
    place: Place


@dataclass(slots=True)
class Mapping:
    """Keys and values in written order; the loader has refused repeated keys."""

    entries: list[tuple[Scalar, Node]]
    place: Place

    def __iter__(self) -> Iterator[tuple[str, Node]]:
        return ((key.value, value) for key, value in self.entries)

    def get(self, name: str) -> Node | None:
        """Return the value under a key."""
        return next((value for key, value in self.entries if key.value == name), None)

    def key(self, name: str) -> Scalar | None:
        """Return the key's own node, for its place."""
        return next((key for key, _value in self.entries if key.value == name), None)


Node = Scalar | Sequence | Mapping


def scalars(node: Node, key: str = "") -> Iterator[tuple[str, Scalar]]:
    """Yield every value of a document with the key it stands under."""
    match node:
        case Scalar():
            yield key, node
        case Sequence():
            for item in node.items:
                yield from scalars(item, key)
        case Mapping():
            for name, value in node:
                yield from scalars(value, name)
