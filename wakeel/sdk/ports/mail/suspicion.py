"""What makes a mail automatic, and what makes it suspect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wakeel.sdk.ports.mail.addresses import read_addresses
from wakeel.sdk.ports.mail.filenames import hides
from wakeel.sdk.ports.mail.headers import Headers
from wakeel.sdk.ports.mail.models import Correspondent

RUN_HEADER = "X-Wakeel-Run"  # on all that Wakeel sends: two installations must not answer each other
BULK = (b"bulk", b"list", b"junk", b"auto_reply")
INSIDE = re.compile(r"[^\s@<>,;]{1,64}@([^\s@<>,;]{3,190})")
FAILED = re.compile(rb"\bdmarc=fail\b", re.IGNORECASE)


def is_automatic(top: Headers) -> bool:
    """Say whether a program sent the mail (RFC 3834, lists, bulk, bounces, Wakeel itself)."""
    sent = top.raw("auto-submitted").partition(b";")[0].strip().lower()
    return (
        sent not in (b"", b"no")
        or top.raw("precedence").strip().lower() in BULK
        or any(top.raw(name) for name in ("list-id", RUN_HEADER.lower(), "x-autoreply"))
        or any(word in top.raw("x-auto-response-suppress").lower() for word in (b"all", b"oof", b"autoreply"))
        or top.raw("return-path").strip() == b"<>"
    )


def doubts(top: Headers, sender: Correspondent, names: Sequence[str]) -> list[str]:
    """Return what is not right with a mail."""
    found = {
        "two_senders": len(top.all("from")) > 1,
        "sender_unreadable": not sender.address,
        "address_in_name": bool((shown := INSIDE.search(sender.name)) and shown[0] != sender.address),
        "reply_goes_elsewhere": not top.raw("list-id") and elsewhere(top, sender),
        "authentication_failed": bool(FAILED.search(top.raw("authentication-results"))),
        "headers_cut": top.cut,
        "file_name_hides": any(hides(name) for name in names),
    }
    return [reason for reason, holds in found.items() if holds]


def elsewhere(top: Headers, sender: Correspondent) -> bool:
    """Say whether answers would go to another host than the sender's."""
    host = sender.address.rpartition("@")[2]
    return any(p.address.rpartition("@")[2] not in ("", host) for p in read_addresses(top.raw("reply-to"), most=1))
