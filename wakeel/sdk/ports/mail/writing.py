"""A mail to send, as bytes: built by us line by line, then read again by another parser and compared with the plan."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.utils import format_datetime
from urllib.parse import quote

from wakeel.sdk.errors import Rejected
from wakeel.sdk.files import FileRef
from wakeel.sdk.ports.mail import headers
from wakeel.sdk.ports.mail.addresses import encode_addresses
from wakeel.sdk.ports.mail.filenames import clean_name
from wakeel.sdk.ports.mail.models import Correspondent
from wakeel.sdk.ports.mail.suspicion import RUN_HEADER

CRLF = "\r\n"
PLAIN_LINE = 990
LARGEST = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to write. Equal letters give equal bytes, so that a second attempt sends the same mail."""

    key: str
    written: datetime
    sender: Correspondent
    to: Sequence[Correspondent]
    subject: str
    text: str
    cc: Sequence[Correspondent] = ()
    bcc: Sequence[Correspondent] = ()
    html: str | None = None
    files: Sequence[tuple[FileRef, bytes]] = ()
    in_reply_to: str | None = None
    references: Sequence[str] = ()
    submitted: str = "auto-generated"

    @property
    def message_id(self) -> str:
        """Message-ID that every attempt at this step gives."""
        return message_id(self.key, self.sender)

    @property
    def recipients(self) -> list[str]:
        """All addresses that the mail goes to, each once."""
        return list(dict.fromkeys(p.address for p in (*self.to, *self.cc, *self.bcc)))


def message_id(key: str, sender: Correspondent) -> str:
    """Make a Message-ID from a step's key."""
    return f"<k.{hashed(key)}@{ascii_host(sender.address) or 'localhost'}>"


def hashed(key: str) -> str:
    """Return the short hash that stands for a key outside."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def wire_address(address: str) -> str:
    """Return an address in ASCII: hosts may be written in Arabic, names in front of the `@` may not."""
    local = address.rpartition("@")[0]
    host = ascii_host(address)
    if not local.isascii() or not host:
        msg = f"The mail address “{headers.printable(address)[:100]}” cannot be used: write it in Latin letters."
        raise Rejected(msg)
    return f"{local}@{host}"


def ascii_host(address: str) -> str:
    """Return the host of an address in ASCII (IDNA), or an empty text where it has no such form."""
    try:
        return address.rpartition("@")[2].encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def compose(letter: Letter) -> bytes:
    """Return the bytes of a mail; raise Rejected where they would not be what was planned."""
    top = [line for line in planned(letter) if line]
    content_headers, content = whole(letter)
    lines = [*top, "MIME-Version: 1.0", *content_headers]
    data = (CRLF.join(lines) + CRLF + CRLF).encode("ascii") + content
    if len(data) > LARGEST * 3 // 2:
        raise Rejected("The mail with its attachments is larger than 25 MB. Send a link to the files instead.")
    compare(data, [line.partition(":")[0] for line in lines])
    return data


def planned(letter: Letter) -> list[str]:
    """Return the header lines, from a fixed set of names."""
    people = {"To": letter.to, "Cc": letter.cc}
    wired = {n: [p.model_copy(update={"address": wire_address(p.address)}) for p in of] for n, of in people.items()}
    sender = letter.sender.model_copy(update={"address": wire_address(letter.sender.address)})
    return [
        f"Date: {format_datetime(letter.written)}",
        encode_addresses("From", [sender]),
        *(encode_addresses(name, of) for name, of in wired.items() if of),
        headers.encode("Subject", letter.subject),
        f"Message-ID: {letter.message_id}",
        folded_ids("In-Reply-To", [letter.in_reply_to] if letter.in_reply_to else []),
        folded_ids("References", letter.references),
        f"Auto-Submitted: {letter.submitted}",
        f"{RUN_HEADER}: {hashed(letter.key)}",
    ]


def folded_ids(name: str, ids: Sequence[str]) -> str:
    """Return a header of Message-IDs, one a line; nothing where there are none."""
    return f"{name}: " + f"{CRLF} ".join(headers.safe(one) for one in ids) if ids else ""


def compare(data: bytes, names: Sequence[str]) -> None:
    """Read the final bytes with Python's parser; other headers than planned mean that a value broke out."""
    found = message_from_bytes(data)
    if [n.lower() for n, _ in found.items()] != [n.lower() for n in names] or found.defects:
        raise Rejected("A text in this mail would add headers of its own. Nothing was sent.")


def whole(letter: Letter) -> tuple[list[str], bytes]:
    """Return the content: text, alternatives, files."""
    parts = [text_part("plain", letter.text)]
    if letter.html is not None:
        parts = [multipart("alternative", [*parts, text_part("html", letter.html)], letter.key)]
    files = [file_part(ref, data) for ref, data in letter.files]
    return multipart("mixed", [*parts, *files], letter.key) if files else parts[0]


def text_part(kind: str, text: str) -> tuple[list[str], bytes]:
    """Return a text: as it is where every server takes it, else in base64 (UTF-8: cp1256 lacks letters)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    top = f'Content-Type: text/{kind}; charset="utf-8"'
    if all(line.isascii() and len(line) <= PLAIN_LINE and "\x00" not in line for line in lines):
        return [top, "Content-Transfer-Encoding: 7bit"], (CRLF.join(lines) + CRLF).encode("ascii")
    data = CRLF.join(lines).encode("utf-8", "replace")
    return [top, "Content-Transfer-Encoding: base64"], base64_lines(data)


def file_part(ref: FileRef, data: bytes) -> tuple[list[str], bytes]:
    """Return an attached file under its cleaned name."""
    kind = ref.media_type if is_media_type(ref.media_type) else "application/octet-stream"
    top = [f"Content-Type: {kind}", f"Content-Disposition: attachment;{CRLF} {filename(clean_name(ref.name))}"]
    return [*top, "Content-Transfer-Encoding: base64"], base64_lines(data)


def is_media_type(kind: str) -> bool:
    """Say whether a text is a simple `type/subtype` that may hold any bytes."""
    left, slash, right = kind.partition("/")
    simple = all(w.isascii() and w.replace("-", "").replace(".", "").replace("+", "").isalnum() for w in (left, right))
    return bool(slash) and simple and len(kind) < 100 and left not in ("multipart", "message")


def filename(name: str) -> str:
    """Return the parameter `filename`, as RFC 2231 writes names beyond ASCII, in folded pieces."""
    if name.isascii() and len(name) < 60:
        return f'filename="{name}"'
    coded, pieces = quote(name, safe=""), list[str]()
    while coded:
        cut = min(48, len(coded))
        cut -= next((n for n in (1, 2) if coded[cut - n : cut - n + 1] == "%" and cut < len(coded)), 0)
        pieces, coded = [*pieces, coded[:cut]], coded[cut:]
    marked = [f"filename*{n}*={'' if n else 'utf-8' + chr(39) * 2}{piece}" for n, piece in enumerate(pieces)]
    return f";{CRLF} ".join(marked)


def multipart(kind: str, parts: Sequence[tuple[list[str], bytes]], key: str) -> tuple[list[str], bytes]:
    """Join parts; the boundary comes from the key, so that the bytes are the same each time."""
    mark = f"=_{kind}_{hashed(key)}"
    pieces = [(f"--{mark}{CRLF}" + CRLF.join(top) + CRLF * 2).encode("ascii") + content for top, content in parts]
    return [f'Content-Type: multipart/{kind};{CRLF} boundary="{mark}"'], b"".join(pieces) + f"--{mark}--{CRLF}".encode()


def base64_lines(data: bytes) -> bytes:
    """Return base64 in lines of 76 characters."""
    return base64.encodebytes(data).replace(b"\n", CRLF.encode())
