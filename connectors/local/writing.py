"""Files that come into the folder: put, copied, taken away again."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterable

from connectors.local.connection import at, local
from connectors.local.entries import fields, pieces
from wakeel.sdk import Call, Effect, Rejected, Unavailable
from wakeel.sdk.ports.files import (
    Place,
    Put,
    Relocate,
    Remove,
    Removed,
    Root,
    Saved,
    draft,
    shown,
    stamp,
    sweep,
)

SAME = "a file that stands there already with the same content counts as done"


@local.action(Effect.KEYED, authority="internal", undo="local.remove", why=SAME)
async def put(args: Put, call: Call[Root]) -> Saved:
    """Put a file in its place, whole or not at all.

    Example:
        - files.put:
            path: "${now | date('yyyy/MM')}/${file.name}"
            file: ${file}
    """
    async with at(call.client, args.path, new=True) as place:
        if known := await asyncio.to_thread(standing, place, args.file.sha256, call):
            return known
        there = await asyncio.to_thread(place.look) is not None
        if there and args.if_absent:
            raise taken(place)
        return await write(place, call.files.stream(args.file), call, over=there)


@local.action(Effect.KEYED, authority="internal", undo="local.remove", why=SAME)
async def copy(args: Relocate, call: Call[Root]) -> Saved:
    """Copy a file; nothing is written over.

    Example:
        - files.copy:
            path: نماذج/عقد.docx
            to: "عقود/${client.id}.docx"
    """
    async with at(call.client, args.path) as source, at(call.client, args.to, new=True) as target:
        wanted = await asyncio.to_thread(source.sha256)
        if known := await asyncio.to_thread(standing, target, wanted, call):
            return known
        if await asyncio.to_thread(target.look) is not None:
            raise taken(target)
        with await asyncio.to_thread(source.open) as file:
            return await write(target, pieces(file), call, over=False)


@local.action(Effect.KEYED, authority="destructive", why="what is gone already, or was changed, stays as it is")
async def remove(args: Remove, call: Call[Root]) -> Removed:
    """Take a file away, if it still holds what it held; one that was there before a step stays.

    Example:
        - files.remove:
            path: ${saved.path}
            sha256: ${saved.sha256}
    """
    async with at(call.client, args.path) as place:
        return Removed(removed=args.created and await asyncio.to_thread(taken_away, place, args.sha256, call))


def taken_away(place: Place, sha256: str, call: Call[Root]) -> bool:
    """Remove a file that holds what it should; say whether it is gone."""
    if place.look() is None:
        return call.repeat
    if place.sha256() != sha256:
        return False
    place.unlink()
    return True


def standing(place: Place, sha256: str, call: Call[Root]) -> Saved | None:
    """Return the file that stands there, if it has this content; its time tells whether this step brought it."""
    found = place.look()
    if found is None or place.sha256() != sha256:
        return None
    mine = found.st_mtime_ns == stamp(call.now, call.key)
    return Saved(**fields(call.client, place.path, found), sha256=sha256, created=mine)


async def write(place: Place, content: AsyncIterable[bytes], call: Call[Root], *, over: bool) -> Saved:
    """Write a file beside its place, then give it its name."""
    if call.repeat:
        await asyncio.to_thread(sweep, place.folder, call.key)
    seen = hashlib.sha256()
    with draft(place.folder, call.key) as made:
        async for piece in content:
            seen.update(piece)
            await asyncio.to_thread(made.file.write, piece)
        time = None if over else stamp(call.now, call.key)
        try:
            await asyncio.to_thread(made.settle, place.name, over=over, time=time)
        except FileExistsError as error:
            raise Unavailable("another file came there just now") from error
    found = await asyncio.to_thread(place.there)
    return Saved(**fields(call.client, place.path, found), sha256=seen.hexdigest(), created=not over)


def taken(place: Place) -> Rejected:
    """Say that another file stands there."""
    return Rejected(f"another file stands at “{shown(place.path)}” already; choose another name, or move that one away")
