"""The types of what makes new values: `+ - * / //`, `~` and filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from wakeel.language.expr.agreement import agree_number
from wakeel.language.expr.filters import FILTERS, Argument, Filter, Param, Use
from wakeel.language.expr.scope import Seen
from wakeel.language.expr.seeing.checker import UNKNOWN, Checker, sees
from wakeel.language.kinds import (
    ANY,
    NUMBER,
    TEXT,
    Type,
    term,
)


@sees(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv)
def see_calculation(checker: Checker, node: nodes.BinExpr) -> Seen:
    """See `+ - * / //`."""
    left, right = checker.needed(node.left), checker.needed(node.right)
    found = agree_number(node.operator, left, right)
    if found is None and ANY in (left, right) and isinstance(node.left, nodes.BinExpr):
        return UNKNOWN  # a chain of `+` is refused once
    if found is None:
        return checker.note(node, "W3034", operator=node.operator, left=term(left), right=term(right))
    return Seen(found)


@sees(nodes.Neg)
def see_minus(checker: Checker, node: nodes.Neg) -> Seen:
    """See a number with its sign turned."""
    found = checker.needed(node.node)
    if found.kind not in ("number", "any"):
        return checker.note(node, "W3034", operator="-", left=term(found), right=term(found))
    return Seen(NUMBER)


@sees(nodes.Concat)
def see_joined(checker: Checker, node: nodes.Concat) -> Seen:
    """See `~`."""
    for part in node.nodes:
        checker.join(part)
    return Seen(TEXT)


@sees(nodes.Filter)
def see_filter(checker: Checker, node: nodes.Filter) -> Seen:
    """See the use of a filter."""
    known, base = FILTERS[node.name], node.node or node
    seen = checker.see(base)
    receiver = seen.type if known.tolerant else checker.need(seen, base)
    if not fits(known.takes, receiver):
        wanted = "|".join(term(kind) for kind in sorted(known.takes))
        checker.report(
            checker.parsed.token(node).problem("W3040", filter=node.name, kind=term(receiver), wanted=wanted)
        )
        return UNKNOWN
    found = tuple(see_argument(checker, known, *pair) for pair in zip(known.params, node.args, strict=False))
    return given(checker, node, known, Use(receiver, found, refuser(checker, node, base)))


def given(checker: Checker, node: nodes.Filter, known: Filter, use: Use) -> Seen:
    """Return what a filter gives for what it is given."""
    if not callable(known.gives):
        return Seen(known.gives)
    field = known.gives(use)
    return Seen(field.type, checker.source(node) if field.maybe else "")


def refuser(checker: Checker, node: nodes.Filter, base: nodes.Node) -> Callable[..., None]:
    """Return how a filter refuses one of its values, or what stands before it."""

    def refuse(number: int, code: str, near: tuple[str, ...] = (), **params: Any) -> None:
        checker.note(node.args[number] if number >= 0 else base, code, near, **params)

    return refuse


def see_argument(checker: Checker, known: Filter, param: Param, node: nodes.Expr) -> Argument:
    """See a value in the brackets of a filter."""
    if param.kinds == frozenset({"text"}) and not isinstance(node, nodes.Const) and unknown_names(checker, node):
        checker.note(node, "W3056", source=checker.source(node), filter=known.name)
        return Argument(TEXT)
    seen = checker.see(node)
    found = checker.need(seen, node)
    if not fits(param.kinds, found) or (param.whole and isinstance(seen.fixed, float)):
        kinds = ["whole number"] if param.whole else sorted(param.kinds)
        wanted = "|".join(term(kind) for kind in kinds)
        checker.note(node, "W3041", what=known.name, wanted=wanted, given=term(found))
    return Argument(found, seen.fixed)


def unknown_names(checker: Checker, node: nodes.Expr) -> bool:
    """Say whether a name in a node means nothing: a text that lacks its quotes."""
    found = [node, *node.find_all(nodes.Name)]
    scope = checker.scope
    return any(isinstance(n, nodes.Name) and n.name not in scope.names and n.name not in scope.later for n in found)


def fits(kinds: frozenset[str], found: Type) -> bool:
    """Say whether a type is one of some kinds; none named are all."""
    kind = "duration" if found.kind == "span" else found.kind
    return not kinds or kind == "any" or kind in kinds
