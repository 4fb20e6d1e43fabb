"""A CSV file keeps its charset, its separator and every byte of the rows that nobody changed."""

from __future__ import annotations

import pytest

from connectors.local_sheet.actions import append_row, read, upsert_row
from connectors.local_sheet.csv_file import separator_of
from tests.connectors.local_sheet.conftest import Office
from wakeel.sdk import Rejected
from wakeel.sdk.ports.sheet import AppendRow, Read, UpsertRow

TEXT = 'الاسم;المدينة;الرصيد\r\n"نور ""الخباز""";القاهرة;-5\r\nليلى;"الإسكندرية\nمحرم بك";+3\r\n'


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859-6"])
async def test_arabic_is_read_in_every_charset_and_written_back_in_it(office: Office, charset: str) -> None:
    path = office.folder / "عملاء.csv"
    path.write_bytes(TEXT.encode(charset))
    found = await read(Read(sheet="عملاء.csv"), office.call())
    assert [row.values["المدينة"] for row in found.rows] == ["القاهرة", "الإسكندرية\nمحرم بك"]
    assert found.rows[0].values["الاسم"] == 'نور "الخباز"'
    await append_row(AppendRow(sheet="عملاء.csv", values={"الاسم": "منى", "المدينة": "طنطا"}), office.call())
    after = path.read_bytes().decode(charset)
    assert after.split("\r\n", 1)[1].startswith(
        TEXT.split("\r\n", 1)[1]
    )  # -5 is a number of theirs, no formula of ours
    assert after.split("\r\n")[0].startswith("الاسم;المدينة;الرصيد;wk_key")
    assert "\r\nمنى;طنطا;;" in after


async def test_what_a_charset_lacks_makes_the_file_utf_8_and_loses_nothing(office: Office) -> None:
    path = office.folder / "عملاء.csv"
    path.write_bytes(TEXT.encode("cp1256"))
    await append_row(AppendRow(sheet="عملاء.csv", values={"الاسم": "٢٠٢٦"}), office.call())
    after = path.read_bytes().decode("utf-8-sig")
    assert "٢٠٢٦" in after
    assert "الإسكندرية" in after


async def test_a_file_without_a_last_line_end_gets_one(office: Office) -> None:
    path = office.folder / "a.csv"
    path.write_bytes(b"name,city\nNour,Cairo")
    await upsert_row(UpsertRow(sheet="a.csv", key="name", values={"name": "Mona"}), office.call())
    assert path.read_bytes().startswith(b"name,city,wk_key\nNour,Cairo\nMona,,")


@pytest.mark.parametrize("text", ["=1+1", "+201001234567", "-5", "@cmd", "\tx", "\rx", "＝1", "'=x", "''", "عادي"])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
async def test_a_text_from_outside_never_runs_and_comes_back_as_it_was(office: Office, text: str, name: str) -> None:
    await append_row(AppendRow(sheet=name, values={"نص": text}), office.call())
    [row] = (await read(Read(sheet=name), office.call())).rows
    assert row.values["نص"].replace("\n", "\r") == text
    cell = office.read(name)[1][0]
    assert name.endswith("xlsx") or cell[0] not in "=+-@\t\r＝"


async def test_a_number_stays_a_number(office: Office) -> None:
    await append_row(AppendRow(sheet="x.csv", values={"المبلغ": -5, "نسبة": 2.5, "مدفوع": True}), office.call())
    assert office.read("x.csv")[1][:3] == ["-5", "2.5", "TRUE"]


@pytest.mark.parametrize(
    ("line", "separator"),
    [("a,b", ","), ("a;b,c;d", ";"), ("a\tb", "\t"), ('"a,b,c";d', ";"), ("", ","), ("\n\na|b", "|")],
)
def test_the_separator_is_what_the_first_line_is_parted_by(line: str, separator: str) -> None:
    assert separator_of(line) == separator


async def test_a_quote_in_the_middle_of_a_field_parts_nothing(office: Office) -> None:
    (office.folder / "x.csv").write_bytes('المقاس,الاسم\n5" مسمار,نور\n6" مسمار,منى\n'.encode())
    found = await read(Read(sheet="x.csv"), office.call())
    assert [row.values["المقاس"] for row in found.rows] == ['5" مسمار', '6" مسمار']


@pytest.mark.parametrize("content", [b'a,b\n"never closed' + b"x" * 200_000, b"a\n" * 200_002])
async def test_a_file_that_is_no_sheet_is_refused_in_words(office: Office, content: bytes) -> None:
    (office.folder / "x.csv").write_bytes(content)
    with pytest.raises(Rejected, match=r"no CSV|more than 200,000 rows"):
        await read(Read(sheet="x.csv"), office.call())
