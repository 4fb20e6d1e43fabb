"""What can be done to a card, and what that leaves in the history and among the effects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from wakeel.playground.board.ids import new_id, short_link
from wakeel.playground.board.state import Board, Json, found, position
from wakeel.playground.effects import timestamp

LONGEST = 16_384  # characters of a name or a description
FRESH: Json = {"closed": False, "due": None, "dueComplete": False, "start": None, "idMembers": [], "idLabels": []}
READERS: dict[str, Any] = {
    "name": str,
    "desc": str,
    "closed": lambda text: text == "true",
    "dueComplete": lambda text: text == "true",
    "due": lambda text: None if text in ("", "null") else text,
    "start": lambda text: None if text in ("", "null") else text,
    "idLabels": lambda text: [part for part in text.split(",") if part],
    "idMembers": lambda text: [part for part in text.split(",") if part],
    "idList": str,
}


def create(board: Board, sent: Mapping[str, str]) -> Json:
    """Make a card in a list that is open."""
    home = board.open_list(sent["idList"])
    link, number = short_link(), len(board.cards) + 1
    address = {"shortLink": link, "shortUrl": f"{board.origin}/c/{link}", "url": f"{board.origin}/c/{link}/{number}"}
    card = {"id": new_id(), "name": "", "desc": "", "idShort": number, "idBoard": home["idBoard"]} | FRESH | address
    card |= values(board, sent) | {"idList": home["id"], "dateLastActivity": timestamp()}
    card["pos"] = position((c for c in board.cards.values() if c["idList"] == home["id"]), sent.get("pos", ""))
    board.cards[card["id"]] = card
    if sent.get("urlSource"):
        link_to(board, card, sent["urlSource"], "")
    board.note("createCard", board.about(card))
    board.effects.add("trello.card_created", board.payload(card))
    return card


def update(board: Board, card: Json, sent: Mapping[str, str]) -> Json:
    """Change what differs; a request that changes nothing leaves no trace."""
    new = {name: value for name, value in values(board, sent).items() if card[name] != value}
    if new.get("idList"):
        new["idBoard"] = board.open_list(new["idList"])["idBoard"]
    if "pos" in sent:
        new["pos"] = position((c for c in board.cards.values() if c["idList"] == card["idList"]), sent["pos"])
    old = {name: card[name] for name in new if card[name] != new[name]}
    if old:
        before = board.lists[card["idList"]]
        card |= new | {"dateLastActivity": timestamp()}
        moved = {"listBefore": before, "listAfter": board.lists[card["idList"]]} if "idList" in old else {}
        board.note(
            "updateCard",
            board.about(card, old=old, **{n: {"id": r["id"], "name": r["name"]} for n, r in moved.items()}),
        )
        board.effects.add("trello.card_updated", board.payload(card, changed={n: new[n] for n in old}))
    return card


def add_label(board: Board, card: Json, label: str) -> list[str]:
    """Put a label on a card; one that is on it already is refused, as Trello does."""
    if label in card["idLabels"]:
        raise web.HTTPBadRequest(text="that label is already on the card")
    update(board, card, {"idLabels": ",".join([*card["idLabels"], label])})
    return list(card["idLabels"])


def comment(board: Board, card: Json, text: str) -> Json:
    """Write under a card."""
    made = board.note("commentCard", board.about(card, text=text))
    board.effects.add(
        "trello.comment_added", {"id": made["id"], "text": text, "card": card["id"], "name": card["name"]}
    )
    return made


def link_to(board: Board, card: Json, url: str, name: str) -> Json:
    """Attach an address to a card."""
    return attach(board, card, {"url": url, "name": name or url, "isUpload": False, "bytes": None, "mimeType": ""})


def attach(board: Board, card: Json, what: Json) -> Json:
    """Attach a file or an address to a card."""
    made = {"id": new_id(), "date": timestamp()} | what
    board.attachments.setdefault(card["id"], []).append(made)
    board.note("addAttachmentToCard", board.about(card, attachment={key: made[key] for key in ("id", "name", "url")}))
    board.effects.add("trello.card_updated", board.payload(card, changed={"attachment": made}))
    return made


def values(board: Board, sent: Mapping[str, str]) -> Json:
    """Read the fields of a request; refuse what is too long, and labels and people that are not there."""
    read = {name: reader(sent[name]) for name, reader in READERS.items() if name in sent}
    for name in ("name", "desc"):
        if len(read.get(name, "")) > LONGEST:
            raise web.HTTPBadRequest(text=f"invalid value for {name}")
    for label in read.get("idLabels", []):
        found(board.labels, label, 400, "invalid value for idLabels")
    for member in read.get("idMembers", []):
        found(board.members, member, 400, "invalid value for idMembers")
    return read
