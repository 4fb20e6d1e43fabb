"""`feed.new_entry`: each new entry once, asked for politely."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from connectors.feed.connection import classify, feed
from connectors.feed.fetching import fetch
from connectors.feed.reading import Entry, entries, key_of
from wakeel.sdk import ConnectorError, Event, Since

if TYPE_CHECKING:
    from httpx2 import AsyncClient

EVERY = timedelta(minutes=15)
REMEMBERED = 2_000  # entries of one feed, the youngest
WEB = r"^[hH][tT][tT][pP][sS]?://\S+$"


class NewEntry(BaseModel):
    """Which feeds to read."""

    url: str = Field(pattern=WEB, max_length=2048, description="Address of the RSS or Atom feed.")
    urls: list[str] = Field(default=[], description="Addresses of further feeds.")


class FeedSeen(BaseModel):
    """What one feed held: its entries by a short hash, and what asks for changes only."""

    etag: str = ""
    modified: str = ""
    known: list[str] = []


class Cursor(BaseModel):
    """What every watched feed held."""

    feeds: dict[str, FeedSeen] = {}


@feed.poll(every=EVERY, event=Entry, cursor=Cursor)
async def new_entry(args: NewEntry, since: Since[AsyncClient, Cursor]) -> tuple[list[Event[Entry]], Cursor]:
    """Start a run for each new entry of a feed.

    Example:
        feed.new_entry:
          url: https://example.com/feed.xml
    """
    before, after = since.cursor or Cursor(), Cursor()
    events, trouble = list[Event[Entry]](), list[Exception]()
    for url in dict.fromkeys((args.url, *args.urls)):
        known = before.feeds.get(url)
        try:
            found, after.feeds[url] = await looked(url, known, since.client)
        except Exception as fault:
            if not isinstance(fault, ConnectorError) and classify(fault) is None:
                raise
            trouble.append(fault)
            after.feeds |= {url: known} if known else {}
            continue
        events += [Event(f"e:{key_of(entry)}", entry) for entry in found]
    if trouble and after == before:
        raise trouble[0]
    return events, after


async def looked(url: str, seen: FeedSeen | None, client: AsyncClient) -> tuple[list[Entry], FeedSeen]:
    """Read one feed, if it changed; the first look remembers and tells of nothing."""
    old = seen or FeedSeen()
    fetched = await fetch(client, url, old.etag, old.modified)
    if fetched is None:
        return [], old
    there = {key_of(entry)[:12]: entry for entry in await asyncio.to_thread(entries, fetched, url)}
    fresh = {key: entry for key, entry in there.items() if key not in set(old.known)}
    known = [*(key for key in old.known if key not in there), *there]
    now = FeedSeen(etag=fetched.etag, modified=fetched.modified, known=known[-REMEMBERED:])
    return list(fresh.values()) if seen else [], now


def fits(args: NewEntry, entry: Entry) -> bool:
    """Say whether an entry is of a feed that one activation asked for."""
    return entry.feed in {args.url, *args.urls}


def merge(asked: list[NewEntry]) -> NewEntry:
    """Make one watch of all that activations ask for."""
    first, *rest = dict.fromkeys(url for args in asked for url in (args.url, *args.urls))
    return NewEntry(url=first, urls=rest)


new_entry.fits, new_entry.merge = fits, merge
