"""Text for Trello: inert where it comes from strangers, cut to what fits, and marked so that it can be found again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

LONGEST, LONGEST_NAME = 16_384, 512  # characters; Trello's own limit, and ours for what is one line
ACTIVE = re.compile(
    r"(?P<url>https?://[^\s\[\]()<>`*\\|]+)"  # stays whole: Trello makes a link of it
    r"|(?P<at>(?<!\w)@(?=\w))"  # would call people
    r"|(?P<before>^[ \t]*(?=[#>+=-])|(?<=\bwk)(?=:))"  # a heading, a quote, a list; a mark like ours
    r"|[\\`*~\[\]<]|(?<![^\W_])_|_(?![^\W_])",
    re.MULTILINE,
)


def inert(text: str) -> str:
    """Take the meaning out of Markdown, mentions and our own marks; what is read on the card stays the same."""
    return ACTIVE.sub(quoted, printable(text))


def quoted(found: re.Match[str]) -> str:
    """Quote what Trello, or a search for our marks, would act on."""
    if found["url"]:
        return found[0]
    if found["at"]:
        return "＠"  # a backslash does not keep Trello from a mention
    return f"{found[0]}\\" if found["before"] is not None else f"\\{found[0]}"


def title(text: str) -> str:
    """Return text as a name: one line, which Trello shows without Markdown."""
    line = " ".join(printable(text).split()).replace("](", "] (")
    return cut(line, LONGEST_NAME)


def printable(text: str) -> str:
    """Drop control characters, but line ends and tabs, and halves of characters."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff"))


def cut(text: str, most: int) -> str:
    """Shorten with an ellipsis; a backslash is never left alone at the end."""
    return text if len(text) <= most else text[: most - 1].rstrip("\\ \n") + "…"


def mark(key: str, kind: str = "") -> str:
    """Return the mark of a key, or of a thread: a hash, for whoever sees the card may read it."""
    return f"wk:{kind}{hashlib.sha256(key.encode()).hexdigest()[:20]}"


def signed(text: str, *marks: str) -> str:
    """Return inert text that ends with its marks, short enough for a card or a comment."""
    end = " ".join(marks)
    body = cut(inert(text).strip(), LONGEST - len(end) - 2)
    return f"{body}\n\n{end}" if body else end


def carrying(rows: Iterable[Any], wanted: str, field: str = "desc") -> Any | None:
    """Return the newest row with a mark; Trello's ids begin with the time."""
    found = [row for row in rows if wanted in row[field].split()]
    return max(found, key=lambda row: str(row["id"]), default=None)
