"""Find boards, lists, labels and people by what a person writes: an id, a unique name, or `Board / List`."""

from __future__ import annotations

import asyncio
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from wakeel.sdk import Rejected

if TYPE_CHECKING:
    from connectors.trello.transport import Account

FRESH = 300  # seconds: Trello allows 100 reads of /members in 900 s
COLOR = "sky"  # of a label that we make
NAMED = 5  # candidates in a message
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Place:
    """A list on a board."""

    id: str
    name: str
    board: str
    board_name: str = ""
    closed: bool = False

    def called(self, text: str) -> bool:
        """Say whether a person may mean this list."""
        return folded(text) in {folded(self.name), folded(self.title)}

    @property
    def title(self) -> str:
        """Return the name that no other list should have."""
        return f"{self.board_name} / {self.name}"


async def first_open(account: Account, list_: str, fallback: str | None = None) -> Place:
    """Return the list, or the fallback where it is archived; raises Rejected when no card can go in."""
    place = await find_list(account, list_)
    if place.closed and fallback:
        place = await find_list(account, fallback)
    if place.closed:
        raise Rejected(f"the list “{place.name}” is archived; bring it back in Trello or choose another one")
    return place


async def find_list(account: Account, text: str) -> Place:
    """Return a list as it is now, archived or not; raises Rejected for a name that nobody or several have."""
    return await read_list(account, text if is_id(text) else (await one_list(account, text)).id)


async def read_list(account: Account, id_: str) -> Place:
    """Read a list by its id."""
    row = await account.ask(account.api.lists.get, id_, fields="name,closed,idBoard")
    return Place(row["id"], row["name"], row["idBoard"], closed=row["closed"])


async def one_list(account: Account, text: str) -> Place:
    """Choose among the known lists, those that are open before those that are archived."""
    for anew in (False, True):
        found = [place for place in await lists(account, anew=anew) if place.called(text)]
        found = [place for place in found if not place.closed] or found[:1]
        if found:
            return only(found, text, [place.title for place in found])
    raise Rejected(f"there is no list “{text}” that this account can see")


async def find_board(account: Account, text: str) -> str:
    """Return a board's id; raises Rejected for a name that nobody or several have."""
    if is_id(text):
        return text
    found = [row for row in await boards(account) if folded(row["name"]) == folded(text)]
    if not found:
        raise Rejected(f"there is no board “{text}” that this account can see")
    return str(only(found, text, [f"{row['name']} ({row['id']})" for row in found])["id"])


async def lists(account: Account, *, anew: bool) -> list[Place]:
    """Return the lists of all open boards, read at most every few minutes, or anew."""
    known: tuple[float, list[Place]] = account.known.get("lists", (-FRESH, []))
    if not anew and time.monotonic() - known[0] < FRESH:
        return known[1]
    rows = await boards(account)
    read = await asyncio.gather(*(lists_of(account, row) for row in rows))
    account.known["lists"] = (time.monotonic(), [place for some in read for place in some])
    return await lists(account, anew=False)


async def boards(account: Account) -> list[dict[str, Any]]:
    """Return the open boards that the account is a member of."""
    rows: list[dict[str, Any]] = await account.ask(account.api.members.get_board, "me", filter="open", fields="name")
    return rows


async def lists_of(account: Account, board: dict[str, Any]) -> list[Place]:
    """Return all lists of a board."""
    rows = await account.ask(account.api.boards.get_list, board["id"], filter="all", fields="name,closed")
    return [Place(row["id"], row["name"], board["id"], board["name"], row["closed"]) for row in rows]


async def label_id(account: Account, board: str, text: str) -> str:
    """Return the id of a board's label, which is made if there is none of that name."""
    if is_id(text):
        return text
    rows = await account.ask(account.api.boards.get_label, board, limit=1000)
    named = sorted(row["id"] for row in rows if folded(row["name"]) == folded(text))
    if named:
        return str(named[0])  # the eldest: two runs may have made one each
    made = await account.ask(account.api.labels.new, " ".join(text.split()), COLOR, board)
    return str(made["id"])


async def member_id(account: Account, board: str, text: str) -> str:
    """Return the id of a board's member, by user name or full name."""
    if is_id(text):
        return text
    rows = await account.ask(account.api.boards.get_member, board)
    wanted = folded(text.removeprefix("@"))
    found = [row for row in rows if wanted in {folded(row["username"]), folded(row["fullName"])}]
    if not found:
        raise Rejected(f"nobody on this board is called “{text}”")
    return str(only(found, text, [f"@{row['username']}" for row in found])["id"])


def only(found: list[Row], text: str, names: Iterable[str]) -> Row:
    """Return the only candidate; several are refused with their names."""
    if len(found) > 1:
        raise Rejected(f"“{text}” may be any of: {', '.join(list(names)[:NAMED])}; write which one")
    return found[0]


def is_id(text: str) -> bool:
    """Say whether a text is one of Trello's ids."""
    return len(text) == 24 and all(c in "0123456789abcdefABCDEF" for c in text)


def folded(text: str) -> str:
    """Return a name as it is compared: without regard to case, spaces and composition."""
    return " ".join(unicodedata.normalize("NFC", text).replace("/", " / ").split()).casefold()
