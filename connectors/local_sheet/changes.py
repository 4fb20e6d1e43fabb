"""What a step changes in a sheet, and what it tells of it: all that is needed to take it back."""

from __future__ import annotations

from collections.abc import Mapping

from wakeel.sdk import Rejected
from wakeel.sdk.ports.sheet import (
    KEY_COLUMN,
    AppendRow,
    Cell,
    Edit,
    OneSheet,
    PutBack,
    Row,
    Table,
    UpdateCell,
    UpsertRow,
    Written,
    plain,
)


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
