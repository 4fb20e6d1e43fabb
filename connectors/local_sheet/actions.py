"""What a recipe can do with a sheet in a client's folder."""

from __future__ import annotations

from functools import partial

from connectors.local_sheet import changes, csv_file, xlsx_file
from connectors.local_sheet.book import change, table_of
from connectors.local_sheet.connection import Sheets, local_sheet
from wakeel.sdk import Call, Effect, Rejected
from wakeel.sdk.ports.files import mark
from wakeel.sdk.ports.sheet import (
    KEY_COLUMN,
    AppendRow,
    Export,
    Exported,
    PutBack,
    Read,
    Restored,
    Rows,
    UpdateCell,
    UpsertRow,
    Written,
    plain,
)

ROOM = 48 * 1024  # bytes of rows that one read gives
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@local_sheet.action(Effect.READ)
async def read(args: Read, call: Call[Sheets]) -> Rows:
    """Read rows of a sheet, from the top.

    Example:
        - sheet.read:
            sheet: عملاء.xlsx
            where: {المدينة: القاهرة}
    """
    table = await table_of(call.client, args)
    for name in args.where:
        table.column(name)
    found = Rows(columns=table.names, rows=[], next=None)
    room = ROOM
    for row in table.rows():
        if row.number > args.after and all(plain(row.values[plain(n)]) == plain(v) for n, v in args.where.items()):
            room -= len(row.model_dump_json())
            if len(found.rows) == args.limit or (room < 0 and found.rows):
                found.next = found.rows[-1].number
                break
            found.rows.append(row)
    return found


@local_sheet.action(
    Effect.FOUND,
    authority="internal",
    undo="local_sheet.put_back",
    why="the row carries the step's mark in the column wk_key; before a repeat, and before it writes, it is looked for",
)
async def append_row(args: AppendRow, call: Call[Sheets]) -> Written:
    """Add a row below the last one; a sheet that is not there is made.

    Example:
        - sheet.append_row:
            sheet: رسائل.xlsx
            values: {المرسل: "${event.from.name}", الموضوع: "${event.subject}"}
    """
    return await change(call.client, args, call.key, partial(changes.appended, args, mark(call.key)))


@append_row.find
async def find_row(args: AppendRow, call: Call[Sheets]) -> Written | None:
    """Look for the row that an earlier attempt added."""
    try:
        table = await table_of(call.client, args)
    except Rejected:  # the sheet was not made yet
        return None
    row = changes.marked(table, mark(call.key))
    return changes.made(args, row.number, mark(call.key), args.values) if row else None


@local_sheet.action(
    Effect.KEYED,
    authority="internal",
    undo="local_sheet.put_back",
    why="a row that holds these values for its key already stays as it is",
)
async def upsert_row(args: UpsertRow, call: Call[Sheets]) -> Written:
    """Bring the row with this key up to date, or add it.

    Example:
        - sheet.upsert_row:
            sheet: عملاء.xlsx
            key: البريد
            values: {البريد: "${event.from.address}", الاسم: "${event.from.name}"}
    """
    return await change(call.client, args, call.key, partial(changes.upserted, args, mark(call.key)))


@local_sheet.action(
    Effect.KEYED,
    authority="internal",
    undo="local_sheet.put_back",
    why="a cell that holds the value already stays as it is",
)
async def update_cell(args: UpdateCell, call: Call[Sheets]) -> Written:
    """Write one cell of a row that is there.

    Example:
        - sheet.update_cell:
            sheet: عملاء.xlsx
            key: البريد
            equals: ${event.from.address}
            column: آخر رسالة
            value: ${now | date}
    """
    return await change(call.client, args, call.key, partial(changes.updated, args))


@local_sheet.action(Effect.KEYED, authority="internal", why="what was put back already stays as it is")
async def put_back(args: PutBack, call: Call[Sheets]) -> Restored:
    """Take back what a step wrote; what a person changed since stays.

    Example:
        - sheet.put_back:
            sheet: عملاء.xlsx
            number: ${row.number}
            key_column: ${row.key_column}
            key: ${row.key}
            created: ${row.created}
            before: ${row.before}
            now: ${row.now}
    """
    return Restored(restored=await change(call.client, args, call.key, partial(changes.restored, args, call.repeat)))


@local_sheet.action(Effect.READ)
async def export(args: Export, call: Call[Sheets]) -> Exported:
    """Make a file of a sheet, to attach or to keep.

    Example:
        - sheet.export:
            sheet: عملاء.xlsx
            format: csv
    """
    table = await table_of(call.client, args)
    names = [name for name in table.names if name != KEY_COLUMN]
    rows = [[row.values[name] for name in names] for row in table.rows()]
    data = (csv_file if args.format == "csv" else xlsx_file).written([names, *rows])
    stem = args.sheet.rpartition("/")[2].rpartition(".")[0]
    return Exported(file=await call.files.put(f"{stem}.{args.format}", TYPES[args.format], data), rows=len(rows))
