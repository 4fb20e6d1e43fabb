"""New mail of the watched folders, oldest first, with the cursor after each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING

from connectors.imap.cursor import Cursor, FolderCursor, short
from wakeel.sdk import Event, Rejected, Since
from wakeel.sdk.ports.mail import Mail, Place, Reading, keep, read_mail, unreadable
from wakeel.sdk.ports.mail.headers import Headers, split_headers
from wakeel.sdk.ports.mail.identity import digest, event_key, header_id, numbered

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox

    from connectors.imap import session
    from connectors.imap.account import Account, Watching
    from connectors.imap.received import Received

Step = tuple[Event[Mail] | None, Cursor]
LATELY = 50  # mails that a first look remembers by their Message-ID
AT_ONCE = 200  # mails whose headers are fetched in one command
STALE = timedelta(days=7)  # a mail dated this long before the last one seen is no news, whatever the server says


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a folder found."""

    name: str
    folder: FolderCursor
    new: list[int]
    last: int  # highest number in the folder


async def new_mail(args: Received, box: Watching, cursor: Cursor, since: Since[Account, Cursor]) -> AsyncIterator[Step]:
    """Yield each new mail with the cursor behind it; a first look at a folder only remembers."""
    trouble: Rejected | None = None
    for asked in reversed(list(dict.fromkeys((args.folder, *args.folders)))):  # the first stays chosen, for IDLE
        try:
            seen = await box.run(partial(look, asked=asked, cursor=cursor))
        except Rejected as missing:  # one recipe's wrong folder must not silence the others'
            trouble = missing
            continue
        if cursor.folders.get(seen.name) != seen.folder:
            cursor = cursor.with_folder(seen.name, seen.folder)
            yield None, cursor
        async for event, folder in handled(seen, box, since):
            cursor = cursor.with_folder(seen.name, folder)
            yield event, cursor
    if trouble:
        raise trouble


async def handled(
    seen: Look, box: Watching, since: Since[Account, Cursor]
) -> AsyncIterator[tuple[Event[Mail] | None, FolderCursor]]:
    """Yield the new mails of one folder; the watermark moves only behind what was handed over."""
    folder = seen.folder
    for uid in seen.new:
        place = Place(since.account, seen.name, uid, folder.uid_validity, since.now, since.client.own)
        reading = await box.run(partial(read, place=place))
        if reading is None:
            folder = folder.past(uid)
            continue
        event, folder = told(await keep(reading, since.files), digest(reading.raw), folder)
        yield event, folder
    if seen.last > folder.handled:
        yield None, folder.past(seen.last)


def told(mail: Mail, content: str, folder: FolderCursor) -> tuple[Event[Mail], FolderCursor]:
    """Make the event of a mail, and the cursor behind it."""
    count = folder.count(mail.message_id, content)
    after = folder.after(mail.uid, mail.received_at, mail.message_id, content)
    if count > 1:
        mail.message_id = numbered(mail.message_id, count)
        mail.suspect, mail.suspect_reasons = True, [*mail.suspect_reasons, "message_id_reused"]
    return Event(event_key(mail.account, mail.message_id), mail, content.encode()), after


def read(box: BaseMailBox, place: Place) -> Reading | None:
    """Fetch and read one mail. A mail that breaks the reader becomes an event that says so: it blocks no other."""
    from connectors.imap import session
    from connectors.imap.html import html_to_text

    item = session.whole(box, place.uid)
    if item is None or item.data is None:
        return None
    here = Place(place.account, place.folder, place.uid, place.uid_validity, session.arrived(item), place.own)
    try:
        reading = read_mail(item.data, here, html_to_text)
    except Exception:  # noqa: BLE001 - one mail must never stop a mailbox
        return unreadable(item.data, here)
    if (item.size or 0) > session.LARGEST:
        reading.mail.suspect, reading.mail.suspect_reasons = True, [*reading.mail.suspect_reasons, "too_large"]
    return reading


def look(box: BaseMailBox, asked: str, cursor: Cursor) -> Look:
    """Choose a folder and list what is new in it."""
    from connectors.imap import session

    chosen = session.choose(box, asked)
    known = cursor.folders.get(chosen.name)
    if known is None:
        folder = first_look(box, chosen)
        return Look(chosen.name, folder, [], folder.handled)
    if known.uid_validity != chosen.uid_validity:
        known = renumbered(box, known, chosen)
    if chosen.uid_next and chosen.uid_next <= known.handled + 1:
        return Look(chosen.name, known, [], known.handled)
    uids = [uid for uid in session.search(box, f"UID {known.handled + 1}:*") if uid > known.handled]
    return Look(chosen.name, known, fresh(box, uids, known), max(uids, default=known.handled))


def first_look(box: BaseMailBox, chosen: session.Chosen) -> FolderCursor:
    """Remember where a folder stands."""
    from connectors.imap import session

    handled = chosen.uid_next - 1 if chosen.uid_next else max(session.search(box, "ALL"), default=0)
    folder = FolderCursor(uid_validity=chosen.uid_validity, handled=handled)
    uids = session.search(box, f"UID {max(1, handled - LATELY)}:{max(1, handled)}")
    items = list(session.fetch(box, uids[-LATELY:], "INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"))
    names = (header_id(split_headers(item.data or b"")[0]) for item in items)
    newest = max((session.arrived(item) for item in items), default=None)
    return folder.model_copy(update={"newest": newest, "seen": {short(name): "" for name in names if name}})


def renumbered(box: BaseMailBox, known: FolderCursor, chosen: session.Chosen) -> FolderCursor:
    """Start again in a folder whose numbers changed, at the mails of the last days; `fresh` sorts out the old ones."""
    from connectors.imap import session

    lately = session.search(box, session.since(known.newest - timedelta(days=2)) if known.newest else "ALL")
    start = lately[0] - 1 if lately else max(chosen.uid_next - 1, 0)
    return known.model_copy(update={"uid_validity": chosen.uid_validity, "handled": start, "since": known.newest})


def fresh(box: BaseMailBox, uids: list[int], folder: FolderCursor) -> list[int]:
    """Return the numbers of mails that are new, also where the numbers themselves prove nothing."""
    from connectors.imap import session

    if folder.since is None:
        return uids
    what = "INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE)]"
    batches = [uids[at : at + AT_ONCE] for at in range(0, len(uids), AT_ONCE)]
    items = [item for batch in batches for item in session.fetch(box, batch, what)]
    return [i.uid for i in items if is_new(split_headers(i.data or b"")[0], session.arrived(i), folder, folder.since)]


def is_new(top: Headers, arrived: datetime, folder: FolderCursor, since: datetime) -> bool:
    """Say whether a mail came after the last one that was handled under the old numbers."""
    name = header_id(top)
    return arrived >= since and not (name and folder.knows(name)) and (dated(top) or since) > since - STALE


def dated(top: Headers) -> datetime | None:
    """Return the moment in the Date header, where it can be read."""
    try:
        moment = parsedate_to_datetime(top.raw("date")[:100].decode("ascii", "replace"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
