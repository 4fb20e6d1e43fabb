"""How long a service asks us to wait, from its `Retry-After` header (RFC 9110, section 10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LEAST, MOST = timedelta(seconds=1), timedelta(hours=1)
LONGEST = 64  # characters: a header is a stranger's text


def retry_after(header: str | None, otherwise: timedelta = timedelta(seconds=30)) -> timedelta:
    """Return the wait that a header asks for, seconds or a date; junk and silence count as `otherwise`."""
    asked = read((header or "").strip()[:LONGEST])
    return otherwise if asked is None else min(max(asked, LEAST), MOST)


def read(text: str) -> timedelta | None:
    """Read seconds or a date; None is neither."""
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=int(text[:9]))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)
