"""What is on the boards: lists, labels, cards and the history of what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from wakeel.playground.board.ids import new_id, short_link
from wakeel.playground.effects import Effects, timestamp

Json = dict[str, Any]
Table = dict[str, Json]
ME: Json = {"id": new_id(), "username": "wakeel", "fullName": "Wakeel Playground", "initials": "WP"}


@dataclass
class Board:
    """The state of the whole service, and the rules that Trello keeps."""

    effects: Effects = field(default_factory=Effects)
    origin: str = "https://trello.example"
    boards: Table = field(default_factory=dict[str, Json])
    members: Table = field(default_factory=lambda: {ME["id"]: ME})
    lists: Table = field(default_factory=dict[str, Json])
    labels: Table = field(default_factory=dict[str, Json])
    cards: Table = field(default_factory=dict[str, Json])
    checklists: Table = field(default_factory=dict[str, Json])
    attachments: dict[str, list[Json]] = field(default_factory=dict[str, list[Json]])  # by card
    actions: list[Json] = field(default_factory=list[Json])  # oldest first

    def add_board(self, name: str) -> Json:
        """Make a board."""
        link = short_link()
        made: Json = {"id": new_id(), "name": name, "desc": "", "closed": False, "shortLink": link}
        self.boards[made["id"]] = made | {"url": f"{self.origin}/b/{link}", "shortUrl": f"{self.origin}/b/{link}"}
        return self.boards[made["id"]]

    def add_list(self, board: str, name: str, place: str = "") -> Json:
        """Make a list at the end (or at the top) of a board."""
        owner = found(self.boards, board)
        made = {"id": new_id(), "name": name, "closed": False, "idBoard": owner["id"]}
        self.lists[made["id"]] = made | {"pos": position(self.lists.values(), place)}
        self.note("createList", {"list": ref(made), "board": ref(owner)})
        return self.lists[made["id"]]

    def add_label(self, board: str, name: str, color: str | None) -> Json:
        """Make a label of a board."""
        made = {"id": new_id(), "idBoard": found(self.boards, board)["id"], "name": name, "color": color or None}
        self.labels[made["id"]] = made
        return made

    def add_member(self, username: str, full_name: str) -> Json:
        """Invite a person to every board."""
        made = {"id": new_id(), "username": username, "fullName": full_name}
        self.members[made["id"]] = made
        return made

    def archive_list(self, list_id: str, closed: bool = True) -> None:
        """Archive a list, or bring it back."""
        found(self.lists, list_id)["closed"] = closed

    def open_list(self, list_id: str) -> Json:
        """Return a list that takes cards; how Trello words its refusal of an archived one is not verified."""
        chosen = found(self.lists, list_id, 400, "invalid value for idList")
        if chosen["closed"]:
            raise web.HTTPBadRequest(text="the list is archived")
        return chosen

    def shown(self, card: Json) -> Json:
        """Return a card as Trello shows it, with its labels written out."""
        kept = self.attachments.get(card["id"], [])
        comments = sum(a["type"] == "commentCard" and a["data"]["card"]["id"] == card["id"] for a in self.actions)
        labels = [self.labels[i] for i in card["idLabels"] if i in self.labels]
        return card | {"labels": labels, "badges": {"attachments": len(kept), "comments": comments}}

    def note(self, kind: str, data: Json) -> Json:
        """Add to the history what was done."""
        creator = {"idMemberCreator": ME["id"], "memberCreator": ME}
        self.actions.append({"id": new_id(), "type": kind, "date": timestamp(), "data": data} | creator)
        return self.actions[-1]

    def about(self, card: Json, **more: Any) -> Json:
        """Return what the history says of a card."""
        names = {key: card[key] for key in ("id", "name", "shortLink", "idShort")}
        home = {"board": ref(self.boards[card["idBoard"]]), "list": ref(self.lists[card["idList"]])}
        return {"card": names} | home | more

    def payload(self, card: Json, **more: Any) -> Json:
        """Return what an effect says of a card."""
        names = {"list": self.lists[card["idList"]]["name"], "board": self.boards[card["idBoard"]]["name"]}
        return self.shown(card) | names | more


def found(
    table: Mapping[str, Json], key: str, status: int = 404, text: str = "The requested resource was not found."
) -> Json:
    """Return a row by its id, or refuse as Trello does."""
    row = table.get(key)
    if row is None:
        raise (web.HTTPNotFound(text=text) if status == 404 else web.HTTPBadRequest(text=text))
    return row


def ref(row: Json) -> Json:
    """Return a row's id and name."""
    return {"id": row["id"], "name": row["name"]}


def position(siblings: Iterable[Json], place: str = "") -> float:
    """Return the place of a newcomer: top, bottom (which is the default) or a number."""
    taken = [float(row["pos"]) for row in siblings]
    match place:
        case "" | "bottom":
            return max(taken, default=0) + 16384
        case "top":
            return min(taken, default=16384) / 2
        case _:
            return float(place)
