"""A client's folder of sheets, read back by other libraries than wrote them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from connectors.local_sheet.connection import Sheets
from tests.connectors.calls import KEY, NOW, KeptFiles, a_call
from wakeel.sdk import Call, Since
from wakeel.sdk.ports.files import Root

HEAD = ["البريد", "الاسم", "المبلغ"]
NOUR = ["nour@example.com", "نور", 1250]


@dataclass
class Office:
    """What a test of sheets needs."""

    folder: Path
    files: KeptFiles = field(default_factory=KeptFiles)
    client: Sheets = field(init=False)

    def __post_init__(self) -> None:
        self.client = Sheets(Root.at(str(self.folder)))

    def call(self, key: str = KEY, *, repeat: bool = False) -> Call[Any]:
        return a_call(self.client, key, repeat=repeat, files=self.files)

    def since(self, cursor: Any = None) -> Since[Any, Any]:
        return Since(self.client, cursor, NOW, self.files, "nour-sheets")

    def write(self, name: str, *rows: Sequence[Any]) -> Path:
        """Write a sheet without our code; an earlier one is replaced, as programs do."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        if name.endswith(".xlsx"):
            book = Workbook()
            for row in rows:
                book.worksheets[0].append(list(row))
            book.save(path)
        else:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(rows)
        return path

    def read(self, name: str) -> list[list[Any]]:
        """Read a sheet without our code: what stands in the file, cell by cell."""
        if name.endswith(".xlsx"):
            sheet = load_workbook(self.folder / name).worksheets[0]
            return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file)]

    def names(self) -> list[str]:
        return sorted(p.name for p in self.folder.iterdir() if p.is_file())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "نور").mkdir()
    return Office(tmp_path / "نور")


@pytest.fixture(params=["عملاء.xlsx", "عملاء.csv"])
def sheet(request: pytest.FixtureRequest, office: Office) -> str:
    """A sheet with one row, in both kinds of files."""
    office.write(request.param, HEAD, NOUR)
    return str(request.param)
