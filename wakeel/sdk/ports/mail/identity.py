"""Who a mail is: the same however often, and through whichever folder, it comes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from wakeel.sdk.ports.mail.headers import Headers, split_headers
from wakeel.sdk.ports.mail.subjects import is_reply, thread_subject

ID = re.compile(rb"<[!-;=?-~]{1,250}>")
TOLD = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to")  # what no server on the way changes
MOST_REFERENCES = 20


def header_id(headers: Headers) -> str | None:
    """Return the Message-ID in angle brackets, or None where the mail has none that can be used."""
    found = ID.search(headers.raw("message-id"))
    return found[0].decode("ascii") if found else None


def digest(raw: bytes) -> str:
    """Hash what the sender wrote: the same for each delivery, whatever servers put in front."""
    headers, body = split_headers(raw)
    told = hashlib.sha256()
    for name in TOLD:
        told.update(b" ".join(headers.raw(name).split()) + b"\n")
    told.update(body.replace(b"\r\n", b"\n").rstrip())
    return told.hexdigest()


def identity(raw: bytes) -> str:
    """Return a mail's identity: its Message-ID, else a hash of what it says."""
    return header_id(split_headers(raw)[0]) or f"sha256:{digest(raw)}"


def numbered(identity_: str, count: int) -> str:
    """Return the identity of the n-th content under one Message-ID."""
    return identity_ if count < 2 else f"{identity_}#{count}"


def as_header(identity_: str) -> str | None:
    """Return the Message-ID that the mail carries, or None where it has none."""
    return identity_[: identity_.rindex(">") + 1] if identity_.startswith("<") and ">" in identity_ else None


def event_key(account: str, identity_: str) -> str:
    """Return the key that lets the same mail start a recipe once."""
    return f"m:{account}:{identity_}"


def references(headers: Headers) -> list[str]:
    """Return the Message-IDs that a mail answers, oldest first: the root and the last ones."""
    found = [m.decode("ascii") for m in ID.findall(headers.raw("references") + b" " + headers.raw("in-reply-to"))]
    unique = list(dict.fromkeys(found))
    return unique if len(unique) <= MOST_REFERENCES else [unique[0], *unique[1 - MOST_REFERENCES :]]


def thread_of(root: str) -> str:
    """Return the id of the conversation that a Message-ID began."""
    return "t-" + hashlib.sha256(root.encode()).hexdigest()[:24]


def thread_id(told: list[str], identity_: str, subject: str, people: Iterable[str]) -> str:
    """Return the conversation: by the oldest reference, by subject and people where an answer names none."""
    if told:
        return thread_of(told[0])
    if is_reply(subject) or not identity_.startswith("<"):
        everyone = " ".join(sorted({p.casefold() for p in people if p}))
        return thread_of(f"{thread_subject(subject)}\n{everyone}")
    return thread_of(as_header(identity_) or identity_)
