"""A workbook loses nothing by being written to, and no hostile one is opened."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.table import Table as ExcelTable

from connectors.local_sheet.actions import append_row, put_back, read, update_cell
from tests.connectors.local_sheet.conftest import HEAD, NOUR, Office
from wakeel.sdk import Rejected
from wakeel.sdk.ports.sheet import AppendRow, PutBack, Read, UpdateCell

ADD = AppendRow(sheet="x.xlsx", values={"الاسم": "منى"})


def workbook(office: Office) -> Workbook:
    return load_workbook(office.write("x.xlsx", HEAD, NOUR))


def repacked(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Change the inside of a workbook by hand."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new, 1) if re.fullmatch(part, name) else content)
    return made.getvalue()


async def test_empty_columns_in_front_do_not_shift_the_others(office: Office) -> None:
    office.write("x.xlsx", [], [None, None, *HEAD], [None, None, *NOUR])
    found = await read(Read(sheet="x.xlsx"), office.call())
    assert (found.rows[0].number, found.rows[0].values["الاسم"]) == (3, "نور")
    await append_row(ADD, office.call())
    sheet = load_workbook(office.folder / "x.xlsx").worksheets[0]
    assert (sheet["D4"].value, sheet["F2"].value) == ("منى", "wk_key")


async def test_a_text_is_stored_as_text_also_for_later_hands(office: Office) -> None:
    await append_row(AppendRow(sheet="x.xlsx", values={"نص": "=cmd|'/C calc'!A0", "رقم": 5}), office.call())
    cells = load_workbook(office.folder / "x.xlsx").worksheets[0]
    assert (cells["A2"].value, cells["A2"].data_type, cells["A2"].quotePrefix) == ("=cmd|'/C calc'!A0", "s", True)
    assert (cells["B2"].value, cells["B2"].data_type) == (5, "n")


async def test_dates_and_other_tabs_survive(office: Office) -> None:
    book = workbook(office)
    moment = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - a workbook knows no zones
    book.worksheets[0]["C2"] = moment
    book.create_sheet("ملاحظات")["A1"] = "تبقى"
    book.save(office.folder / "x.xlsx")
    await append_row(ADD, office.call())
    again = load_workbook(office.folder / "x.xlsx")
    assert again["ملاحظات"]["A1"].value == "تبقى"
    assert again.worksheets[0]["C2"].value == moment
    found = await read(Read(sheet="x.xlsx"), office.call())
    assert found.rows[0].values["المبلغ"] == "2026-11-22T09:30:00"


async def test_a_tab_is_chosen_by_its_name(office: Office) -> None:
    book = workbook(office)
    book.create_sheet("فواتير").append(["رقم"])
    book.save(office.folder / "x.xlsx")
    await append_row(AppendRow(sheet="x.xlsx", tab="فواتير", values={"رقم": 7}), office.call())
    found = await read(Read(sheet="x.xlsx", tab="فواتير"), office.call())
    assert [row.values["رقم"] for row in found.rows] == [7]
    with pytest.raises(Rejected, match="has no tab “لا شيء”; it has Sheet, فواتير"):
        await read(Read(sheet="x.xlsx", tab="لا شيء"), office.call())


async def test_a_list_that_is_formatted_as_a_table_grows_and_shrinks_with_its_rows(office: Office) -> None:
    book = workbook(office)
    book.worksheets[0].add_table(ExcelTable(displayName="t", ref="A1:C2"))
    book.save(office.folder / "x.xlsx")
    written = await append_row(ADD, office.call())
    assert load_workbook(office.folder / "x.xlsx").worksheets[0].tables["t"].ref == "A1:C3"
    await put_back(PutBack.model_validate_json(written.model_dump_json()), office.call("undo"))
    assert load_workbook(office.folder / "x.xlsx").worksheets[0].tables["t"].ref == "A1:C2"


async def test_a_workbook_with_formulas_or_charts_is_read_and_not_written_to(office: Office) -> None:
    book = workbook(office)
    chart = BarChart()
    chart.add_data(Reference(book.worksheets[0], min_col=3, min_row=1, max_row=2))
    book.worksheets[0].add_chart(chart, "F2")
    book.save(office.folder / "x.xlsx")
    formulas = workbook(office)
    formulas.worksheets[0]["D2"] = "=C2*2"
    formulas.save(office.folder / "formulas.xlsx")
    book.save(office.folder / "x.xlsx")
    for name, why in (("x.xlsx", "charts, pictures"), ("formulas.xlsx", "has formulas")):
        before = (office.folder / name).read_bytes()
        assert len((await read(Read(sheet=name), office.call())).rows) == 1
        with pytest.raises(Rejected, match=why):
            await append_row(ADD.model_copy(update={"sheet": name}), office.call())
        assert (office.folder / name).read_bytes() == before


async def test_merged_cells_are_not_written_into(office: Office) -> None:
    book = workbook(office)
    book.worksheets[0].merge_cells("B2:C2")
    book.save(office.folder / "x.xlsx")
    with pytest.raises(Rejected, match="merged into another"):
        await update_cell(UpdateCell(sheet="x.xlsx", row=2, column="المبلغ", value=5), office.call())


SHEET = r"xl/worksheets/sheet1\.xml"
MANY = b"<sheetData>" + b"<row></row>" * 12_000_000
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "far away": lambda data: repacked(data, SHEET, b'r="C2"', b'r="XFD1048576"'),
    "far down": lambda data: repacked(data, SHEET, b'<row r="2"', b'<row r="9999999"'),
    "bomb": lambda data: repacked(data, SHEET, b"<sheetData>", MANY),
    "wide": lambda data: repacked(data, SHEET, b"<worksheet", "<worksheet".encode("utf-16")),
    "protected": lambda _data: b"\xd0\xcf\x11\xe0" + b"EncryptedPackage" * 99,
    "empty": lambda _data: b"PK\x05\x06" + b"\0" * 18,
    "half": lambda data: data[: len(data) // 2],
    "page": lambda _data: b"<html>",
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_workbook_is_refused_in_words_and_in_no_time(office: Office, kind: str) -> None:
    data = HOSTILE[kind](office.write("x.xlsx", HEAD, NOUR).read_bytes())
    (office.folder / "x.xlsx").write_bytes(data)
    started = time.process_time()
    with pytest.raises(Rejected, match=r"the workbook|the file is no"):
        await read(Read(sheet="x.xlsx"), office.call())
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", ["x.xls", "x.ods", "x.pdf", "x"])
async def test_other_kinds_of_files_are_named(office: Office, name: str) -> None:
    (office.folder / name).write_bytes(b"x")
    with pytest.raises(Rejected, match=r"save it as \.xlsx or \.csv"):
        await read(Read(sheet=name), office.call())
