"""Names of attached files, made safe to show and to store."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120  # bytes
HIDING = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\/]+')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z", re.IGNORECASE)


def clean_name(name: str, otherwise: str = "attachment") -> str:
    """Return the last part of a name without controls, direction marks and reserved words."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    bare = UNFIT.sub("_", HIDING.sub("", unicodedata.normalize("NFC", bare))).strip(" .")
    bare = f"_{bare}" if RESERVED.match(bare) else bare
    return shortened(bare.encode("utf-8", "replace").decode()) or otherwise


def shortened(name: str) -> str:
    """Cut the stem so that the whole name fits; the ending stays."""
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    room = LONGEST - len(ending.encode())
    return (stem if ending else name).encode()[:room].decode("utf-8", "ignore") + ending


def hides(name: str) -> bool:
    """Say whether a name tries to look like another kind of file, or to leave its folder."""
    return bool(re.search("[\u202a-\u202e\u2066-\u2069]", name)) or ".." in name.replace("\\", "/").split("/")
