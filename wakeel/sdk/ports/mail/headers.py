"""Mail headers in and out: Python's own policies lose spaces and characters of Arabic text (domain of RFC 2047)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import Header, decode_header

from wakeel.sdk.ports.mail import charsets
from wakeel.sdk.ports.mail.charsets import Text

MOST_OF_ONE = 16 * 1024
MOST_OF_ALL = 64 * 1024
LINE = 76
NAME = re.compile(rb"[!-9;-~]{1,70}\Z")
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
LONE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of a mail or of one of its parts, as bytes, within bounds."""

    fields: tuple[tuple[str, bytes], ...]
    cut: bool = False  # something was too long and was left out

    def all(self, name: str) -> list[bytes]:
        """Return the raw values of a header, in order."""
        return [value for known, value in self.fields if known == name]

    def raw(self, name: str) -> bytes:
        """Return the first raw value of a header, or nothing."""
        return next(iter(self.all(name)), b"")

    def text(self, name: str) -> Text:
        """Return the first value of a header as text."""
        return decode(self.raw(name))


def split_headers(raw: bytes) -> tuple[Headers, bytes]:
    """Split a mail, or a part of one, into headers and body; cap before anything is parsed."""
    if raw[:1] == b"\n" or raw[:2] == b"\r\n":
        return Headers(()), raw.lstrip(b"\r").removeprefix(b"\n")
    ends = [(at, len(gap)) for gap in (b"\r\n\r\n", b"\n\n") if (at := raw.find(gap)) >= 0]
    end, gap = min(ends, default=(len(raw), 0))
    return parse(raw[: min(end, MOST_OF_ALL)], cut=end > MOST_OF_ALL), raw[end + gap :]


def parse(block: bytes, *, cut: bool) -> Headers:
    """Read header lines; what is no header is left out, what is too long is cut."""
    found: list[tuple[str, list[bytes]]] = []
    for line in block.replace(b"\r\n", b"\n").split(b"\n"):
        name, colon, value = line.partition(b":")
        if line[:1] in (b" ", b"\t") and found:
            found[-1][1].append(line)
        elif colon and NAME.match(name.rstrip()):
            found.append((name.rstrip().decode("ascii").lower(), [value]))
    fields = [(name, b"".join(lines).strip()) for name, lines in found]
    return Headers(
        tuple((name, value[:MOST_OF_ONE]) for name, value in fields),
        cut or any(len(value) > MOST_OF_ONE for _, value in fields),
    )


def decode(raw: bytes) -> Text:
    """Decode a header's value: encoded words, raw 8-bit text and lies about charsets; never raise."""
    pieces = [charsets.decode(data, label) for data, label in words(raw[:MOST_OF_ONE].decode("latin-1"))]
    return Text(printable("".join(p.text for p in pieces)), any(p.repaired for p in pieces))


def words(value: str) -> list[tuple[bytes, str | None]]:
    """Split a value into runs of bytes of one charset; characters split between words are joined."""
    try:
        found = decode_header(value)
    except (HeaderParseError, ValueError):
        found = [(value, None)]
    return [(piece.encode("latin-1") if isinstance(piece, str) else piece, label) for piece, label in found]


def printable(text: str) -> str:
    """Return text that can stand on one line and be encoded again."""
    return LONE.sub("\ufffd", CONTROL.sub(" ", text)).strip()


def safe(value: str) -> str:
    """Take out of a value all that could start another header or an encoded word."""
    text = printable(value)
    while "=?" in text:
        text = text.replace("=?", "")
    return text


def encode(name: str, value: str) -> str:
    """Return `Name: value`, folded into lines of at most 76 characters that any decoder reads back."""
    text = safe(value)
    return f"{name}: {encode_words(text, len(name) + 2)}"


def encode_words(text: str, used: int, *, coded: bool = False) -> str:
    """Fold a text, as encoded words where it needs them; `used` characters stand before it on its line."""
    plain = (
        not coded and text.isascii() and all(len(word) < LINE - used for word in text.split(" ")) and "  " not in text
    )
    header = Header(text, "us-ascii" if plain else "utf-8", maxlinelen=LINE, header_name="x" * max(used - 2, 0))
    return header.encode(linesep="\r\n")
