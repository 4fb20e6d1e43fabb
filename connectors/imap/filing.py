"""Put a label on a mail, or the mail elsewhere; what is done already is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.imap import locate, session
from connectors.imap.labels import keyword
from wakeel.sdk import Rejected
from wakeel.sdk.ports.mail import MailRef

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox


def add_label(box: BaseMailBox, ref: MailRef, label: str) -> bool:
    """Set a keyword, and say so; where the server keeps none, put one copy into a folder of the label's name."""
    chosen, uid = locate.in_its_folder(box, ref)
    word = keyword(label)
    if word and chosen.keywords and set_keyword(box, uid, word):
        return True
    copy_once(box, ref, folder_of(box, label))
    return False


def set_keyword(box: BaseMailBox, uid: int, word: str) -> bool:
    """Set a keyword and look whether it stayed: some servers take it and forget it."""
    status, _ = box.client.uid("STORE", str(uid), "+FLAGS", f"({word})")
    flags = next((item.flags for item in session.fetch(box, [uid], "FLAGS")), ())
    return status == "OK" and word.casefold() in (flag.casefold() for flag in flags)


def copy_once(box: BaseMailBox, ref: MailRef, folder: str) -> None:
    """Copy a mail into a folder, unless it lies there."""
    ensure(box, folder)
    session.choose(box, folder)
    if locate.find(box, ref.message_id) is None:
        _, uid = locate.in_its_folder(box, ref)
        obey(box.client.uid("COPY", str(uid), session.wire(folder)))


def move(box: BaseMailBox, ref: MailRef, folder: str) -> MailRef:
    """Move a mail; one that lies in the other folder already was moved by an earlier attempt."""
    target = session.known_name(folder)
    ensure(box, target)
    there = arrived(box, ref, target)
    if there and target != session.known_name(ref.folder) and not still_here(box, ref):
        return there
    if target != session.known_name(ref.folder):
        _, uid = locate.in_its_folder(box, ref)
        carry(box, uid, target, copied=there is not None)
    return arrived(box, ref, target) or ref.model_copy(update={"folder": target, "uid": 0, "uid_validity": 0})


def still_here(box: BaseMailBox, ref: MailRef) -> bool:
    """Say whether a mail lies in its old folder."""
    try:
        locate.in_its_folder(box, ref)
    except Rejected:
        return False
    return True


def carry(box: BaseMailBox, uid: int, target: str, *, copied: bool) -> None:
    """Move by the server where it can; else copy and delete, and expunge this one mail only."""
    can = box.client.capabilities
    if "MOVE" in can and not copied:
        obey(box.client.uid("MOVE", str(uid), session.wire(target)))
        return
    if not copied:
        obey(box.client.uid("COPY", str(uid), session.wire(target)))
    obey(box.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)"))
    if "UIDPLUS" in can:
        obey(box.client.uid("EXPUNGE", str(uid)))


def arrived(box: BaseMailBox, ref: MailRef, folder: str) -> MailRef | None:
    """Return where a mail lies in a folder, if it does."""
    chosen = session.choose(box, folder)
    uid = locate.find(box, ref.message_id)
    place = {"folder": folder, "uid": uid, "uid_validity": chosen.uid_validity}
    return ref.model_copy(update=place) if uid is not None else None


def folder_of(box: BaseMailBox, label: str) -> str:
    """Return the folder that stands for a label, with the server's own separator."""
    known = box.folder.list()
    return session.known_name(label).replace("/", known[0].delim if known else "/")


def ensure(box: BaseMailBox, folder: str) -> None:
    """Make a folder where there is none."""
    if folder != "INBOX" and not box.folder.exists(folder):
        status, _ = box.client.create(session.wire(folder))
        if status == "OK":
            box.client.subscribe(session.wire(folder))


def obey(answer: tuple[str, object]) -> None:
    """Raise Rejected where the server refused."""
    if answer[0] != "OK":
        raise Rejected("The mail server refused to file the mail.")
