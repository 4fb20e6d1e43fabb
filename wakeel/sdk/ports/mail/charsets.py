"""Bytes of mails into text, also where the charset is unknown, missing or a lie."""

from __future__ import annotations

import codecs
import math
import unicodedata
from dataclasses import dataclass
from functools import cache

# What mail programs write, and Python does not know. None: the bytes must tell.
ALIASES: dict[str, str | None] = {
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "x-mac-arabic": "mac_arabic",
    "cp-1256": "cp1256",
    "x-windows-1256": "cp1256",
    "x-cp1256": "cp1256",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "ansi_x3.4-1968": "ascii",
    "unknown-8bit": None,
    "x-unknown": None,
    "unknown": None,
    "default": None,
    "8bit": None,
    "binary": None,
}
# Text codecs of Python that no mail means, some of them quadratic in time.
REFUSED = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "palmos"}
TRIED = ("cp1256", "iso8859-6", "cp1252")  # after strict UTF-8
LABELS_OF_NOTHING = {"ascii", "iso8859-1", "cp1252"}  # often written by programs that never asked
# Share of each letter in Arabic text, in percent (rounded; only the order of magnitude matters).
FREQUENT = {
    "ا": 13, "ل": 12, "ي": 7.5, "م": 6.5, "و": 6, "ن": 6, "ر": 5, "ت": 5, "ب": 4, "ة": 4, "ه": 4, "ع": 3.7,
    "أ": 3, "د": 3, "ف": 3, "س": 2.8, "ق": 2.6, "ك": 2.5, "ح": 2, "ج": 1.5, "ش": 1.2, "ى": 1.2, "ص": 1, "ط": 1,
    "خ": 1, "ذ": 1, "إ": 1, "ث": 0.7, "ض": 0.6, "ز": 0.6, "غ": 0.5, "ئ": 0.4, "ء": 0.4, "ظ": 0.2, "آ": 0.2, "ؤ": 0.2,
}  # fmt: skip
BAD, ODD, FOREIGN, MINE = -6.0, -1.0, 1.5, 0.3


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, and whether its stated charset was wrong."""

    text: str
    repaired: bool = False


@cache
def known(label: str) -> str | None:
    """Return Python's name of a charset, or None where the label says nothing."""
    name = label.strip().strip("\"'").lower().removeprefix("charset=")
    name = ALIASES.get(name, name) or ""
    try:
        found = codecs.lookup(name).name
        b"test".decode(found, "replace")  # refuses codecs that are not for text
    except (LookupError, ValueError):
        return None
    return None if found in REFUSED else found


def decode(raw: bytes, label: str | None = None) -> Text:
    """Decode by the stated charset, by UTF-8, or by what reads most like language; never raise."""
    stated = known(label[:40]) if label else None
    if raw.isascii() and (stated is None or not stateful(stated)):
        return Text(raw.decode("ascii"))
    plain = strict(raw, "utf-8")
    if plain is not None and (stated is None or single_byte(stated) or stated == "utf-8"):
        return Text(plain, stated not in ("utf-8", None))
    text = strict(raw, stated) if stated else None
    if text is not None and stated and not single_byte(stated):
        return Text(text)
    return guess(raw, stated)


def guess(raw: bytes, stated: str | None) -> Text:
    """Choose between single-byte charsets by how much the result reads like language."""
    names = [n for n in dict.fromkeys((stated, *TRIED)) if n and single_byte(n)]
    sample = raw[:4096]
    best = max(names, key=lambda n: likeness(sample.decode(n, "replace")) + MINE * (n == stated))
    return Text(raw.decode(best, "replace"), repaired=best != stated and not same(raw, best, stated))


def same(raw: bytes, best: str, stated: str | None) -> bool:
    """Say whether the stated charset gives the same text."""
    return stated is not None and strict(raw, stated) == strict(raw, best) is not None


def strict(raw: bytes, name: str) -> str | None:
    """Decode, or return None where a byte is impossible."""
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, UnicodeError):
        return None


@cache
def single_byte(name: str) -> bool:
    """Say whether every byte is a character by itself (ASCII counts)."""
    try:
        return len(b"\xe0\xe1".decode(name, "replace")) == 2 and not stateful(name) and name != "utf-8"
    except UnicodeError:
        return False


@cache
def stateful(name: str) -> bool:
    """Say whether ASCII bytes may mean other characters (UTF-7, UTF-16, ISO-2022, HZ)."""
    return name.startswith(("utf-7", "utf-16", "utf-32", "iso2022", "hz", "cp037", "cp500", "cp1140"))


def likeness(text: str) -> float:
    """Return how much the letters beyond ASCII read like language: the mean of their weights."""
    total, count = 0.0, 0
    for here, char in enumerate(text):
        if char > "\x7f":
            total += weight(char, in_latin(text, here))
            count += 1
    return total / count if count else 0.0


def in_latin(text: str, here: int) -> bool:
    """Say whether a letter of ASCII stands beside this place."""
    beside = text[max(here - 1, 0) : here] + text[here + 1 : here + 2]
    return any(c.isascii() and c.isalpha() for c in beside)


def weight(char: str, in_latin_word: bool) -> float:
    """Weigh one character: Arabic by frequency, Latin only inside a Latin word, junk below all."""
    if (share := FREQUENT.get(char)) is not None:
        return BAD if in_latin_word else math.log(share)
    kind = unicodedata.category(char)
    if char == "\ufffd" or kind == "Cc":
        return BAD
    if not kind.startswith("L"):
        return 0.0 if kind.startswith(("P", "Z", "M")) else ODD
    if "LATIN" in unicodedata.name(char, ""):
        return FOREIGN if in_latin_word else ODD
    return ODD if "ARABIC" in unicodedata.name(char, "") else FOREIGN
