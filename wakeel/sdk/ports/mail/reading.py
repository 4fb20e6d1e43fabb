"""From the bytes of a mail to the event that recipes see; nothing a mail holds stops the reading of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from wakeel.sdk.files import FileRef, Files
from wakeel.sdk.ports.mail import identity, quotes, suspicion
from wakeel.sdk.ports.mail.addresses import read_addresses
from wakeel.sdk.ports.mail.filenames import clean_name
from wakeel.sdk.ports.mail.folding import language_of
from wakeel.sdk.ports.mail.headers import Headers, printable
from wakeel.sdk.ports.mail.mime import Part, leaves
from wakeel.sdk.ports.mail.models import Correspondent, Mail
from wakeel.sdk.ports.mail.subjects import is_forward

LONGEST_TEXT = 16 * 1024  # bytes
LONGEST_SUBJECT = 998
MOST_FILES = 50
HtmlToText = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a mail was found, and whose mailbox that is."""

    account: str
    folder: str
    uid: int
    uid_validity: int
    received_at: datetime
    own: frozenset[str] = frozenset()  # addresses of the mailbox, folded


@dataclass(frozen=True, slots=True)
class Reading:
    """A mail that was read: the event, and the parts whose bytes belong into the blob store."""

    mail: Mail
    raw: bytes
    files: tuple[Part, ...]


def read_mail(raw: bytes, place: Place, html_to_text: HtmlToText) -> Reading:
    """Read a mail. Pure: the bytes of its files are kept by `keep`."""
    top, parts = leaves(raw)
    files = tuple(p for p in parts if is_file(p))[:MOST_FILES]
    subject, (text, repaired) = top.text("subject"), body(parts, html_to_text)
    name, told = identity.identity(raw), identity.references(top)
    sender = first(top, "from")
    to, cc = read_addresses(top.raw("to")), read_addresses(top.raw("cc"))
    doubts = suspicion.doubts(top, sender, [p.name for p in files])
    mail = Mail(
        account=place.account,
        folder=place.folder,
        uid=place.uid,
        uid_validity=place.uid_validity,
        received_at=place.received_at,
        message_id=name,
        thread_id=identity.thread_id(told, name, subject.text, [p.address for p in (sender, *to, *cc)]),
        references=told,
        open_url=open_url(name),
        from_=sender,
        reply_to=first(top, "reply-to") if top.raw("reply-to") else None,
        to=to,
        cc=cc,
        subject=subject.text[:LONGEST_SUBJECT],
        text=capped(quotes.visible(text, forward=is_forward(subject.text))),
        language=language_of(f"{subject.text}\n{text}"),
        list_id=top.text("list-id").text[:200] or None,
        automatic=suspicion.is_automatic(top),
        from_self=sender.address.casefold() in place.own,
        suspect=bool(doubts),
        suspect_reasons=doubts,
        charset_repaired=repaired or subject.repaired,
    )
    return Reading(mail, raw, files)


def unreadable(raw: bytes, place: Place, why: str = "unreadable") -> Reading:
    """Stand in for a mail that could not be read: an event that shows where the whole of it is."""
    name = identity.identity(raw)
    where = {"account": place.account, "folder": place.folder, "uid": place.uid, "uid_validity": place.uid_validity}
    mail = Mail(
        **where, message_id=name, received_at=place.received_at, thread_id=identity.thread_of(name),
        automatic=True, suspect=True, suspect_reasons=[why],
    )  # fmt: skip
    return Reading(mail, raw, ())


async def keep(reading: Reading, files: Files) -> Mail:
    """Put the whole mail and its files into the blob store and return the event that refers to them."""
    whole = await files.put("mail.eml", "message/rfc822", reading.raw)
    kept = [await keep_file(part, files) for part in reading.files]
    return reading.mail.model_copy(update={"raw": whole, "attachments": kept})


async def keep_file(part: Part, files: Files) -> FileRef:
    """Put one attached file into the blob store, under its cleaned name."""
    return await files.put(clean_name(part.name, stand_in(part)), part.media_type[:100], part.data())


def stand_in(part: Part) -> str:
    """Name a file that has no name."""
    known = {"message/rfc822": "message.eml", "text/calendar": "invitation.ics"}
    return known.get(part.media_type, "attachment")


def is_file(part: Part) -> bool:
    """Say whether a leaf is a file and no text to read."""
    if part.media_type in ("text/plain", "text/html"):
        return part.attached
    return bool(part.attached or part.name or not part.media_type.startswith(("image/", "text/", "multipart/")))


def body(parts: Sequence[Part], html_to_text: HtmlToText) -> tuple[str, bool]:
    """Return the text of a mail, plain if there is one, and whether a charset was repaired."""
    texts = [(p.media_type, p.text()) for p in parts if p.media_type.startswith("text/") and not is_file(p)]
    repaired = any(t.repaired for _, t in texts)
    plain = "\n".join(t.text for kind, t in texts if kind != "text/html").strip()
    if not plain:
        plain = "\n".join(html_to_text(t.text) for kind, t in texts if kind == "text/html")
    return plain.replace("\x00", "").encode("utf-8", "replace").decode(), repaired


def capped(text: str) -> str:
    """Cut a text to what an event may carry, never inside a character."""
    return text.encode()[:LONGEST_TEXT].decode("utf-8", "ignore")


def first(top: Headers, name: str) -> Correspondent:
    """Return the first address of a header."""
    people = read_addresses(top.raw(name), most=1)
    return people[0] if people else Correspondent()


def open_url(name: str) -> str | None:
    """Return the `mid:` link of a mail (RFC 2392), where it has a Message-ID."""
    known = identity.as_header(name)
    return f"mid:{quote(printable(known)[1:-1], safe='@')}" if known else None
