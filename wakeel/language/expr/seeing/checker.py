"""The checker of one expression: one seer for each kind of node, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from wakeel.language.expr.paths import covers, path_of
from wakeel.language.expr.problem import Report
from wakeel.language.expr.scope import Scope, Seen
from wakeel.language.expr.tree import Parsed
from wakeel.language.kinds import (
    ANY,
    JOINABLE,
    Field,
    Type,
    fields_of,
    term,
)
from wakeel.language.problems import listed

INTO_TEXT = {"moment": "date", "date": "date", "time": "time", "list": 'join(", ")'}
UNKNOWN = Seen(ANY)


class Checker:
    """Checks one expression; narrower scopes hold inside `and`, `or` and `if`."""

    def __init__(self, parsed: Parsed, text: str, scope: Scope, report: Report) -> None:
        self.parsed = parsed
        self.text = text
        self.scope = scope
        self.report = report

    def see(self, node: nodes.Node, proving: frozenset[str] = frozenset()) -> Seen:
        """Return what a node gives, where more paths may be proven present; report what is wrong."""
        outer = self.scope
        self.scope = outer.proving(proving)
        try:
            return SEERS[type(node)](self, node)
        finally:
            self.scope = outer

    def note(self, node: nodes.Node, code: str, near: tuple[str, ...] = (), **params: object) -> Seen:
        """Report a problem with a whole node; nothing more is known of it."""
        self.report(self.parsed.problem(node, code, near, **params))
        return UNKNOWN

    def source(self, node: nodes.Node) -> str:
        """Return the part of the text that a node was read from."""
        place = self.parsed.problem(node, "")
        return self.text[place.offset : place.offset + place.length]

    def need(self, seen: Seen, node: nodes.Node) -> Type:
        """Return the type of a value that must be there."""
        if seen.missing:
            code = "W3038" if guardable(seen.missing) else "W3057"
            self.note(node, code, name=seen.missing)
        return seen.type

    def needed(self, node: nodes.Node, proving: frozenset[str] = frozenset()) -> Type:
        """Return the type of a node whose value must be there."""
        return self.need(self.see(node, proving), node)

    def yes_or_no(self, node: nodes.Node, word: str, proving: frozenset[str] = frozenset()) -> None:
        """Check that a node is a condition."""
        found = self.needed(node, proving)
        if found.kind not in ("yes/no", "any"):
            self.note(node, "W3043", word=word, kind=term(found))

    def join(self, node: nodes.Node) -> None:
        """Check that a node's value is there and joins a text in one way only."""
        found = self.needed(node)
        if found.kind not in JOINABLE:
            known = fields_of(found)
            code = "W3054" if known else "W3039"
            fields = listed(f"`.{name}`" for name in known or ())
            self.note(node, code, kind=term(found), filter=INTO_TEXT.get(found.kind, "json"), fields=fields)

    def maybe(self, node: nodes.Node, field: Field, outer: str = "") -> Seen:
        """Return what a path gives: missing if it may be, and nothing proves the contrary."""
        path = path_of(node)
        if outer or not field.maybe or (path and covers(self.scope.present, path)):
            return Seen(field.type, outer)
        return Seen(field.type, path or self.source(node))


def guardable(missing: str) -> bool:
    """Say whether a condition can show a value to be there: a path, not what a filter gives."""
    return not {" ", "|", "("} & set(missing)


Seer = Callable[[Checker, Any], Seen]
SEERS: dict[type[nodes.Node], Seer] = {}


def sees(*kinds: type[nodes.Node]) -> Callable[[Seer], Seer]:
    """Register the seer of some kinds of node."""

    def register(seer: Seer) -> Seer:
        SEERS.update(dict.fromkeys(kinds, seer))
        return seer

    return register
