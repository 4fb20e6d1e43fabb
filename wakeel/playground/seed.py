"""What a new playground holds: one board, one workspace, and the people of a small bakery."""

from __future__ import annotations

from wakeel.playground.board.state import Board, Json
from wakeel.playground.chat.state import Chat

LISTS = ("Inbox", "Doing", "Done")
LABELS = {"urgent": "red", "important": "yellow", "later": "blue", "promo": "green", "support": "purple"}


def furnish_board(board: Board) -> tuple[Json, Json]:
    """Make the board "Nour Bakery" with its lists, labels and people; return it and its first list."""
    made = board.add_board("Nour Bakery")
    lists = [board.add_list(made["id"], name) for name in LISTS]
    for name, color in LABELS.items():
        board.add_label(made["id"], name, color)
    board.add_member("mona", "Mona")
    board.add_member("nour", "نور")
    return made, lists[0]


def furnish_chat(chat: Chat) -> Json:
    """Make the people and the channels; return #alerts."""
    chat.add_user("mona", "Mona", "mona@example.com")
    chat.add_user("nour", "نور", "nour@example.com")
    alerts = chat.add_channel("alerts")
    chat.add_channel("general")
    chat.add_channel("owners-only", member=False)
    return alerts
