"""A row that comes, or is changed, is told of once, when the file stands still."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.local_sheet.watching import Cursor, row_added, row_changed
from tests.connectors.local_sheet.conftest import Office
from wakeel.sdk import Event, Rejected, Trigger, Unavailable
from wakeel.sdk.ports.sheet import RowAdded, RowChanged, RowEvent, Watched

HEAD = ["رقم", "الحالة"]


class Looking:
    """A source that is looked at again and again; the cursor travels as JSON, as it does in the engine."""

    def __init__(self, office: Office, trigger: Trigger, args: RowAdded) -> None:
        self.office, self.trigger, self.args = office, trigger, args
        self.cursor: Any = None

    async def look(self, *, keep: bool = True) -> list[Event[RowEvent]]:
        assert self.trigger.poll is not None
        events, cursor = await self.trigger.poll(self.args, self.office.since(self.cursor))
        if keep:
            self.cursor = Cursor.model_validate_json(cursor.model_dump_json())
        return events

    async def twice(self) -> list[tuple[str, Any]]:
        return [(e.data.key, e.data.values["الحالة"]) for e in [*await self.look(), *await self.look()]]


@pytest.fixture(params=["طلبات.xlsx", "طلبات.csv"])
def orders(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_the_first_look_remembers_and_later_rows_are_told_of_once(office: Office, orders: str) -> None:
    office.write(orders, HEAD, ["#1", "قديم"])
    source = Looking(office, row_added, RowAdded(sheet=orders, key="رقم"))
    assert await source.twice() == []
    office.write(orders, HEAD, ["#1", "تغير"], ["#2", "جديد"])
    assert await source.look() == []  # it may still be written to
    [event] = await source.look()
    assert await source.twice() == []
    assert (event.data.key, event.data.number, event.data.values) == ("#2", 3, {"رقم": "#2", "الحالة": "جديد"})
    assert event.key == f"r:nour-sheets:{orders}||رقم:#2"


async def test_a_changed_row_is_told_of_each_time_also_back_to_what_it_was(office: Office, orders: str) -> None:
    office.write(orders, HEAD, [1, "أ"], [2, "ثابت"])
    source, keys = Looking(office, row_changed, RowChanged(sheet=orders, key="رقم")), list[str]()
    await source.look()
    for state in ("ب", "أ", "ب"):
        office.write(orders, HEAD, [1, state], [2, "ثابت"])
        await source.look()
        lost = await source.look(keep=False)  # killed before the cursor came home
        [event] = await source.look()
        assert [event.key] == [e.key for e in lost]
        assert (event.data.key, event.data.values["الحالة"]) == ("1", state)
        keys.append(event.key)
    assert len(set(keys)) == 3


async def test_rows_without_a_key_are_told_apart_by_all_that_they_hold(office: Office, orders: str) -> None:
    office.write(orders, HEAD)
    source = Looking(office, row_added, RowAdded(sheet=orders))
    await source.look()
    office.write(orders, HEAD, ["x", "نفسه"], ["x", "نفسه"])
    assert [state for _, state in await source.twice()] == ["نفسه", "نفسه"]
    office.write(orders, HEAD, ["x", "نفسه"], ["y", "غيره"], ["x", "نفسه"])
    assert [state for _, state in await source.twice()] == ["غيره"]


async def test_a_sheet_that_comes_later_is_all_news_and_until_then_a_problem(office: Office, orders: str) -> None:
    source = Looking(office, row_added, RowAdded(sheet=orders, key="رقم"))
    assert await source.look() == []
    with pytest.raises(Rejected, match="there is no file"):
        await source.look()
    office.write(orders, HEAD, [1, "جديد"])
    assert await source.twice() == [("1", "جديد")]


async def test_a_sheet_that_cannot_be_read_does_not_silence_the_others(office: Office, orders: str) -> None:
    (office.folder / "مكسور.xlsx").write_bytes(b"x")
    office.write(orders, HEAD)
    asked = [RowAdded(sheet="مكسور.xlsx", key="رقم"), RowAdded(sheet=orders, key="رقم")]
    merged = row_added.merge(asked)
    assert merged == RowAdded(sheet="مكسور.xlsx", key="رقم", more=[Watched(sheet=orders, key="رقم")])
    source = Looking(office, row_added, merged)
    await source.look()
    office.write(orders, HEAD, [1, "جديد"])
    await source.look()
    [event] = await source.look()
    assert [row_added.fits(args, event.data) for args in asked] == [False, True]
    with pytest.raises(Rejected):
        await source.look()


async def test_a_disk_that_goes_away_is_no_empty_sheet(office: Office, orders: str) -> None:
    office.write(orders, HEAD, [1, "أ"])
    source = Looking(office, row_added, RowAdded(sheet=orders, key="رقم"))
    await source.look()
    office.folder.rename(office.folder.with_name("away"))
    with pytest.raises(Unavailable, match="mounted"):
        await source.look()
    office.folder.with_name("away").rename(office.folder)
    assert await source.twice() == []


async def test_a_renamed_key_column_stops_in_plain_words(office: Office, orders: str) -> None:
    office.write(orders, HEAD, [1, "أ"])
    source = Looking(office, row_added, RowAdded(sheet=orders, key="رقم"))
    await source.look()
    office.write(orders, ["الرقم", "الحالة"], [1, "أ"])
    await source.look()
    with pytest.raises(Rejected, match="has no column “رقم”"):
        await source.look()
