"""Gather what the page shows from the four services."""

from __future__ import annotations

from wakeel.playground.board.state import Board
from wakeel.playground.calendar import CalendarServer
from wakeel.playground.chat.state import Chat
from wakeel.playground.effects import Effects
from wakeel.playground.render import Json, Scene

MOST = 50  # rows of each kind


def look_at(board: Board, chat: Chat, calendar: CalendarServer, effects: Effects) -> Scene:
    """Return what there is to see now."""
    return Scene(mails(effects), lists(board), messages(chat), events(calendar))


def mails(effects: Effects) -> list[Json]:
    """Return the mails, newest first."""
    taken = [mail | {"place": place} for place, mail in enumerate(effects.of("mail.accepted"))]
    return taken[: -MOST - 1 : -1]


def lists(board: Board) -> list[tuple[Json, list[Json]]]:
    """Return the open lists with their open cards, newest first."""
    shown = [row for row in board.lists.values() if not row["closed"]]
    cards = [board.shown(card) for card in reversed(board.cards.values()) if not card["closed"]]
    return [(row, [card for card in cards if card["idList"] == row["id"]][:MOST]) for row in shown]


def messages(chat: Chat) -> list[tuple[str, Json]]:
    """Return the messages of all channels, newest first."""
    written = [(channel, message) for channel, some in chat.messages.items() for message in some]
    newest = sorted(written, key=lambda pair: str(pair[1]["ts"]), reverse=True)[:MOST]
    return [(name_of(chat, channel), message) for channel, message in newest]


def name_of(chat: Chat, channel: str) -> str:
    """Return what people call a channel, or the person of a direct conversation."""
    known = chat.channels[channel]
    return f"#{known['name']}" if "name" in known else f"@{chat.users[known['user']]['real_name']}"


def events(calendar: CalendarServer) -> list[Json]:
    """Return the appointments in order of time."""
    return sorted((dict(event) for event in calendar.events.values()), key=lambda event: str(event["start"]))[:MOST]
