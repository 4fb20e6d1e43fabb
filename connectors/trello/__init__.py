"""Trello: cards on boards, through the package `trello` behind a transport of our own."""

from connectors.trello.cards import create_card, upsert_card
from connectors.trello.connection import trello
from connectors.trello.existing import add_comment, add_label, archive_card, attach_link, find_cards

__all__ = [
    "add_comment",
    "add_label",
    "archive_card",
    "attach_link",
    "create_card",
    "find_cards",
    "trello",
    "upsert_card",
]
