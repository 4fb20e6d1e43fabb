"""Blocking talk with one IMAP server: sign in, choose a folder, search, fetch. Nothing here marks a mail as read."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.utils import encode_folder

from connectors.imap import answers
from wakeel.sdk import Rejected

if TYPE_CHECKING:
    from wakeel.sdk.ports.mail import MailConnection

TIMEOUT = 20.0  # seconds for one answer: the only real stop of a thread
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LARGEST = 40 * 1024 * 1024  # bytes of a mail that is read whole


@dataclass(frozen=True, slots=True)
class Chosen:
    """A folder that was chosen: the generation of its numbers, and the next number."""

    name: str
    uid_validity: int
    uid_next: int
    keywords: bool  # may a label be a keyword of its own?


def sign_in(connection: MailConnection) -> BaseMailBox:
    """Connect and sign in; read the capabilities that hold from then on (MOVE is often named only now)."""
    box = connected(connection)
    try:
        name, password = connection.username, connection.password.get_secret_value()
        if any(ord(c) < 32 for c in name + password):
            raise Rejected("The user name or the password holds a control character.")
        sign = box.login if (name + password).isascii() else box.login_utf8
        sign(name, password, initial_folder=None)
        told = box.client.capability()[1][0].decode("ascii", "replace").upper()
        box.client.capabilities = tuple(told.split())
    except BaseException:
        cut(box)
        raise
    return box


def connected(connection: MailConnection) -> BaseMailBox:
    """Connect as the settings say; a server that offers no encryption is refused."""
    host, port = connection.host, connection.port
    if connection.security == "tls":
        return MailBox(host, port or 993, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
    if connection.security == "starttls":
        return MailBoxStartTls(host, port or 143, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(host, port or 143, timeout=TIMEOUT)


def leave(box: BaseMailBox) -> None:
    """Sign out; a server that is gone already has done so itself."""
    try:
        box.logout()
    except Exception:  # noqa: BLE001 - the work is done, how the farewell ends does not matter
        cut(box)


def wake(box: BaseMailBox) -> None:
    """End the talk from outside; a thread that waits for an answer wakes with an error."""
    with contextlib.suppress(OSError):
        box.client.sock.shutdown(socket.SHUT_RDWR)


def cut(box: BaseMailBox) -> None:
    """Close the connection without a farewell."""
    with contextlib.suppress(OSError):
        box.client.shutdown()


def choose(box: BaseMailBox, name: str, *, readonly: bool = True) -> Chosen:
    """Choose a folder; raise Rejected, with the names there are, where it does not exist."""
    folder = known_name(name)
    status, _ = box.client.select(wire(folder), readonly=readonly)
    if status != "OK":
        raise Rejected(f"The mailbox has no folder “{name}” that can be opened. It has: {', '.join(folders(box))}.")
    allowed = " ".join(answers.told(box.client.response("PERMANENTFLAGS")[1]))
    return Chosen(folder, number(box, "UIDVALIDITY"), number(box, "UIDNEXT"), "\\*" in allowed)


def number(box: BaseMailBox, name: str) -> int:
    """Read a number that the server told when a folder was chosen; 0 where it told none."""
    said = answers.told(box.client.response(name)[1])
    return int(said[-1]) if said and said[-1].isdecimal() else 0


def known_name(name: str) -> str:
    """Write INBOX as servers do; refuse control characters."""
    if any(ord(c) < 32 for c in name):
        raise Rejected("The name of a folder holds a control character.")
    return "INBOX" if name.strip().upper() == "INBOX" else name.strip()


def wire(folder: str) -> str:
    """Return a folder's name as it goes over the line: in modified UTF-7, quoted."""
    return encode_folder(folder).decode("ascii")


def folders(box: BaseMailBox) -> list[str]:
    """Return the names of the first folders."""
    return [f.name for f in box.folder.list()][:30]


def search(box: BaseMailBox, criteria: str) -> list[int]:
    """Return the numbers of the mails that fit, ascending; texts in it come from `quoted`."""
    charset = None if criteria.isascii() else "UTF-8"
    return sorted(int(uid) for uid in box.uids(criteria.encode() if charset else criteria, charset=charset))


def since(day: date) -> str:
    """Ask for mails from a day on; the names of months are English everywhere."""
    return f"SINCE {day.day}-{MONTHS[day.month - 1]}-{day.year}"


def quoted(text: str) -> str:
    """Return a text for a search; a control character could begin a second command."""
    if any(ord(c) < 32 or ord(c) == 127 for c in text):
        raise Rejected("A text to search for holds a control character.")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def fetch(box: BaseMailBox, uids: list[int], what: str) -> Iterator[answers.Item]:
    """Fetch parts of mails; a mail that is gone meanwhile is left out."""
    if not uids:
        return
    status, said = box.client.uid("FETCH", ",".join(map(str, uids)), f"(UID {what})")
    if status != "OK":
        raise Rejected("The mail server did not give a mail.")
    wanted = set(uids)
    yield from (item for item in answers.items(said) if item.uid in wanted)


def whole(box: BaseMailBox, uid: int) -> answers.Item | None:
    """Fetch one mail, or only its headers where it is too large, without marking it as read."""
    size = next((item.size for item in fetch(box, [uid], "RFC822.SIZE")), None)
    if size is None:
        return None
    part = "BODY.PEEK[HEADER]" if size > LARGEST else "BODY.PEEK[]"
    return next((item for item in fetch(box, [uid], f"INTERNALDATE RFC822.SIZE {part}") if item.data is not None), None)


def arrived(item: answers.Item) -> datetime:
    """Return when the server took a mail."""
    try:
        return parsedate_to_datetime(item.internal_date.replace("-", " ", 2)).astimezone(UTC)
    except ValueError:
        return datetime.now(UTC)
