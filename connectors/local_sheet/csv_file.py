"""CSV files: read whatever their charset and separator; only the records that change are written anew."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wakeel.sdk import Rejected
from wakeel.sdk.ports.mail.charsets import TRIED, decode
from wakeel.sdk.ports.sheet import Cell, Edit, escaped, plain, unescaped

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
OURS = "utf-8-sig"  # with the mark without which Excel shows Arabic as junk
SEPARATORS = (",", ";", "\t", "|")
MOST = 200_000  # records


@dataclass(frozen=True, slots=True)
class Record:
    """One record: as it is written, and its fields."""

    written: str
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file that was read, and how it is written."""

    records: Sequence[Record]
    charset: str
    separator: str
    newline: str

    def cells(self) -> list[list[Cell]]:
        """Return what it holds."""
        return [[unescaped(field) for field in record.fields] for record in self.records]

    def edited(self, edit: Edit) -> bytes:
        """Return the file with a change; records that it does not touch keep every byte, if the charset can."""
        rows = dict[int, dict[int, Cell]]()
        for (row, column), cell in edit.cells.items():
            rows.setdefault(row, {})[column] = cell
        last = max(len(self.records), *rows, 0)
        kept = (n for n in range(1, last + 1) if n != edit.gone)
        text = "".join(self._line(n, rows.get(n, {}), ends=n < last or n in rows) for n in kept)
        try:
            return text.encode(self.charset)
        except UnicodeEncodeError:
            return text.encode(OURS, "replace")

    def _line(self, number: int, changes: dict[int, Cell], *, ends: bool) -> str:
        """Return a record as it is to be written."""
        old = self.records[number - 1] if number <= len(self.records) else Record("", ())
        line = self._changed(old, changes) if changes or not old.written else old.written
        return line + self.newline if ends and not line.endswith(("\n", "\r")) else line

    def _changed(self, old: Record, changes: dict[int, Cell]) -> str:
        fields = list(old.fields)
        for column, cell in changes.items():
            fields += [""] * (column - len(fields))
            fields[column - 1] = field_of(cell)
        return line_of(fields, self.separator, self.newline)


def read(data: bytes, name: str) -> CsvFile:
    """Read a file; an empty one is new, and is written as Excel reads Arabic."""
    text, charset = decoded(data)
    separator = "\t" if name.lower().endswith(".tsv") else separator_of(text)
    newline = "\n" if "\n" in text and "\r\n" not in text else "\r\n"
    return CsvFile(list(records(text, separator)), charset, separator, newline)


def decoded(data: bytes) -> tuple[str, str]:
    """Return a file's text and its charset: by its mark, as UTF-8, or by what reads most like language."""
    marked = next((charset for mark, charset in MARKS if data.startswith(mark)), None)
    if marked or not data:
        return data.decode(marked or OURS, "replace"), marked or OURS
    text = decode(data).text
    names = (name for name in ("utf-8", *TRIED) if data.decode(name, "replace") == text)
    return text, next(names, OURS)


def separator_of(text: str) -> str:
    """Return what separates fields in the first line that has any, outside quotes."""
    first = next((line for line in text[:20_000].split("\n") if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def records(text: str, separator: str) -> Iterator[Record]:
    """Yield records as the csv module parts them."""
    lines = list(io.StringIO(text, newline=""))
    reader, begin = csv.reader(lines, delimiter=separator), 0
    try:
        for number, fields in enumerate(reader):
            if number == MOST:
                raise Rejected(f"the sheet has more than {MOST:,} rows")
            yield Record("".join(lines[begin : reader.line_num]), fields)
            begin = reader.line_num
    except csv.Error as error:
        raise Rejected("the file is no CSV: a field is too long, or a quote is not closed") from error


def written(cells: Sequence[Sequence[Cell]]) -> bytes:
    """Return a new file that holds these cells."""
    lines = (line_of([field_of(cell) for cell in row], ",", "\r\n") for row in cells)
    return "".join(lines).encode(OURS, "replace")


def field_of(cell: Cell) -> str:
    """Return a cell as a text file holds it; only a text can be a formula, a number below zero is none."""
    return escaped(cell) if isinstance(cell, str) else plain(cell)


def line_of(fields: Sequence[str], separator: str, newline: str) -> str:
    """Return one record as text."""
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator=newline).writerow(fields)
    return made.getvalue()
