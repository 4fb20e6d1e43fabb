"""Files that are looked at: fetched, listed, hashed."""

from __future__ import annotations

import asyncio
import stat

from connectors.local.connection import at, local
from connectors.local.entries import fetch, fields
from wakeel.sdk import Call, Effect, Unavailable
from wakeel.sdk.ports.files import Entry, Fetched, Hashed, ListFiles, Listing, OneFile, Root

MOST = 10_000  # entries of a folder that are looked at
ROOM = 48 * 1024  # bytes of a list


@local.action(Effect.READ)
async def get(args: OneFile, call: Call[Root]) -> Fetched:
    """Fetch a file for later steps: attach it to a mail, read it.

    Example:
        - files.get:
            path: نماذج/عقد.docx
    """
    async with at(call.client, args.path) as place:
        ref, found, still = await fetch(place, call.files)
        if not still:
            raise Unavailable("the file was written to while it was read")
        return Fetched(**fields(call.client, place.path, found), file=ref)


@local.action(Effect.READ)
async def list(args: ListFiles, call: Call[Root]) -> Listing:  # noqa: A001 - the verb's name
    """List the files of a folder, by path.

    Example:
        - files.list:
            folder: وارد
            deep: true
    """
    return await asyncio.to_thread(listing, args, call.client)


@local.action(Effect.READ)
async def hash(args: OneFile, call: Call[Root]) -> Hashed:  # noqa: A001 - the verb's name
    """Hash a file: files with the same content have the same hash.

    Example:
        - files.hash:
            path: ${file.path}
    """
    async with at(call.client, args.path) as place:
        size = (await asyncio.to_thread(place.there)).st_size
        return Hashed(path=place.path, sha256=await asyncio.to_thread(place.sha256), size=size)


def listing(args: ListFiles, root: Root) -> Listing:
    """Walk a folder; as many files as are asked for, and as a run's history can carry."""
    made, room = Listing(files=[], folders=[], next=None), ROOM
    for path, found in sorted(root.walk(args.folder, deep=args.deep, most=MOST)):
        if stat.S_ISDIR(found.st_mode):
            made.folders.append(path)
        elif args.after is None or path > args.after:
            entry = Entry(**fields(root, path, found))
            room -= len(entry.model_dump_json())
            if len(made.files) == args.limit or room < 0:
                made.next = made.files[-1].path
                break
            made.files.append(entry)
    return made
