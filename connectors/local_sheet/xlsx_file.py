"""XLSX workbooks: read by calamine, written by openpyxl, both only after a look at what is inside."""

from __future__ import annotations

import datetime as clock
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from connectors.local_sheet.xlsx_guard import looked, writable
from wakeel.sdk import Rejected
from wakeel.sdk.ports.sheet import Cell, Edit, is_formula, same_name

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def read(data: bytes, tab: str | None) -> list[list[Cell]]:
    """Return the cells of a tab from the upper left corner; an empty file is new."""
    if not data:
        return []
    from python_calamine import CalamineError, CalamineWorkbook

    looked(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheet = book.get_sheet_by_name(chosen(book.sheet_names, tab))
            return [[cell_of(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise Rejected("the workbook is damaged") from error


def cell_of(value: Any) -> Cell:
    """Return what a cell holds: dates as ISO text, whole numbers without a fraction."""
    match value:
        case "":
            return None
        case float() if value.is_integer() and abs(value) < 2**53:
            return int(value)
        case bool() | int() | float() | str():
            return value
        case clock.date() | clock.time():  # a moment too
            return value.isoformat()
        case _:
            return str(value)


def chosen(names: Sequence[str], tab: str | None) -> str:
    """Return the tab that is meant; raise Rejected where it is not there."""
    found = next((name for name in names if tab is None or same_name(name, tab)), None)
    if found is None:
        raise Rejected(f"the workbook has no tab “{(tab or '')[:60]}”; it has {', '.join(names)[:300]}")
    return found


def edited(data: bytes, tab: str | None, edit: Edit) -> bytes:
    """Return the workbook with a change."""
    book = opened(data, tab)
    sheet = book[chosen(book.sheetnames, tab)]
    grow(sheet, edit)
    for (row, column), value in edit.cells.items():
        put(sheet, row, column, value)
    if edit.gone is not None:
        if sheet.merged_cells.ranges:
            raise Rejected("the tab has merged cells, so that no row can be taken out; unmerge them")
        sheet.delete_rows(edit.gone)
    return saved(book)


def opened(data: bytes, tab: str | None) -> Workbook:
    """Open a workbook, or make one."""
    from openpyxl import Workbook, load_workbook

    if data:
        writable(looked(data))
        return load_workbook(io.BytesIO(data))
    book = Workbook()
    book.worksheets[0].title = (tab or "Sheet1")[:31]
    return book


def put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    """Give a cell its value; a text stays a text, whatever it begins with, also when somebody edits it in Excel."""
    from openpyxl.cell.cell import MergedCell

    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise Rejected("the cell is merged into another one; unmerge it")
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = is_formula(value)


def grow(sheet: Worksheet, edit: Edit) -> None:
    """Let a list that is formatted as a table end where its rows end."""
    rows = {row for row, _ in edit.cells}
    for table in sheet.tables.values():
        first, last = table.ref.split(":")
        end = int("".join(filter(str.isdigit, last)))
        wanted = end + (end + 1 in rows) - (edit.gone is not None and edit.gone <= end)
        table.ref = f"{first}:{last.removesuffix(str(end))}{wanted}"
        if table.autoFilter:
            table.autoFilter.ref = table.ref


def written(cells: Sequence[Sequence[Cell]]) -> bytes:
    """Return a new workbook that holds these cells."""
    book = opened(b"", None)
    for row, values in enumerate(cells, 1):
        for column, value in enumerate(values, 1):
            put(book.worksheets[0], row, column, value)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
