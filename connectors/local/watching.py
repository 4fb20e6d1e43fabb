"""`files.added` and `files.changed`: a file is told of once it stands still."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from pydantic import BaseModel

from connectors.local.connection import at, local
from connectors.local.entries import fetch, fields
from connectors.local.seen import FolderSeen, Kind, Record, stands
from wakeel.sdk import Event, Rejected, Since
from wakeel.sdk.ports.files import FileEvent, Root, Watch
from wakeel.sdk.ports.files.paths import alike

EVERY = timedelta(minutes=1)
MOST = 5_000  # files of one watched folder: the cursor remembers each
AT_ONCE = 100  # files that one look tells of
BYTES_AT_ONCE = 1024**3


class Cursor(BaseModel):
    """What every watched folder held."""

    folders: dict[str, FolderSeen] = {}


@local.poll(every=EVERY, event=FileEvent, cursor=Cursor)
async def added(args: Watch, since: Since[Root, Cursor]) -> tuple[list[Event[FileEvent]], Cursor]:
    """Start a run for each file that comes into a folder, once it is written to the end.

    Example:
        files.added:
          folder: وارد
          endings: [.csv, .xlsx]
    """
    return await news("added", args, since)


@local.poll(every=EVERY, event=FileEvent, cursor=Cursor)
async def changed(args: Watch, since: Since[Root, Cursor]) -> tuple[list[Event[FileEvent]], Cursor]:
    """Start a run for each file whose content was changed, once it is written to the end.

    Example:
        files.changed:
          folder: عقود
    """
    return await news("changed", args, since)


async def news(kind: Kind, args: Watch, since: Since[Root, Cursor]) -> tuple[list[Event[FileEvent]], Cursor]:
    """Look at each folder; one folder or file that cannot be read must not silence the others."""
    before, after = since.cursor or Cursor(), Cursor()
    events, trouble = list[Event[FileEvent]](), list[Exception]()
    for folder in dict.fromkeys((args.folder, *args.folders)):
        known = before.folders.get(folder)
        try:
            there = await asyncio.to_thread(standing, since.client, folder)
        except (Rejected, OSError) as fault:
            trouble.append(fault)
            after.folders |= {folder: known} if known else {}
            continue
        after.folders[folder] = seen = (known or FolderSeen.first(there)).now(there)
        for path in seen.candidates(there, kind):
            if len(events) == AT_ONCE or sum(event.data.size for event in events) > BYTES_AT_ONCE:
                break
            try:
                events += await told(path, there[path], seen, kind, since)
            except OSError as fault:
                trouble.append(fault)
    if trouble and after == before:
        raise trouble[0]
    return events, after


def standing(root: Root, folder: str) -> dict[str, str]:
    """Return how each file of a folder stands."""
    return {path: stands(found) for path, found in root.walk(folder, deep=True, most=MOST)}


async def told(
    path: str, stood: str, seen: FolderSeen, kind: Kind, since: Since[Root, Cursor]
) -> list[Event[FileEvent]]:
    """Keep a file's content and tell of it; nothing where it moves still, or only its time changed."""
    try:
        async with at(since.client, path) as place:
            ref, found, still = await fetch(place, since.files)
    except Rejected:  # gone, or no file any more
        return []
    if not still or stands(found) != stood:
        return []
    old = seen.record(path) or Record("")
    new = old.after(stood, ref.sha256)
    seen.keep(path, new)
    if kind == "changed" and new.turn == old.turn:
        return []
    above = path.rpartition("/")[0]
    data = FileEvent(**fields(since.client, path, found), file=ref, sha256=ref.sha256, folder=above)
    turn = f":{new.turn}" if kind == "changed" else ""  # content may come back to what it was
    return [Event(f"f:{since.account}:{path}:{ref.sha256}{turn}", data)]


def fits(args: Watch, event: FileEvent) -> bool:
    """Say whether a file lies where one activation looks, and ends as it asks."""
    path = alike(event.path)
    inside = any(not folder or path.startswith(f"{alike(folder)}/") for folder in (args.folder, *args.folders))
    return inside and (not args.endings or path.endswith(tuple(map(alike, args.endings))))


def merge(asked: list[Watch]) -> Watch:
    """Make one watch of all that activations ask for: the folders of all, whatever the endings."""
    first, *rest = dict.fromkeys(folder for args in asked for folder in (args.folder, *args.folders))
    return Watch(folder=first, folders=rest)


for trigger in (added, changed):
    trigger.fits, trigger.merge = fits, merge
