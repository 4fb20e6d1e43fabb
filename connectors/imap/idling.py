"""Wait for a server to tell of a change: by IDLE (RFC 2177) where it can, else only for a while."""

from __future__ import annotations

import select
import socket
from typing import TYPE_CHECKING, Any

from connectors.imap.session import TIMEOUT

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox


def begin(box: BaseMailBox) -> bytes | None:
    """Ask to be told of changes; None where the server cannot."""
    if "IDLE" not in box.client.capabilities:
        return None
    client: Any = box.client
    tag: bytes = client._command("IDLE")  # noqa: SLF001 - imaplib has no IDLE before Python 3.14
    while client._get_response():  # noqa: SLF001 - untagged lines may stand before the go-ahead
        if client.tagged_commands[tag]:
            client.tagged_commands.pop(tag)
            return None
    return tag


def end(box: BaseMailBox, tag: bytes | None) -> None:
    """Stop waiting; raises where the connection is dead."""
    if tag is not None:
        box.client.send(b"DONE\r\n")
        box.consume_until_tagged_response(tag)
    else:
        box.client.noop()


def stirs(box: BaseMailBox, seconds: float) -> bool:
    """Wait until the server says something, or the time is over."""
    return buffered(box) or bool(select_one(box.client.sock, seconds))


def buffered(box: BaseMailBox) -> bool:
    """Say whether an answer was read from the socket already: it came in one packet with the go-ahead."""
    sock, reader = box.client.sock, getattr(box.client, "_file", None)
    sock.settimeout(0)
    try:
        return bool(reader is not None and reader.peek(1))
    except OSError:
        return False
    finally:
        sock.settimeout(TIMEOUT)


def select_one(sock: socket.socket, seconds: float) -> list[Any]:
    """Wait for one socket; `poll` knows no limit of 1,024 as `select` does, but Windows lacks it."""
    if not hasattr(select, "poll"):
        return select.select([sock], [], [], seconds)[0]
    poller = select.poll()
    poller.register(sock.fileno(), select.POLLIN)
    return poller.poll(seconds * 1000)
