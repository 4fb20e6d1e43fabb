"""Where the master key comes from: a variable, or a file beside the data."""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from wakeel.store.errors import StoreError

LENGTH = 32
FILE = "wakeel.key"


def master_key(data: Path, env: Mapping[str, str]) -> bytes:
    """Return the key of WAKEEL_KEY, else of the file beside the data, which is made where it is missing."""
    if given := env.get("WAKEEL_KEY"):
        return decoded(given, "WAKEEL_KEY")
    file = data / FILE
    if not file.exists():
        make_key(file)
    return decoded(file.read_text("ascii", errors="replace"), FILE)


def make_key(file: Path) -> None:
    """Write a new key that only its owner may read; where two processes begin at once, the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=FILE) as draft:  # its mode is 0600
        draft.write(base64.b64encode(os.urandom(LENGTH)) + b"\n")
        draft.flush()
        os.fsync(draft.fileno())
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(draft.name)


def decoded(text: str, where: str) -> bytes:
    """Read a key from base64."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise StoreError("W5908", where=where)
    return key
