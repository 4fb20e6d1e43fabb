"""Read the history of a board or a card the way Trello lets it be read: newest first, by kind, since a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wakeel.playground.board.state import Json


def select(actions: Iterable[Json], asked: Mapping[str, str], default: str = "all") -> list[Json]:
    """Return the newest actions that fit `filter`, `since` and `before`, at most `limit` (50)."""
    limit, skipped = int(float(asked.get("limit", "50"))), int(float(asked.get("page", "0")))
    newest = sorted(fits(actions, asked, default), key=lambda action: str(action["id"]), reverse=True)
    return newest[skipped * limit : (skipped + 1) * limit]


def fits(actions: Iterable[Json], asked: Mapping[str, str], default: str) -> Iterator[Json]:
    """Yield the actions that were asked for."""
    kinds = [kind.strip() for kind in asked.get("filter", default).split(",")]
    for action in actions:
        if any(is_kind(action, kind) for kind in kinds) and lies_between(action, asked):
            yield action


def is_kind(action: Json, kind: str) -> bool:
    """Say whether an action is of a kind: `all`, `commentCard`, or `updateCard:idList` for one field of an update."""
    name, _, changed = kind.partition(":")
    if name == "all":
        return True
    return action["type"] == name and (not changed or changed in action["data"].get("old", {}))


def lies_between(action: Json, asked: Mapping[str, str]) -> bool:
    """Say whether an action lies after `since` and before `before`; each is an action's id or a moment."""
    since, before = asked.get("since", ""), asked.get("before", "")
    return (not since or mark(action, since) > since) and (not before or mark(action, before) < before)


def mark(action: Json, like: str) -> str:
    """Return the action's date where a moment was given, else its id."""
    return str(action["date"] if "-" in like else action["id"])
