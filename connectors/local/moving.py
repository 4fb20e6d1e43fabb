"""Files that change their place in the folder, into the quarantine too."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from connectors.local.connection import at, local
from connectors.local.entries import fields
from connectors.local.writing import taken, write
from wakeel.sdk import Call, Effect, Unavailable
from wakeel.sdk.ports.files import (
    Moved,
    Place,
    Quarantine,
    Quarantined,
    Release,
    Released,
    Relocate,
    Root,
    draft,
    mark,
    stamp,
    sweep,
)
from wakeel.sdk.ports.mail.filenames import clean_name

CLOSED = ".quarantine"  # a name that no recipe can write


@local.action(Effect.KEYED, authority="internal", undo="local.move", why="a file that went there already is left there")
async def move(args: Relocate, call: Call[Root]) -> Moved:
    """Move a file; nothing is written over.

    Example:
        - files.move:
            path: وارد/كشف.csv
            to: "أرشيف/${now | date('yyyy')}/كشف.csv"
    """
    async with at(call.client, args.path) as source, at(call.client, args.to, new=True) as target:
        await asyncio.to_thread(relocate, source, target, call)
        found = await asyncio.to_thread(target.there)
        return Moved(**fields(call.client, target.path, found), to=source.path)


@local.action(Effect.KEYED, authority="internal", undo="local.release", why="each step has one place in the quarantine")
async def quarantine(args: Quarantine, call: Call[Root]) -> Quarantined:
    """Lock a file away, without its ending, where nothing lists, tells of or opens it.

    Example:
        - files.quarantine:
            file: ${file}
    """
    async with closed(call.client) as folder:
        number = mark(call.key)
        place, came_from = Place(folder, number, number), None
        if args.file:
            name = args.file.name
            if await asyncio.to_thread(place.look) is None:
                await write(place, call.files.stream(args.file), call, over=False)
        else:
            async with at(call.client, args.path or "") as source:
                name, came_from = source.name, source.path
                await asyncio.to_thread(lock_away, source, place, call)
        size = (await asyncio.to_thread(place.there)).st_size
        sha256 = await asyncio.to_thread(place.sha256)
    return Quarantined(quarantined=number, name=clean_name(name), sha256=sha256, size=size, came_from=came_from)


@local.action(Effect.KEYED, authority="sensitive", why="what left the quarantine already is not there any more")
async def release(args: Release, call: Call[Root]) -> Released:
    """Move a file back to where it came from, or remove the copy of one that came with the run.

    Example:
        - files.release:
            quarantined: ${locked.quarantined}
            came_from: ${locked.came_from}
    """
    async with closed(call.client) as folder:
        place = Place(folder, args.quarantined, args.quarantined)
        if await asyncio.to_thread(place.look) is None:
            return Released(released=call.repeat)
        if args.came_from is None:
            await asyncio.to_thread(place.unlink)
        else:
            async with at(call.client, args.came_from) as target:
                await asyncio.to_thread(relocate, place, target, call)
    return Released(released=True)


@asynccontextmanager
async def closed(root: Root) -> AsyncIterator[int]:
    """Open the quarantine, which only Wakeel's user may enter."""
    with ExitStack() as stack:
        folder, _ = await asyncio.to_thread(stack.enter_context, root.folder([CLOSED], make=True))
        os.fchmod(folder, 0o700)
        yield folder


def lock_away(source: Place, place: Place, call: Call[Root]) -> None:
    """Move a file into the quarantine; an earlier attempt may have done so."""
    if place.look() is None or not call.repeat:
        source.there()
        source.rename(place)


def relocate(source: Place, target: Place, call: Call[Root]) -> None:
    """Move a file to a place where nothing is: the name is taken first, so that nobody else gets it meanwhile."""
    if source.look() is None and call.repeat and target.look():
        return
    source.there()
    if source.same(target):
        return
    found = target.look()
    if found is None:
        reserve(target, call)
    elif found.st_size or found.st_mtime_ns != stamp(call.now, call.key):
        raise taken(target)
    try:
        source.rename(target)
    except OSError:
        target.unlink()
        raise


def reserve(target: Place, call: Call[Root]) -> None:
    """Take a name with an empty file that carries the step's mark: an attempt that was killed here goes on."""
    if call.repeat:
        sweep(target.folder, call.key)
    try:
        with draft(target.folder, call.key) as made:
            made.settle(target.name, over=False, time=stamp(call.now, call.key))
    except FileExistsError as error:
        raise Unavailable("another file came there just now") from error
