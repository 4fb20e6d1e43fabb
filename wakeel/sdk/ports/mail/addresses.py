"""Address headers in and out, by a strict parser of our own: the last `<addr>` is the address, a name is never one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated

from pydantic import AfterValidator

from wakeel.sdk.fields import check_address
from wakeel.sdk.ports.mail import headers
from wakeel.sdk.ports.mail.models import Correspondent

MOST = 50
LONGEST_NAME = 200
SPECIAL = re.compile(r"[^A-Za-z0-9 !#$%&'*+/=?^_`{|}~.-]")
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"?|\\.?|[()<>,;:]|[^"\\()<>,;:]+', re.DOTALL)
QUOTED = re.compile(r'\\(.)|"')


def read_addresses(raw: bytes, most: int = MOST) -> list[Correspondent]:
    """Read the first addresses of a header."""
    written = (p for p in pieces(raw[: headers.MOST_OF_ONE].decode("latin-1")) if p.strip())
    return [read_one(piece) for piece in islice(written, most)]


def pieces(value: str) -> Iterator[str]:
    """Cut a list of addresses at its commas, in one pass; a group's name is left out."""
    held, depth, angle = list[str](), 0, False
    for bit in TOKEN.findall(value):
        if bit in "()":
            depth = max(0, depth + (1 if bit == "(" else -1))
        elif bit in "<>" and not depth:
            angle = bit == "<"
        elif bit in ",;:" and not depth and not angle:
            if bit != ":":
                yield "".join(held)
            held = []
            continue
        held.append(bit)
    yield "".join(held)


def read_one(piece: str) -> Correspondent:
    """Read one mailbox: what stands in the last angle brackets, else the only word with an `@`."""
    front, angle, tail = piece.rpartition("<")
    if angle:
        return Correspondent(name=name_of(front), address=valid(tail.partition(">")[0]))
    bare, _, comment = piece.partition("(")
    return Correspondent(name=name_of(comment.rpartition(")")[0]), address=valid(bare))


def name_of(raw: str) -> str:
    """Return a display name without quotes, decoded."""
    bare = QUOTED.sub(r"\1", raw.strip())
    return headers.decode(bare.encode("latin-1", "replace")).text[:LONGEST_NAME]


def valid(raw: str) -> str:
    """Return an address, its host in small letters, or an empty text where it is none."""
    local, at, host = "".join(raw.split()).rpartition("@")
    try:
        return check_address(headers.printable(f"{local}{at}{host.lower()}"))
    except ValueError:
        return ""


def check_recipient(value: str) -> str:
    """Accept exactly one `name@host` or `Name <name@host>`; refuse control characters."""
    person = parse_recipient(value)
    if not person.address or headers.CONTROL.search(value) or "," in person.address:
        msg = "not a mail address"
        raise ValueError(msg)
    return value


def parse_recipient(value: str) -> Correspondent:
    """Read what a person wrote: `name@host` or `Name <name@host>`."""
    front, angle, tail = value.strip().rpartition("<")
    if not angle:
        return Correspondent(address=valid(tail))
    written = valid(tail.removesuffix(">")) if tail.endswith(">") else ""
    return Correspondent(name=front.strip().strip('"'), address=written)


Recipient = Annotated[str, AfterValidator(check_recipient)]  # `name@host` or `Name <name@host>`


def encode_addresses(name: str, people: Sequence[Correspondent]) -> str:
    """Return an address header, one address a line, folded into lines of at most 76 characters."""
    lines, used = [], len(name) + 2
    for person in people:
        lines.append(encode_one(person, used))
        used = 1
    return f"{name}: " + ",\r\n ".join(lines)


def encode_one(person: Correspondent, used: int) -> str:
    """Return one address with its name, folded."""
    shown = phrase(headers.safe(person.name), used)
    if not shown:
        return person.address
    last = len(shown.rpartition("\r\n")[2]) + (0 if "\r\n" in shown else used)
    gap = " " if last + len(person.address) + 4 <= headers.LINE else "\r\n "
    return f"{shown}{gap}<{person.address}>"


def phrase(name: str, used: int) -> str:
    """Return a display name: as it is, quoted, or as encoded words."""
    if not name.isascii() or len(name) > 60:
        return headers.encode_words(name, used, coded=True)
    if SPECIAL.search(name) or "." in name:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return name
