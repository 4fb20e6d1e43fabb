"""A sheet as a table: rows below the first one that holds anything, and what a change does to its cells."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wakeel.sdk.errors import Rejected
from wakeel.sdk.ports.sheet.cells import Cell, clean, plain
from wakeel.sdk.ports.sheet.models import KEY_COLUMN, Row

Place = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be changed in a sheet: cells, or one row that goes."""

    cells: Mapping[Place, Cell] = field(default_factory=dict[Place, Cell])
    gone: int | None = None

    def __bool__(self) -> bool:
        return bool(self.cells) or self.gone is not None


@dataclass(frozen=True)
class Table:
    """The cells of a sheet, from its upper left corner."""

    cells: Sequence[Sequence[Cell]]

    @cached_property
    def top(self) -> int:
        """Number of the row that names the columns: the first that holds anything."""
        filled = (number for number, row in enumerate(self.cells, 1) if any(map(plain, row)))
        return next(filled, 1)

    @cached_property
    def columns(self) -> dict[str, int]:
        """Numbers of the columns by their names; of two with one name the first counts."""
        named = self.cells[self.top - 1] if self.cells else ()
        return {plain(name): n for n, name in reversed(list(enumerate(named, 1))) if plain(name)}

    @property
    def names(self) -> list[str]:
        """Names of the columns, from the first."""
        return sorted(self.columns, key=self.columns.__getitem__)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything."""
        for number in range(self.top + 1, len(self.cells) + 1):
            values = self.values(number)
            if any(map(plain, values.values())):
                yield Row(number=number, version=version(values), values=values)

    def values(self, number: int) -> dict[str, Cell]:
        """Return what a row holds."""
        row = self.cells[number - 1] if number <= len(self.cells) else ()
        return {name: row[at - 1] if at <= len(row) else None for name, at in sorted_by_place(self.columns)}

    def column(self, name: str) -> int:
        """Return a column's number; raise Rejected where no column has this name."""
        at = self.columns.get(plain(name))
        if at is None:
            raise Rejected(f"the sheet has no column “{name[:60]}”; it has {', '.join(self.names)[:300] or 'none'}")
        return at

    def find(self, column: str, value: Cell) -> Row | None:
        """Return the row whose column holds a value; raise Rejected where there are two."""
        self.column(column)
        found = [row for row in self.rows() if plain(row.values[plain(column)]) == plain(value)]
        if len(found) > 1:
            raise Rejected(
                f"rows {found[0].number} and {found[1].number} both have “{plain(value)[:60]}” in “{column[:60]}”; "
                "make them one, or use a column that tells rows apart"
            )
        return found[0] if found else None

    def added(self, values: Mapping[str, Cell], mark: str) -> tuple[int, Edit]:
        """Return the number of a new row and what makes it; a sheet without columns gets them."""
        known, cells = self.columns, dict[Place, Cell]()
        new = [*(values if not known else ()), *(() if KEY_COLUMN in known else (KEY_COLUMN,))]
        width = max(known.values(), default=0)
        places = known | {plain(name): width + n for n, name in enumerate(dict.fromkeys(new), 1)}
        cells.update({(self.top, places[plain(name)]): clean(name) for name in new})
        number = max(self.last, self.top) + 1
        for name, value in {**values, KEY_COLUMN: mark}.items():
            if plain(name) not in places:
                self.column(name)
            cells[number, places[plain(name)]] = written(value)
        return number, Edit(cells)

    @property
    def last(self) -> int:
        """Number of the last row that holds anything, in any column."""
        filled = (number for number in range(len(self.cells), 0, -1) if any(map(plain, self.cells[number - 1])))
        return next(filled, 0)

    def changed(self, row: Row, values: Mapping[str, Cell]) -> Edit:
        """Return what makes a row hold these values, where it does not."""
        places = {name: self.column(name) for name in values}
        return Edit(
            {
                (row.number, places[name]): written(value)
                for name, value in values.items()
                if plain(row.values[plain(name)]) != plain(written(value))
            }
        )


def written(value: Cell) -> Cell:
    """Return a value as a cell can hold it."""
    return clean(value) if isinstance(value, str) else value


def version(values: Mapping[str, Cell]) -> str:
    """Return a row's version: the same as long as no cell changes."""
    held = [[name, plain(value)] for name, value in values.items() if plain(value)]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:12]


def sorted_by_place(columns: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return columns from the first."""
    return sorted(columns.items(), key=lambda column: column[1])


def same_name(one: str | None, other: str | None) -> bool:
    """Say whether two names are one, however accents are written."""
    return unicodedata.normalize("NFC", one or "") == unicodedata.normalize("NFC", other or "")
