"""Rows are added, brought up to date and taken back once for each step; what a person changed stays."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import ValidationError

from connectors.local_sheet.actions import append_row, export, put_back, read, update_cell, upsert_row
from tests.connectors.calls import KEY
from tests.connectors.local_sheet.conftest import HEAD, NOUR, Office
from wakeel.sdk import Rejected
from wakeel.sdk.ports.files import mark
from wakeel.sdk.ports.sheet import AppendRow, Export, PutBack, Read, UpdateCell, UpsertRow, Written

MONA = {"البريد": "mona@example.com", "الاسم": "منى", "المبلغ": 90}


def texts(rows: list[list[Any]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def taking_back(written: Written) -> PutBack:
    """Fill the inverse as an undo does: by the names of the result's fields, which came back from JSON."""
    return PutBack.model_validate_json(written.model_dump_json())


async def test_rows_are_read_by_the_names_of_their_columns(office: Office, sheet: str) -> None:
    found = await read(Read(sheet=sheet), office.call())
    assert found.columns == HEAD
    assert [(row.number, row.values["الاسم"], str(row.values["المبلغ"])) for row in found.rows] == [(2, "نور", "1250")]
    assert (await read(Read(sheet=sheet, where={"المبلغ": 1250}), office.call())).rows == found.rows
    assert (await read(Read(sheet=sheet, where={"الاسم": "غيرها"}), office.call())).rows == []
    with pytest.raises(Rejected, match="has no column “الهاتف”"):
        await read(Read(sheet=sheet, where={"الهاتف": "1"}), office.call())


async def test_a_long_sheet_comes_in_parts(office: Office) -> None:
    office.write("كبير.xlsx", ["رقم", "نص"], *([n, "نص طويل " * 60] for n in range(300)))
    numbers, after = [], 0
    while True:
        part = await read(Read(sheet="كبير.xlsx", after=after, limit=250), office.call())
        assert len(part.model_dump_json()) < 64 * 1024
        numbers += [row.values["رقم"] for row in part.rows]
        if part.next is None:
            break
        after = part.next
    assert numbers == list(range(300))


async def test_twice_with_one_key_is_one_row(office: Office, sheet: str) -> None:
    args = AppendRow(sheet=sheet, values=MONA)
    first = await append_row(args, office.call())
    assert await append_row(args, office.call(repeat=True)) == first
    assert await append_row(args, office.call()) == first  # also by an attempt that does not know of the first
    assert texts(office.read(sheet)) == texts([[*HEAD, "wk_key"], NOUR, ["mona@example.com", "منى", 90, mark(KEY)]])
    assert (first.number, first.created) == (3, True)


async def test_a_repeat_finds_its_row_though_it_was_moved(office: Office, sheet: str) -> None:
    args = AppendRow(sheet=sheet, values=MONA)
    await append_row(args, office.call())
    rows = office.read(sheet)
    office.write(sheet, rows[0], rows[2], rows[1])
    assert (await append_row(args, office.call(repeat=True))).number == 2
    assert len(office.read(sheet)) == 3


async def test_forty_steps_at_once_add_forty_rows(office: Office, sheet: str) -> None:
    steps = (append_row(AppendRow(sheet=sheet, values=MONA), office.call(f"run/steps/{n}")) for n in range(40))
    done = await asyncio.gather(*steps)
    assert sorted(row.number for row in done) == list(range(3, 43))
    assert len(office.read(sheet)) == 42
    assert office.names() == [sheet]


@pytest.mark.parametrize("name", ["جديد.xlsx", "جديد.csv"])
async def test_a_sheet_that_is_not_there_is_made(office: Office, name: str) -> None:
    await append_row(AppendRow(sheet=name, values=MONA), office.call(repeat=True))
    assert texts(office.read(name)) == [[*HEAD, "wk_key"], ["mona@example.com", "منى", "90", mark(KEY)]]


async def test_an_undo_takes_the_row_out_once(office: Office, sheet: str) -> None:
    written = await append_row(AppendRow(sheet=sheet, values=MONA), office.call())
    for repeat in (False, True):
        assert (await put_back(taking_back(written), office.call("undo", repeat=repeat))).restored
    assert [row[:3] for row in texts(office.read(sheet))] == texts([HEAD, NOUR])


async def test_a_row_that_a_person_worked_on_stays(office: Office, sheet: str) -> None:
    written = await append_row(AppendRow(sheet=sheet, values=MONA), office.call())
    rows = office.read(sheet)
    rows[2][2] = 95
    office.write(sheet, *rows)
    assert not (await put_back(taking_back(written), office.call("undo"))).restored
    assert texts(office.read(sheet))[2][2] == "95"


async def test_a_row_is_added_for_a_new_key_and_changed_for_a_known_one(office: Office, sheet: str) -> None:
    new = await upsert_row(UpsertRow(sheet=sheet, key="البريد", values=MONA), office.call())
    assert (new.created, new.number) == (True, 3)
    args = UpsertRow(sheet=sheet, key="البريد", values={"البريد": "nour@example.com", "المبلغ": 1300})
    known = await upsert_row(args, office.call("run/steps/1"))
    assert (known.created, known.number, {k: str(v) for k, v in known.before.items()}, known.now) == (
        False,
        2,
        {"المبلغ": "1250"},
        {"المبلغ": 1300},
    )
    before = (office.folder / sheet).stat()
    again = await upsert_row(args, office.call("run/steps/1", repeat=True))
    assert (again.before, (office.folder / sheet).stat()) == ({}, before)
    assert (await put_back(taking_back(known), office.call("undo"))).restored
    assert (await put_back(taking_back(new), office.call("undo/2"))).restored
    assert [row[:3] for row in texts(office.read(sheet))] == texts([HEAD, NOUR])


async def test_an_upsert_that_was_killed_still_knows_its_row(office: Office, sheet: str) -> None:
    args = UpsertRow(sheet=sheet, key="البريد", values=MONA)
    await upsert_row(args, office.call())
    assert (await upsert_row(args, office.call(repeat=True))).created
    assert len(office.read(sheet)) == 3


async def test_two_rows_with_one_key_are_not_guessed_between(office: Office, sheet: str) -> None:
    office.write(sheet, HEAD, NOUR, NOUR)
    with pytest.raises(Rejected, match=r"rows 2 and 3 both have “nour@example\.com” in “البريد”"):
        await upsert_row(UpsertRow(sheet=sheet, key="البريد", values={"البريد": "nour@example.com"}), office.call())


async def test_a_cell_is_written_by_key_or_by_number_and_taken_back(office: Office, sheet: str) -> None:
    [row] = (await read(Read(sheet=sheet), office.call())).rows
    ways: list[dict[str, Any]] = [
        {"key": "البريد", "equals": "nour@example.com"},
        {"row": row.number},
        {"row": 2, "version": row.version},
    ]
    for number, way in enumerate(ways):
        args = UpdateCell.model_validate({"sheet": sheet, "column": "المبلغ", "value": 7, **way})
        written = await update_cell(args, office.call(f"run/steps/{number}"))
        assert await update_cell(args, office.call(f"run/steps/{number}", repeat=True))
        assert texts(office.read(sheet))[1][2] == "7"
        assert (await put_back(taking_back(written), office.call("undo"))).restored
    assert texts(office.read(sheet)) == texts([HEAD, NOUR])


async def test_a_key_that_is_written_over_is_known_by_its_new_value(office: Office, sheet: str) -> None:
    args = UpdateCell(sheet=sheet, key="البريد", equals="nour@example.com", column="البريد", value="new@example.com")
    written = await update_cell(args, office.call())
    assert (await update_cell(args, office.call(repeat=True))).key == "new@example.com"
    assert (await put_back(taking_back(written), office.call("undo"))).restored
    assert texts(office.read(sheet)) == texts([HEAD, NOUR])


async def test_a_row_that_somebody_changed_meanwhile_is_not_written_to(office: Office, sheet: str) -> None:
    [row] = (await read(Read(sheet=sheet), office.call())).rows
    office.write(sheet, HEAD, ["nour@example.com", "نور", 1])
    args = UpdateCell(sheet=sheet, row=2, version=row.version, column="المبلغ", value=7)
    with pytest.raises(Rejected, match="somebody changed the row"):
        await update_cell(args, office.call())
    args = UpdateCell(sheet=sheet, key="البريد", equals="x@example", column="المبلغ", value=7)
    with pytest.raises(Rejected, match="no row of the sheet has “x@example”"):
        await update_cell(args, office.call())


async def test_a_renamed_column_stops_in_plain_words(office: Office, sheet: str) -> None:
    office.write(sheet, ["البريد", "الاسم الكامل"], NOUR[:2])
    for values in ({"الاسم": "x"}, {"البريد": "x", "الاسم": "y"}):
        with pytest.raises(Rejected, match="has no column “الاسم”; it has البريد, الاسم الكامل"):
            await append_row(AppendRow(sheet=sheet, values=values), office.call())
    assert len(office.read(sheet)) == 2


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
async def test_a_sheet_becomes_a_file_of_another_kind(office: Office, sheet: str, format_: str) -> None:
    await append_row(AppendRow(sheet=sheet, values={**MONA, "الاسم": "=cmd()"}), office.call())
    made = await export(Export.model_validate({"sheet": sheet, "format": format_}), office.call())
    assert (made.file.name, made.rows) == (f"عملاء.{format_}", 2)
    (office.folder / f"ملف.{format_}").write_bytes(await office.files.get(made.file))
    rows = texts(office.read(f"ملف.{format_}"))
    assert rows[0] == HEAD
    assert rows[2][1] == ("'=cmd()" if format_ == "csv" else "=cmd()")


@pytest.mark.parametrize(
    "fields",
    [
        {"row": 2, "key": "البريد", "equals": "x"},
        {"key": "البريد"},
        {},
        {"row": 1},
    ],
)
def test_a_cell_has_one_row(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        UpdateCell.model_validate({"sheet": "x.csv", "column": "a", "value": 1, **fields})


def test_a_key_has_a_value() -> None:
    with pytest.raises(ValidationError):
        UpsertRow(sheet="x.csv", key="البريد", values={"البريد": "", "الاسم": "x"})
