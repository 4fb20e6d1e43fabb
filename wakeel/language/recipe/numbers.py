"""The engine words that count: retry, timeout, at_once."""

from __future__ import annotations

from datetime import timedelta

from wakeel.language.nodes import Mapping, Node, Scalar
from wakeel.language.plan import Retry
from wakeel.language.problems import Problems, near_names
from wakeel.language.readers import Unreadable, read, within
from wakeel.language.recipe.shapes import text

BAD_RETRY, BAD_AT_ONCE, BAD_RETRY_WORD = "W2306", "W2307", "W2308"
MOST_ATTEMPTS, MOST_AT_ONCE = 20, 50
SHORTEST, LONGEST = timedelta(seconds=1), timedelta(days=90)
RETRY_WORDS = ("times", "wait", "at_most")


def retry(node: Node, problems: Problems) -> Retry:
    """Read `none`, a number of attempts, or `{times, wait, at_most}`."""
    if isinstance(node, Mapping):
        return detailed_retry(node, problems)
    if isinstance(node, Scalar) and node.value == "none":
        return Retry(times=1)
    times = whole(node, 0, MOST_ATTEMPTS)
    if times is None:
        problems.add(BAD_RETRY, node.place)
    return Retry(times=None if times is None else max(times, 1))


def detailed_retry(node: Mapping, problems: Problems) -> Retry:
    """Read the three words of a detailed retry."""
    if not node.entries:
        problems.add(BAD_RETRY, node.place)
    for key, _value in node.entries:
        if key.value not in RETRY_WORDS:
            problems.add(BAD_RETRY_WORD, key.place, near_names(key.value, RETRY_WORDS), word=key.value)
    times, wait, most = (node.get(word) for word in RETRY_WORDS)
    count = whole(times, 0, MOST_ATTEMPTS) if times else None
    if times and count is None:
        problems.add(BAD_RETRY, times.place)
    return Retry(
        times=None if count is None else max(count, 1),
        wait=span(wait, "wait", problems) if wait else None,
        at_most=span(most, "at_most", problems) if most else None,
    )


def span(node: Node, key: str, problems: Problems) -> float | None:
    """Read a clock duration between a second and 90 days, in seconds."""
    found = text(node, key, problems)
    if found is None:
        return None
    try:
        length: timedelta = within("duration", found.value, SHORTEST, LONGEST)
    except Unreadable as error:
        problems.add(error.code, found.place_of(error.offset), **error.params)
        return None
    return length.total_seconds()


def at_once(node: Node | None, problems: Problems) -> int:
    """Read how many turns of a loop may run side by side."""
    count = 1 if node is None else whole(node, 1, MOST_AT_ONCE)
    if count is None and node is not None:
        problems.add(BAD_AT_ONCE, node.place, most=MOST_AT_ONCE)
    return count or 1


def whole(node: Node, least: int, most: int) -> int | None:
    """Return a whole number within bounds, or None."""
    try:
        count = read("whole number", node.value) if isinstance(node, Scalar) else None
    except Unreadable:
        return None
    return int(count) if count is not None and least <= count <= most else None
