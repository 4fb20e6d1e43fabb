"""The entries of a feed, out of its bytes; the reader is never given an address or a path."""

from __future__ import annotations

import calendar
import hashlib
import io
import re
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin

from pydantic import AwareDatetime, BaseModel, Field

from connectors.feed.fetching import Fetched
from wakeel.sdk import Rejected

MOST = 500  # entries of one feed
MOST_MARKS, MOST_SPACES = 100_000, 500  # tags and namespaces, which the reader is slow with
LONGEST_TEXT, LONGEST_HTML, LONGEST_LINE = 8_000, 200_000, 500  # characters
BLOCKS = "p, div, br, li, tr, h1, h2, h3, h4, h5, h6, blockquote, pre"
DROPPED = "script, style, head, template, svg, iframe, noscript"
SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")


class Entry(BaseModel):
    """An entry of a feed."""

    id: str = Field(description="Its id in the feed, or its address.")
    title: str = Field(description="Title, without markup.")
    url: str = Field(description="Address of the page; empty where there is none.")
    text: str = Field(description="What the feed says of it, as text, at most 8,000 characters.")
    author: str = Field(default="", description="Who wrote it.")
    tags: list[str] = Field(default=[], description="Its first 20 tags.")
    published_at: AwareDatetime | None = Field(default=None, description="When it was published, if the feed says so.")
    updated_at: AwareDatetime | None = Field(default=None, description="When it was changed, if the feed says so.")
    feed: str = Field(description="Address of the feed, as it is watched.")
    feed_title: str = Field(description="Title of the feed.")


def entries(fetched: Fetched, watched: str) -> list[Entry]:
    """Return the entries of a feed, the oldest first; a feed with mistakes is read as far as it can be."""
    import feedparser

    if fetched.body.count(b"<") > MOST_MARKS or fetched.body.count(b"xmlns") > MOST_SPACES:
        raise Rejected("the feed is too large to be read")
    parsed = feedparser.parse(
        io.BytesIO(fetched.body),  # bytes alone it would open as a path
        response_headers={"content-type": fetched.media_type},  # without a base: it would make addresses of ids
        resolve_relative_uris=False,  # these two read HTML by patterns that take minutes for hostile texts
        sanitize_html=False,
    )
    if not parsed.get("version") and not parsed.entries:
        raise Rejected("there is no RSS or Atom feed at this address")
    title = line(parsed.feed.get("title_detail"), parsed.feed.get("title"))
    return [entry_of(one, fetched.url, watched, title) for one in reversed(parsed.entries[:MOST])]


def entry_of(found: Any, base: str, watched: str, feed_title: str) -> Entry:
    """Return one entry."""
    url = address(found.get("link"), base)
    published, title = found.get("published", ""), line(found.get("title_detail"), found.get("title"))
    said = next(iter(found.get("content") or []), found.get("summary_detail"))
    return Entry(
        id=(found.get("id") or url or f"{title} {published}")[:LONGEST_LINE],
        title=title,
        url=url,
        text=text_of(said, found.get("summary"))[:LONGEST_TEXT],
        author=flat(found.get("author", "")),
        tags=[flat(tag.get("term") or "") for tag in found.get("tags", [])[:20]],
        published_at=moment(found.get("published_parsed")),
        updated_at=moment(found["updated_parsed"]) if "updated_parsed" in found else None,
        feed=watched,
        feed_title=feed_title,
    )


def key_of(entry: Entry) -> str:
    """Return what tells an entry apart from all others, however often it is read."""
    return hashlib.sha256(f"{entry.feed}\n{entry.id}".encode("utf-8", "replace")).hexdigest()[:32]


def address(link: str | None, base: str) -> str:
    """Return a link, if it leads to a web page."""
    try:
        whole = urljoin(base, link.strip()) if link else ""
    except ValueError:
        return ""
    return whole[:2048] if whole.lower().startswith(("http://", "https://")) else ""


def moment(parsed: struct_time | None) -> datetime | None:
    """Return a moment in UTC; a date that cannot be is none."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def line(detail: Any, plain: str | None) -> str:
    """Return a title on one line, without markup."""
    return flat(text_of(detail, plain))


def flat(text: str) -> str:
    """Return a text on one line that is not endless."""
    return " ".join(str(text).split())[:LONGEST_LINE]


def text_of(detail: Any, plain: str | None) -> str:
    """Return a text as a reader sees it."""
    value = str((detail or {}).get("value") or plain or "")[:LONGEST_HTML]
    if "html" not in str((detail or {}).get("type", "text/html")):
        return value.strip()
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(value)
    for node in tree.css(DROPPED):
        node.decompose()
    for node in tree.css(BLOCKS):
        node.insert_before("\n")
    lines = (SPACES.sub(" ", part).strip() for part in (tree.body.text() if tree.body else "").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
