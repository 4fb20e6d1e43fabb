"""What must be known of a workbook before a library opens it: bombs, and parts that writing would lose."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from wakeel.sdk import Rejected
from wakeel.sdk.ports.files.archives import contents

LARGEST = 20 * 1024 * 1024  # bytes of a file
UNPACKED = 100 * 1024 * 1024  # bytes
CELLS = 1_000_000  # of the rectangle from the upper left corner: the reader makes room for all of them
PIECE, OVERLAP = 64 * 1024, 64  # bytes
PLACE = re.compile(rb"""\sr=["']([A-Z]{0,3})([0-9]{1,10})["']""")
FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s>/]")
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
LOST = ("xl/charts/", "xl/chartsheets/", "xl/media/", "xl/drawings/drawing", "xl/vbaproject", "xl/slicer", "xl/timeline",
        "xl/threadedcomments/", "xl/activex/", "xl/embeddings/", "xl/model/", "xl/pivot", "xl/externallinks/")  # fmt: skip


@dataclass(slots=True)
class Found:
    """What a look at the packed parts found."""

    size: int = 0
    row: int = 1
    column: int = 1
    formulas: bool = False
    more: bool = False  # extensions that only Excel knows
    lost: bool = False

    def check(self) -> None:
        """Raise Rejected where opening would take too much."""
        if self.size > UNPACKED or self.row * self.column > CELLS:
            raise Rejected("the workbook is too large, or has a cell far away from the others; split it")

    def see(self, piece: bytes) -> None:
        """Look at a piece of a sheet."""
        for letters, digits in PLACE.findall(piece):
            self.row, self.column = max(self.row, int(digits)), max(self.column, number_of(letters))
        self.formulas = self.formulas or FORMULA.search(piece) is not None
        self.more = self.more or b"extLst" in piece


def looked(data: bytes) -> Found:
    """Unpack a workbook piece by piece and keep nothing; raise Rejected where it is none, or a bomb."""
    if len(data) > LARGEST:
        raise Rejected(f"the workbook is larger than {LARGEST // 1024**2} MB; split it")
    inside = contents(io.BytesIO(data))
    if not inside.readable:
        raise Rejected("the file is no XLSX workbook, or has a password; save it again without one")
    if inside.encrypted or "bomb" in inside.reasons(len(data)):
        raise Rejected("the workbook is packed in a way that no spreadsheet program does")
    found = Found(lost=any(name.lower().startswith(LOST) for name in inside.names))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in inside.names:
                look_at(archive, name, found)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise Rejected("the workbook is damaged") from error
    return found


def look_at(archive: zipfile.ZipFile, name: str, found: Found) -> None:
    """Look at one part; no more comes out of it than it says, and the sum is bounded."""
    is_sheet, last = name.lower().startswith("xl/worksheets/"), b""
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            if is_sheet and not last and piece.startswith(WIDE):
                raise Rejected("the workbook is written in a charset that no spreadsheet program uses")
            found.size += len(piece)
            if is_sheet:
                found.see(last + piece)
            last = piece[-OVERLAP:]
            found.check()


def number_of(letters: bytes) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number or 1


def writable(found: Found) -> None:
    """Raise Rejected where writing would lose what the workbook holds beside plain rows."""
    if found.formulas:
        raise Rejected(
            "the workbook has formulas, whose results would be lost by writing into it; keep these rows in a workbook "
            "of their own, and look them up from there"
        )
    if found.lost or found.more:
        raise Rejected(
            "the workbook has charts, pictures, macros or the like, which would be lost by writing into it; keep these "
            "rows in a workbook of their own"
        )
