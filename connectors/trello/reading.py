"""Read cards and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from connectors.trello.text import carrying

if TYPE_CHECKING:
    from connectors.trello.transport import Account

Rows = list[dict[str, Any]]
FIELDS = "name,desc,url"
PAGES, PAGE = 20, 50  # Trello's limits for the history of a card


async def cards_of_list(account: Account, list_: str) -> Rows:
    """Return the open cards of a list."""
    rows: Rows = await account.ask(account.api.lists.get_card, list_, fields=FIELDS)
    return rows


async def cards_of_board(account: Account, board: str, state: Literal["visible", "all"]) -> Rows:
    """Return the cards of a board: those that people see, or the archived ones too."""
    rows: Rows = await account.read(f"/boards/{board}/cards/{state}", fields=FIELDS)
    return rows


async def comment_with(account: Account, card: str, wanted: str) -> dict[str, Any] | None:
    """Find the comment with a mark, newest first."""
    for page in range(PAGES):
        rows = await account.read(f"/cards/{card}/actions", filter="commentCard", page=page)
        written = [{"id": row["id"], "text": row["data"].get("text", "")} for row in rows]
        if found := carrying(written, wanted, "text"):
            return dict(found)
        if len(rows) < PAGE:
            break
    return None
