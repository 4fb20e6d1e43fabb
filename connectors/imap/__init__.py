"""IMAP: know of new mail at once, and label, move, find and read it."""

from connectors.imap import actions, received
from connectors.imap.account import imap

__all__ = ["actions", "imap", "received"]
