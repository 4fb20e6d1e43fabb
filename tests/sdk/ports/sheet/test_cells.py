"""No text becomes a formula, and every text comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakeel.sdk import Rejected
from wakeel.sdk.ports.sheet import Table, escaped, is_formula, plain, unescaped

DANGEROUS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("first", DANGEROUS)
def test_a_text_that_would_run_gets_an_apostrophe(first: str) -> None:
    assert escaped(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"


@given(st.text(st.sampled_from([*DANGEROUS, "'", "ع", "1", " "]), max_size=8))
def test_what_is_escaped_comes_back_and_never_runs(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert escaped(text)[:1] not in tuple(DANGEROUS)


@pytest.mark.parametrize("text", ["عقد", "'quoted'", "5", "a=b", "", "٥"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert not is_formula(text)
    assert (escaped(text), unescaped(text)) == (text, text)


@pytest.mark.parametrize(
    ("one", "other"), [(5, "5"), (5.0, 5), ("أحمد ", "أحمد"), (None, ""), (True, "TRUE"), ("é", "e\u0301")]
)
def test_cells_are_compared_as_people_read_them(one: str | float | None, other: str | float | None) -> None:
    assert plain(one) == plain(other)


def test_the_first_row_that_holds_anything_names_the_columns() -> None:
    table = Table([[None, None], [None, "الاسم", "البريد"], [], [None, "نور", "nour@example.com"]])
    assert table.names == ["الاسم", "البريد"]
    [row] = table.rows()
    assert (row.number, row.values) == (4, {"الاسم": "نور", "البريد": "nour@example.com"})
    with pytest.raises(Rejected, match="has no column “الهاتف”; it has الاسم, البريد"):
        table.column("الهاتف")


def test_a_version_changes_with_any_cell_and_with_nothing_else() -> None:
    written: list[list[str | int | None]] = [["1", None], ["1"], [1, ""], ["1", "x"]]
    rows = [next(iter(Table([["أ", "ب"], row]).rows())) for row in written]
    assert len({row.version for row in rows[:3]}) == 1
    assert rows[3].version != rows[0].version
