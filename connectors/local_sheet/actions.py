"""What a recipe can do with a sheet in a client's folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from connectors.local_sheet import csv_file, xlsx_file
from connectors.local_sheet.book import change, table_of
from connectors.local_sheet.connection import Sheets, local_sheet
from wakeel.sdk import Call, Effect, Rejected
from wakeel.sdk.ports.files import mark
from wakeel.sdk.ports.sheet import (
    KEY_COLUMN,
    AppendRow,
    Cell,
    Edit,
    Export,
    Exported,
    OneSheet,
    PutBack,
    Read,
    Restored,
    Row,
    Rows,
    Table,
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
    return await change(call.client, args, call.key, partial(appended, args, mark(call.key)))


@append_row.find
async def find_row(args: AppendRow, call: Call[Sheets]) -> Written | None:
    """Look for the row that an earlier attempt added."""
    try:
        table = await table_of(call.client, args)
    except Rejected:  # the sheet was not made yet
        return None
    row = marked(table, mark(call.key))
    return made(args, row.number, mark(call.key), args.values) if row else None


@local_sheet.action(
    Effect.KEYED,
    authority="internal",
    undo="local_sheet.put_back",
    why="once: a row that holds these values for its key already stays as it is",
)
async def upsert_row(args: UpsertRow, call: Call[Sheets]) -> Written:
    """Bring the row with this key up to date, or add it.

    Example:
        - sheet.upsert_row:
            sheet: عملاء.xlsx
            key: البريد
            values: {البريد: "${event.from.address}", الاسم: "${event.from.name}"}
    """
    return await change(call.client, args, call.key, partial(upserted, args, mark(call.key)))


@local_sheet.action(
    Effect.KEYED,
    authority="internal",
    undo="local_sheet.put_back",
    why="once: a cell that holds the value already stays as it is",
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
    return await change(call.client, args, call.key, partial(updated, args))


@local_sheet.action(Effect.KEYED, authority="internal", why="once: what was put back already stays as it is")
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
    return Restored(restored=await change(call.client, args, call.key, partial(restored, args, call.repeat)))


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


def marked(table: Table, key: str) -> Row | None:
    """Return the row that carries a step's mark."""
    return table.find(KEY_COLUMN, key) if KEY_COLUMN in table.columns else None


def appended(args: AppendRow, key: str, table: Table) -> tuple[Written, Edit]:
    """Add a row, unless an attempt that is slower than anybody waited has done it."""
    if row := marked(table, key):
        return made(args, row.number, key, args.values), Edit()
    number, edit = table.added(args.values, key)
    return made(args, number, key, args.values), edit


def upserted(args: UpsertRow, key: str, table: Table) -> tuple[Written, Edit]:
    """Change the row with this key, or add it."""
    row = table.find(args.key, args.values[args.key]) if table.columns else None
    if row is None or plain(row.values.get(KEY_COLUMN)) == key:
        return appended(args, key, table)
    edit = table.changed(row, args.values)
    return changed(args, row, args.key, edit, table), edit


def updated(args: UpdateCell, table: Table) -> tuple[Written, Edit]:
    """Change one cell."""
    if args.key is not None:
        renamed = args.value if plain(args.key) == plain(args.column) else None  # perhaps by an earlier attempt
        row = table.find(args.key, args.equals) or (table.find(args.key, renamed) if renamed else None)
    else:
        row = next((row for row in table.rows() if row.number == args.row), None)
    if row is None:
        raise Rejected(f"no row of the sheet has “{plain(args.equals)[:60]}”" if args.key else "the row is empty")
    edit = table.changed(row, {args.column: args.value})
    if edit and args.version and args.version != row.version:
        raise Rejected("somebody changed the row since it was read; read it again")
    return changed(args, row, args.key or "", edit, table), edit


def made(args: OneSheet, number: int, key: str, values: Mapping[str, Cell]) -> Written:
    """Tell of a row that a step made."""
    return told(args, number, (KEY_COLUMN, key), before={}, now=values, created=True)


def changed(args: OneSheet, row: Row, column: str, edit: Edit, table: Table) -> Written:
    """Tell of cells that a step changed."""
    names = {at: name for name, at in table.columns.items()}
    now = {names[at]: value for (_, at), value in edit.cells.items()}
    before = {name: row.values[name] for name in now}
    key = plain((row.values | now)[plain(column)]) if column else ""
    return told(args, row.number, (column, key), before=before, now=now, created=False)


def told(
    args: OneSheet,
    number: int,
    key: tuple[str, str],
    *,
    before: Mapping[str, Cell],
    now: Mapping[str, Cell],
    created: bool,
) -> Written:
    """Tell what was written, in the words that taking it back needs."""
    return Written(
        sheet=args.sheet,
        tab=args.tab,
        number=number,
        key_column=key[0],
        key=key[1],
        created=created,
        before=dict(before),
        now=dict(now),
    )


def restored(args: PutBack, repeat: bool, table: Table) -> tuple[bool, Edit]:
    """Take a row out, or give its cells what they held; only what still is as the step left it."""
    row = table.find(args.key_column, args.key) if args.key_column else None
    if not args.key_column:
        row = next((row for row in table.rows() if row.number == args.number), None)
    if row is None:
        return repeat, Edit()
    held = {plain(name): plain(value) for name, value in row.values.items() if plain(value) and name != KEY_COLUMN}
    wrote = {plain(name): plain(value) for name, value in args.now.items() if plain(value)}
    if args.created:
        return held == wrote, Edit(gone=row.number) if held == wrote else Edit()
    still = {
        name: value for name, value in args.before.items() if held.get(plain(name), "") == wrote.get(plain(name), "")
    }
    return len(still) == len(args.before), table.changed(row, still)
