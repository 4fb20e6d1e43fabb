"""Look for mails, and read one again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from connectors.imap import arrivals, locate, session
from connectors.imap.actions import Line, Search
from connectors.imap.answers import Item
from wakeel.sdk.ports.mail import MailRef, Place, Reading
from wakeel.sdk.ports.mail.headers import split_headers
from wakeel.sdk.ports.mail.identity import header_id
from wakeel.sdk.ports.mail.reading import first

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox

TOP = "INTERNALDATE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT MESSAGE-ID)]"


def search(box: BaseMailBox, args: Search) -> list[Line]:
    """Return the newest mails that fit."""
    chosen = session.choose(box, args.folder)
    uids = session.search(box, criteria(args))[-args.limit :]
    found = [line(box, item, chosen) for item in session.fetch(box, uids, TOP)]
    return sorted(found, key=lambda one: (one.received_at, one.uid), reverse=True)


def criteria(args: Search) -> str:
    """Write what is asked for as IMAP does."""
    texts = {"FROM": args.from_, "TO": args.to, "SUBJECT": args.subject, "TEXT": args.text}
    asked = [f"{key} {session.quoted(value)}" for key, value in texts.items() if value]
    return " ".join([*asked, session.since(args.since)] if args.since else asked) or "ALL"


def line(box: BaseMailBox, item: Item, chosen: session.Chosen) -> Line:
    """Make a line of a mail's headers."""
    top, _ = split_headers(item.data or b"")
    return Line(
        folder=chosen.name,
        uid=item.uid,
        uid_validity=chosen.uid_validity,
        message_id=header_id(top) or locate.content_identity(box, item.uid),
        from_=first(top, "from"),
        subject=top.text("subject").text[:500],
        received_at=session.arrived(item),
    )


def get(box: BaseMailBox, ref: MailRef, place: Place) -> Reading | None:
    """Read a mail again."""
    chosen, uid = locate.in_its_folder(box, ref)
    return arrivals.read(box, replace(place, uid=uid, uid_validity=chosen.uid_validity, folder=chosen.name))
