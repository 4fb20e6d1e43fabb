"""The calls of Trello's REST API that the board answers; each takes the state and the fields that were sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web

from wakeel.playground.board import cards, history
from wakeel.playground.board.ids import new_id
from wakeel.playground.board.state import ME, Board, Json, found

Fields = dict[str, Any]
Handler = Callable[[Board, Fields], Any]
ROUTES: list[tuple[str, str, Handler]] = []


def call(method: str, path: str) -> Callable[[Handler], Handler]:
    """Register a handler for a call."""

    def register(handler: Handler) -> Handler:
        ROUTES.append((method, path, handler))
        return handler

    return register


def picked(row: Json, asked: Fields) -> Json:
    """Return the asked fields of a row, and always its id."""
    names = asked.get("fields", "all")
    return row if names == "all" else {key: row[key] for key in ("id", *names.split(",")) if key in row}


def in_state(rows: Iterable[Json], state: str) -> list[Json]:
    """Return the rows that are open, closed, or all."""
    return [row for row in rows if state == "all" or row["closed"] == (state == "closed")]


@call("GET", "/members/{id}")
def member(_board: Board, _asked: Fields) -> Json:
    """Tell who is signed in."""
    return ME


@call("GET", "/members/{id}/boards")
def boards(board: Board, asked: Fields) -> list[Json]:
    """List the boards of the account."""
    return [picked(row, asked) for row in in_state(board.boards.values(), asked.get("filter", "all"))]


@call("GET", "/boards/{id}")
def one_board(board: Board, asked: Fields) -> Json:
    """Return a board."""
    return picked(found(board.boards, asked["id"]), asked)


@call("GET", "/boards/{id}/lists")
@call("GET", "/boards/{id}/lists/{filter}")
def lists(board: Board, asked: Fields) -> list[Json]:
    """List the lists of a board, by default those that are open."""
    owner = found(board.boards, asked["id"])["id"]
    here = (row for row in board.lists.values() if row["idBoard"] == owner)
    return [picked(row, asked) for row in in_order(in_state(here, asked.get("filter", "open")))]


@call("GET", "/boards/{id}/labels")
def labels(board: Board, asked: Fields) -> list[Json]:
    """List the labels of a board."""
    owner = found(board.boards, asked["id"])["id"]
    here = [picked(row, asked) for row in board.labels.values() if row["idBoard"] == owner]
    return here[: int(asked.get("limit", 50))]


@call("GET", "/boards/{id}/members")
def members(board: Board, asked: Fields) -> list[Json]:
    """List the people of a board."""
    found(board.boards, asked["id"])
    return list(board.members.values())


@call("GET", "/boards/{id}/cards")
@call("GET", "/boards/{id}/cards/{filter}")
def cards_of_board(board: Board, asked: Fields) -> list[Json]:
    """List the cards of a board; the visible ones are open and in a list that is open."""
    owner, state = found(board.boards, asked["id"])["id"], asked.get("filter", "visible")
    here = (card for card in board.cards.values() if card["idBoard"] == owner)
    if state == "visible":
        here = (card for card in here if not board.lists[card["idList"]]["closed"])
    return [picked(board.shown(card), asked) for card in in_state(here, "open" if state == "visible" else state)]


@call("GET", "/boards/{boardId}/actions")
def history_of_board(board: Board, asked: Fields) -> list[Json]:
    """List what was done on a board."""
    owner = found(board.boards, asked["boardId"])["id"]
    here = (action for action in board.actions if action["data"].get("board", {}).get("id") == owner)
    return [picked(action, asked) for action in history.select(here, asked)]


@call("POST", "/lists")
def make_list(board: Board, sent: Fields) -> Json:
    """Make a list."""
    return board.add_list(sent["idBoard"], sent["name"], sent.get("pos", "top"))


@call("GET", "/lists/{id}")
def one_list(board: Board, asked: Fields) -> Json:
    """Return a list."""
    return picked(found(board.lists, asked["id"]), asked)


@call("PUT", "/lists/{id}")
def change_list(board: Board, sent: Fields) -> Json:
    """Rename a list, archive it or bring it back."""
    chosen = found(board.lists, sent["id"])
    chosen |= {
        "name": sent.get("name", chosen["name"]),
        "closed": sent.get("closed", str(chosen["closed"])).lower() == "true",
    }
    return chosen


@call("GET", "/lists/{id}/cards")
def cards_of_list(board: Board, asked: Fields) -> list[Json]:
    """List the open cards of a list."""
    home = found(board.lists, asked["id"])["id"]
    here = in_state((card for card in board.cards.values() if card["idList"] == home), "open")
    return [picked(board.shown(card), asked) for card in in_order(here)]


@call("POST", "/cards")
def make_card(board: Board, sent: Fields) -> Json:
    """Make a card."""
    return board.shown(cards.create(board, sent))


@call("GET", "/cards/{id}")
def one_card(board: Board, asked: Fields) -> Json:
    """Return a card."""
    return picked(board.shown(found(board.cards, asked["id"])), asked)


@call("PUT", "/cards/{id}")
def change_card(board: Board, sent: Fields) -> Json:
    """Change a card, archive it or move it."""
    return board.shown(cards.update(board, found(board.cards, sent["id"]), sent))


@call("GET", "/cards/{id}/actions")
def history_of_card(board: Board, asked: Fields) -> list[Json]:
    """List what was done to a card, by default comments and moves."""
    card = found(board.cards, asked["id"])["id"]
    here = (action for action in board.actions if action["data"].get("card", {}).get("id") == card)
    return history.select(here, asked, "commentCard,updateCard:idList")


@call("POST", "/cards/{id}/actions/comments")
def comment(board: Board, sent: Fields) -> Json:
    """Write under a card."""
    return cards.comment(board, found(board.cards, sent["id"]), sent["text"])


@call("GET", "/cards/{id}/attachments")
def attachments(board: Board, asked: Fields) -> list[Json]:
    """List what is attached to a card."""
    return [picked(row, asked) for row in board.attachments.get(found(board.cards, asked["id"])["id"], [])]


@call("POST", "/cards/{id}/attachments")
def attach(board: Board, sent: Fields) -> Json:
    """Attach a file or an address."""
    card, file = found(board.cards, sent["id"]), sent.get("file")
    if isinstance(file, web.FileField):
        kept = {"bytes": len(file.file.read()), "mimeType": file.content_type, "isUpload": True}
        name = sent.get("name") or file.filename
        return cards.attach(board, card, {"name": name, "url": f"{card['url']}/download/{name}"} | kept)
    if not sent.get("url"):
        raise web.HTTPBadRequest(text="Must provide either url or file")
    return cards.link_to(board, card, sent["url"], sent.get("name", ""))


@call("POST", "/cards/{id}/idLabels")
def label_card(board: Board, sent: Fields) -> list[str]:
    """Put a label on a card."""
    label = found(board.labels, sent.get("value", ""), 400, "invalid value for value")
    return cards.add_label(board, found(board.cards, sent["id"]), label["id"])


@call("DELETE", "/cards/{id}/idLabels/{idLabel}")
def unlabel_card(board: Board, sent: Fields) -> list[str]:
    """Take a label off a card."""
    card = found(board.cards, sent["id"])
    left = [label for label in card["idLabels"] if label != sent["idLabel"]]
    return list(cards.update(board, card, {"idLabels": ",".join(left)})["idLabels"])


@call("POST", "/labels")
def make_label(board: Board, sent: Fields) -> Json:
    """Make a label."""
    return board.add_label(sent["idBoard"], sent["name"], sent["color"])


@call("POST", "/checklists")
def make_checklist(board: Board, sent: Fields) -> Json:
    """Put a checklist on a card."""
    card = found(board.cards, sent["idCard"])
    made: Json = {"id": new_id(), "name": sent.get("name", ""), "idCard": card["id"], "checkItems": []}
    board.checklists[made["id"]] = made
    return made


@call("GET", "/cards/{id}/checklists")
def checklists(board: Board, asked: Fields) -> list[Json]:
    """List the checklists of a card."""
    return [row for row in board.checklists.values() if row["idCard"] == asked["id"]]


@call("POST", "/checklists/{id}/checkItems")
def make_item(board: Board, sent: Fields) -> Json:
    """Add an item to a checklist."""
    state = "complete" if sent.get("checked") == "true" else "incomplete"
    made: Json = {"id": new_id(), "name": sent["name"], "state": state, "idChecklist": sent["id"]}
    found(board.checklists, sent["id"])["checkItems"].append(made)
    return made


def in_order(rows: Iterable[Json]) -> list[Json]:
    """Return rows as they stand on the board, from the top."""
    return sorted(rows, key=lambda row: float(row["pos"]))
