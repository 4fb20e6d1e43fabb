"""Feeds: RSS and Atom of the open internet."""

from connectors.feed import watching
from connectors.feed.connection import feed

__all__ = ["feed", "watching"]
