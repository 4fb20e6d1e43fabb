"""Paths that a recipe may write, and the one way to make a real path of one."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from wakeel.sdk.errors import Rejected

LONGEST = 120  # bytes of a name that we give: archives and services cut beyond
LONGEST_THERE = 255  # bytes of a name that is there already
LONGEST_PATH = 1000  # bytes
DEEPEST = 20  # folders
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
HIDING = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
UNFIT = re.compile(r'[<>:"|?*]')  # not every disk takes them
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z", re.IGNORECASE)


def safe_join(root: Path, path: str, *, new: bool = False) -> Path:
    """Return the real path of what a recipe wrote; raise Rejected where it would leave the root.

    `new` asks that the last name is one that every disk takes. What is opened there must still be
    opened without following links: a link may be put there after this was asked.
    """
    joined = root.joinpath(*names_of(path, new=new))
    if not joined.resolve().is_relative_to(root.resolve()):
        raise Rejected(f"“{shown(path)}” leads out of the connection's folder through a link")
    return joined


def names_of(path: str, *, new: bool = False) -> list[str]:
    """Return the names that a path is made of, in NFC; raise Rejected where one must not be used."""
    whole = unicodedata.normalize("NFC", path)
    names = whole.split("/")
    if fault := path_fault(whole, names):
        raise Rejected(f"the path “{shown(path)}” {fault}")
    for name in names:
        if fault := name_fault(name) or (new_fault(name) if new else ""):
            raise Rejected(f"the path “{shown(path)}” cannot be used: the name “{shown(name)}” {fault}")
    return names


def path_fault(path: str, names: list[str]) -> str:
    """Say what is wrong with a path as a whole, or nothing."""
    if not path:
        return "is empty"
    if path.startswith("/") or re.match("[A-Za-z]:/", path):
        return "must begin inside the connection's folder, without “/” or a drive in front"
    if "\\" in path:
        return "has a “\\”: write “/” between folders"
    if "" in names:
        return "has an empty name: write one “/” between two names, and none at the end"
    if len(names) > DEEPEST or len(encoded(path)) > LONGEST_PATH:
        return f"is too long: at most {DEEPEST} folders and {LONGEST_PATH} bytes"
    return ""


def name_fault(name: str) -> str:
    """Say why a name must not be used at all, or nothing."""
    if name.startswith("."):
        return "begins with a dot: such names are hidden, or lead elsewhere"
    if CONTROL.search(name) or not is_text(name):
        return "has a character that cannot be seen"
    if RESERVED.match(name):
        return "is reserved on some systems"
    if len(encoded(name)) > LONGEST_THERE:
        return f"is longer than {LONGEST_THERE} bytes"
    return ""


def new_fault(name: str) -> str:
    """Say why a file must not get this name, or nothing."""
    if HIDING.search(name):
        return "has marks that turn the direction of what is read"
    if UNFIT.search(name):
        return 'has one of < > : " | ? *, which not every disk takes'
    if name != name.strip() or name.endswith("."):
        return "begins or ends with a space, or ends with a dot"
    if len(encoded(name)) > LONGEST:
        return f"is longer than {LONGEST} bytes ({LONGEST // 2} Arabic letters)"
    return ""


def alike(name: str) -> str:
    """Return what two names share that some disk takes for the same: case, and how accents are written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def is_text(name: str) -> bool:
    """Say whether a name can be written down; the bytes of some old disks cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def encoded(text: str) -> bytes:
    """Return the bytes of a text."""
    return text.encode("utf-8", "replace")


def shown(text: str) -> str:
    """Return a text as a message may show it."""
    return HIDING.sub("", CONTROL.sub("", encoded(text).decode()))[:100]
