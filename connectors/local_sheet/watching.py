"""`sheet.row_added` and `sheet.row_changed`: rows are told of once the file stands still."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from pydantic import BaseModel

from connectors.local_sheet.book import content, parsed, stood
from connectors.local_sheet.connection import Sheets, local_sheet
from wakeel.sdk import Event, Rejected, Since
from wakeel.sdk.ports.files import Root
from wakeel.sdk.ports.sheet import Row, RowAdded, RowChanged, RowEvent, Table, Watched, plain, same_name

EVERY = timedelta(minutes=1)
MOST = 5_000  # rows of a watched sheet: the cursor remembers each
Kind = Literal["added", "changed"]


class SheetSeen(BaseModel):
    """What one sheet held: rows by the hash of their key, each with its version and how often that changed."""

    stands: str = ""
    waiting: str = ""  # how the file stands that may still be written to
    rows: dict[str, str] = {}


class Cursor(BaseModel):
    """What every watched sheet held."""

    sheets: dict[str, SheetSeen] = {}


@local_sheet.poll(every=EVERY, event=RowEvent, cursor=Cursor)
async def row_added(args: RowAdded, since: Since[Sheets, Cursor]) -> tuple[list[Event[RowEvent]], Cursor]:
    """Start a run for each row that is added to a sheet.

    Example:
        sheet.row_added:
          sheet: طلبات.xlsx
          key: رقم الطلب
    """
    return await news("added", [args, *args.more], since)


@local_sheet.poll(every=EVERY, event=RowEvent, cursor=Cursor)
async def row_changed(args: RowChanged, since: Since[Sheets, Cursor]) -> tuple[list[Event[RowEvent]], Cursor]:
    """Start a run for each row whose cells were changed.

    Example:
        sheet.row_changed:
          sheet: طلبات.xlsx
          key: رقم الطلب
    """
    return await news("changed", [args, *args.more], since)


async def news(kind: Kind, asked: list[Watched], since: Since[Sheets, Cursor]) -> tuple[list[Event[RowEvent]], Cursor]:
    """Look at each sheet; one that cannot be read must not silence the others."""
    before, after = since.cursor or Cursor(), Cursor()
    events, trouble = list[Event[RowEvent]](), list[Exception]()
    for one in asked:
        name = name_of(one)
        try:
            found, after.sheets[name] = await asyncio.to_thread(
                looked, since.client.root, one, before.sheets.get(name), kind
            )
        except (Rejected, OSError) as fault:
            trouble.append(fault)
            after.sheets[name] = before.sheets.get(name) or SheetSeen()
            continue
        events += [Event(f"r:{since.account}:{key}", data) for key, data in found]
    if trouble and after == before:
        raise trouble[0]
    return events, after


def looked(
    root: Root, asked: Watched, seen: SheetSeen | None, kind: Kind
) -> tuple[list[tuple[str, RowEvent]], SheetSeen]:
    """Look at one sheet: the first look remembers, later ones wait until the file stands still, then compare."""
    with root.place(asked.sheet) as place:
        place_now = "-".join(map(str, stood(place.there()) or ()))
        stands = hashlib.sha256(place_now.encode()).hexdigest()[:12]
        if seen and stands == seen.stands:
            return [], seen
        if seen and stands != seen.waiting:
            return [], seen.model_copy(update={"waiting": stands})
        table = parsed(content(place), asked)
    return compared(table, asked, seen, kind, stands)


def compared(
    table: Table, asked: Watched, seen: SheetSeen | None, kind: Kind, stands: str
) -> tuple[list[tuple[str, RowEvent]], SheetSeen]:
    """Return the rows that are news, and what is remembered."""
    now, found = SheetSeen(stands=stands), list[tuple[str, RowEvent]]()
    for name, key, row in identified(table, asked):
        old = seen.rows.get(short(name), "") if seen else ""
        known, _, count = old.partition(":")
        turn = int(count or 0) + (bool(old) and known != row.version)
        now.rows[short(name)] = f"{row.version}:{turn}"
        fresh = not old if kind == "added" else bool(old) and known != row.version
        if seen and fresh:
            data = RowEvent(**row.model_dump(), sheet=asked.sheet, tab=asked.tab, key_column=asked.key, key=key)
            again = f":{row.version}:{turn}" if kind == "changed" else ""
            found.append((f"{name_of(asked)}:{name}{again}", data))
    return found, now


def identified(table: Table, asked: Watched) -> Iterator[tuple[str, str, Row]]:
    """Yield rows with what tells them apart and their key, or all that they hold; equal ones are counted."""
    if asked.key is not None and table.columns:
        table.column(asked.key)
    turns = Counter[str]()
    for count, row in enumerate(table.rows()):
        if count == MOST:
            raise Rejected(f"the sheet has more than {MOST:,} rows; watch a smaller one")
        key = plain(row.values[plain(asked.key)]) if asked.key is not None else row.version
        turns[key] += 1
        if key:
            yield key if turns[key] == 1 else f"{key}#{turns[key]}", key, row


def name_of(asked: Watched) -> str:
    """Return what tells two watched sheets apart."""
    return "|".join(part or "" for part in (asked.sheet, asked.tab, asked.key))


def short(key: str) -> str:
    """Return the hash that stands for a row's key."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def fits(args: RowAdded, event: RowEvent) -> bool:
    """Say whether a row is of a sheet that one activation asked for."""
    asked = [args, *args.more]
    return any(
        same_name(one.sheet, event.sheet) and same_name(one.tab, event.tab) and same_name(one.key, event.key_column)
        for one in asked
    )


def merge(asked: list[RowAdded]) -> RowAdded:
    """Make one watch of all that activations ask for."""
    first, *rest = {name_of(one): one for args in asked for one in (args, *args.more)}.values()
    more = [Watched(sheet=one.sheet, tab=one.tab, key=one.key) for one in rest]
    return type(asked[0])(sheet=first.sheet, tab=first.tab, key=first.key, more=more)


for trigger in (row_added, row_changed):
    trigger.fits, trigger.merge = fits, merge
