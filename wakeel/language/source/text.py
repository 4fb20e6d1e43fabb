"""The text of a file: its lines, and what becomes of a column once a line has been mended."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from wakeel.language.nodes import Place
from wakeel.language.problems import Problems

NOT_UTF8, TOO_LARGE, CONTROL = "W1001", "W1002", "W1006"
LARGEST = 256 * 1024  # bytes
ENOUGH = 50  # problems of one file that are collected: more than are ever shown
# YAML 1.1 takes U+0085, U+2028 and U+2029 for line breaks, editors do not: lines would be counted differently.
CONTROLS = re.compile(r"[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Shifts = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Mend:
    """A change of one line that lets the reading go on behind a problem; columns count from 0."""

    line: int
    start: int
    end: int
    new: str


@dataclass(slots=True)
class Text:
    """The lines of a file, some of them mended, and places as they are in the file itself."""

    file: str
    lines: list[str]
    shifts: Shifts = field(default_factory=Shifts)
    widths: list[int] = field(init=False)  # of the lines in the file

    def __post_init__(self) -> None:
        self.widths = [len(line) for line in self.lines]

    @property
    def whole(self) -> str:
        """Return the text to parse."""
        return "\n".join(self.lines)

    def line(self, number: int) -> str:
        """Return a line; behind the end they are empty."""
        return self.lines[number] if number < len(self.lines) else ""

    def mend(self, change: Mend) -> None:
        """Change a line, and remember how its columns moved."""
        line = self.lines[change.line]
        inside = line[change.start : change.end]
        lead = max(change.new.find(inside), 0) if inside else 0
        moves = [(change.start + 1, lead), (change.start + len(change.new), len(change.new) - len(inside) - lead)]
        self.lines[change.line] = line[: change.start] + change.new + line[change.end :]
        self.shifts.setdefault(change.line, []).extend(moves)

    def column(self, line: int, column: int) -> int:
        """Return the column in the file of a column in the mended line, both from 0."""
        for start, moved in reversed(self.shifts.get(line, ())):
            column -= moved if column >= start else 0
        return min(max(column, 0), self.widths[line])

    def place(self, line: int, column: int, end: int | None = None) -> Place:
        """Return the place between two columns of a line (from 0), or from one to the line's last character."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        start = self.column(line, column)
        last = self.column(line, len(self.lines[line].rstrip()) if end is None else end)
        return Place(self.file, line + 1, start + 1, max(last, start + 1) + 1)


def decode(data: bytes, file: str, problems: Problems) -> Text | None:
    """Return the text of a file's bytes, or None where there is no text in them."""
    if len(data) > LARGEST:
        problems.add(TOO_LARGE, Place(file, 1, 1, 2), size=f"{-(-len(data) // 1024)} KiB")
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    fault = foreign_byte(data)
    lines = data[:fault].decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = Text(file, lines)
    if fault is not None:
        problems.add(NOT_UTF8, text.place(len(lines) - 1, len(lines[-1])))
        return None
    for number, line in enumerate(lines):
        if control := CONTROLS.search(line):
            note_control(text, number, control, problems)
    return text


def foreign_byte(data: bytes) -> int | None:
    """Return the offset of the first byte that no UTF-8 text has."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        nul = data.find(b"\0", 0, error.start)
        return nul if nul >= 0 else error.start
    nul = data.find(b"\0")
    return nul if nul >= 0 else None


def note_control(text: Text, number: int, control: re.Match[str], problems: Problems) -> None:
    """Note a control character and read on with spaces, so that columns stay."""
    text.lines[number] = CONTROLS.sub(" ", text.lines[number])
    if len(problems) < ENOUGH:
        place = text.place(number, control.start(), control.end())
        problems.add(CONTROL, place, char=f"U+{ord(control[0]):04X}")
