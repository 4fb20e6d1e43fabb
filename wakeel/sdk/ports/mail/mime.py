"""The parts of a mail, by a bounded walk over its bytes: broken boundaries and bombs cost no more than good mail."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from wakeel.sdk.ports.mail import charsets, headers
from wakeel.sdk.ports.mail.headers import Headers, split_headers

DEEPEST = 20
MOST_PARTS = 500
LONGEST_VALUE = 4 * 1024  # of a Content-… header
MOST_PARAMETERS = 50
PIECE = re.compile(r"([a-z-]{1,30})\*(\d{1,3})?(\*)?\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of a mail: its kind, what it is called, and its bytes as they came."""

    headers: Headers
    body: bytes

    @property
    def media_type(self) -> str:
        """Kind of the content, in small letters."""
        return value(self.headers, "content-type") or "text/plain"

    @property
    def name(self) -> str:
        """File name as the sender wrote it; not yet cleaned."""
        of = parameters(self.headers.raw("content-disposition")).get("filename")
        return of or parameters(self.headers.raw("content-type")).get("name", "")

    @property
    def attached(self) -> bool:
        """Whether the sender calls it an attachment."""
        return value(self.headers, "content-disposition") == "attachment"

    def data(self) -> bytes:
        """Return the content without its transfer encoding; broken encodings give what can be read."""
        encoding = value(self.headers, "content-transfer-encoding")
        if encoding == "base64":
            return from_base64(self.body)
        return quopri.decodestring(self.body) if encoding == "quoted-printable" else self.body

    def text(self) -> charsets.Text:
        """Return the content as text."""
        label = parameters(self.headers.raw("content-type")).get("charset")
        return charsets.decode(self.data(), label)


def leaves(raw: bytes) -> tuple[Headers, list[Part]]:
    """Return a mail's headers and its leaves in order; past the bounds the rest is one leaf."""
    top, body = split_headers(raw)
    found: list[Part] = []
    for part in walk(Part(top, body), 0):
        found.append(part)
        if len(found) == MOST_PARTS:
            break
    return top, found


def walk(part: Part, depth: int) -> Iterator[Part]:
    """Yield the leaves under a part."""
    boundary = parameters(part.headers.raw("content-type")).get("boundary", "")
    if not part.media_type.startswith("multipart/") or not boundary or depth == DEEPEST:
        yield part
        return
    for piece in cut(part.body, b"--" + boundary.encode("latin-1", "replace")):
        yield from walk(Part(*split_headers(piece)), depth + 1)


def cut(body: bytes, mark: bytes) -> Iterator[bytes]:
    """Yield the pieces between boundary lines; the closing one may be missing."""
    at = 0 if body.startswith(mark) else step(body, mark, 0)
    while at >= 0 and not body.startswith(mark + b"--", at):
        start = body.find(b"\n", at) + 1
        at = -1 if start == 0 else at_line(body, mark, start)
        if start:
            piece = body[start : at if at >= 0 else len(body)]
            yield piece.removesuffix(b"\n").removesuffix(b"\r") if at >= 0 else piece


def at_line(body: bytes, mark: bytes, start: int) -> int:
    """Find a boundary at the start of a line, at or after a line's start."""
    return start if body.startswith(mark, start) else step(body, mark, start)


def step(body: bytes, mark: bytes, start: int) -> int:
    """Find the next boundary that begins a line."""
    found = body.find(b"\n" + mark, start)
    return found + 1 if found >= 0 else -1


def value(found: Headers, name: str) -> str:
    """Return a structured header's first word, in small letters."""
    return found.raw(name)[:LONGEST_VALUE].partition(b";")[0].strip().decode("latin-1").lower()


def parameters(raw: bytes) -> dict[str, str]:
    """Read `name=value` pairs: quoted, encoded (RFC 2231, also in pieces), or encoded words where none belong."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for item in items(raw[:LONGEST_VALUE].decode("latin-1")):
        name, _, text = item.partition("=")
        key, content = name.strip().lower(), unquoted(text.strip())
        if match := PIECE.match(key):
            encoded = match[3] is not None or match[2] is None
            pieces.setdefault(match[1], {}).setdefault(int(match[2] or 0), (encoded, content))
        else:
            plain.setdefault(key, headers.decode(content.encode("latin-1")).text)
    return plain | {name: joined(of) for name, of in pieces.items()}


def items(text: str) -> list[str]:
    """Cut at semicolons outside quotes; the first item, the value itself, is left out."""
    found, start, quoted, skip = [], 0, False, False
    for here, char in enumerate(text):
        if skip or (quoted and char == "\\"):
            skip = not skip
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            found.append(text[start:here])
            start = here + 1
    return [*found, text[start:]][1 : MOST_PARAMETERS + 1]


def unquoted(text: str) -> str:
    """Return a parameter's value without its quotes."""
    return re.sub(r"\\(.)", r"\1", text[1:].removesuffix('"')) if text.startswith('"') else text


def joined(pieces: dict[int, tuple[bool, str]]) -> str:
    """Join the pieces of an RFC 2231 value: charset and language stand in the first."""
    texts = [pieces[n] for n in sorted(pieces)]
    encoded, first = texts[0]
    label, mark, rest = first.partition("'")
    if encoded and mark:
        texts[0] = (True, rest.partition("'")[2])
    data = [unquote_to_bytes(text.encode("latin-1")) if coded else text.encode("latin-1") for coded, text in texts]
    return headers.printable(charsets.decode(b"".join(data), label if encoded and mark else None).text)


def from_base64(body: bytes) -> bytes:
    """Decode base64 with junk in it and without its end."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
