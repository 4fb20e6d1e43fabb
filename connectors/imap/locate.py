"""Find a mail by what it is: its number is a hint, which holds only where the Message-ID agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.imap import session
from connectors.imap.errors import Gone
from wakeel.sdk.ports.mail import MailRef
from wakeel.sdk.ports.mail.headers import split_headers
from wakeel.sdk.ports.mail.identity import as_header, header_id, identity

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox

MOST = 50  # mails without a Message-ID that are compared by content
ID_ONLY = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"


def in_its_folder(box: BaseMailBox, ref: MailRef) -> tuple[session.Chosen, int]:
    """Choose a mail's folder for writing and return its number; raise Rejected where it is no longer there."""
    chosen = session.choose(box, ref.folder, readonly=False)
    uid = ref.uid if is_at(box, chosen, ref) else find(box, ref.message_id)
    if uid is None:
        raise Gone(f"The mail is no longer in the folder “{ref.folder}”.")
    return chosen, uid


def is_at(box: BaseMailBox, chosen: session.Chosen, ref: MailRef) -> bool:
    """Say whether the mail still has the number that it had."""
    if not ref.uid or ref.uid_validity not in (0, chosen.uid_validity):
        return False
    return any(same(box, item.uid, item.data, ref.message_id) for item in session.fetch(box, [ref.uid], ID_ONLY))


def same(box: BaseMailBox, uid: int, top: bytes | None, name: str) -> bool:
    """Say whether a mail has this identity."""
    known = as_header(name)
    if known:
        return header_id(split_headers(top or b"")[0]) == known
    return content_identity(box, uid) == name


def content_identity(box: BaseMailBox, uid: int) -> str:
    """Return the identity of a mail by all that it says; an empty text where it is gone."""
    item = session.whole(box, uid)
    return identity(item.data) if item is not None and item.data is not None else ""


def find(box: BaseMailBox, name: str) -> int | None:
    """Return the number of a mail in the chosen folder, by its identity."""
    known = as_header(name)
    criteria = f"HEADER Message-ID {session.quoted(known)}" if known else 'NOT HEADER Message-ID ""'
    uids = session.search(box, criteria)[-MOST:]
    hits = [i.uid for i in session.fetch(box, uids, ID_ONLY) if same(box, i.uid, i.data, name)]
    wanted = int(name.rpartition("#")[2]) if known and name != known else 1
    return hits[min(wanted, len(hits)) - 1] if hits else None
