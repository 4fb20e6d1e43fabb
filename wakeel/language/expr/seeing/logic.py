"""The types of conditions, and what they prove on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from wakeel.language.expr.agreement import Disagreement, agree_compare, agree_option
from wakeel.language.expr.paths import proven
from wakeel.language.expr.scope import Seen
from wakeel.language.expr.seeing.checker import Checker, sees
from wakeel.language.kinds import (
    TEXT,
    YES_NO,
    term,
)
from wakeel.language.types import common


@sees(nodes.Not)
def see_not(checker: Checker, node: nodes.Not) -> Seen:
    """See `not`."""
    checker.yes_or_no(node.node, "not")
    return Seen(YES_NO)


@sees(nodes.And, nodes.Or)
def see_both(checker: Checker, node: nodes.And | nodes.Or) -> Seen:
    """See `and` and `or`: the right side knows what the left one proves."""
    word = node.operator
    checker.yes_or_no(node.left, word)
    checker.yes_or_no(node.right, word, proven(node.left, holds=word == "and"))
    return Seen(YES_NO)


@sees(nodes.CondExpr)
def see_condition(checker: Checker, node: nodes.CondExpr) -> Seen:
    """See `a if b else c`: each side knows what the condition proves."""
    checker.yes_or_no(node.test, "if")
    first = checker.see(node.expr1, proven(node.test, holds=True))
    second = checker.see(node.expr2 or node.expr1, proven(node.test, holds=False))
    shared = common(first.type, second.type)
    if shared is None:
        return checker.note(node, "W3050", first=term(first.type), second=term(second.type))
    return Seen(shared, first.missing or second.missing)


@sees(nodes.Test)
def see_test(checker: Checker, node: nodes.Test) -> Seen:
    """See `is present` and `is missing`: here a value may be missing."""
    checker.see(node.node)
    return Seen(YES_NO)


@sees(nodes.Compare)
def see_comparison(checker: Checker, node: nodes.Compare) -> Seen:
    """See a comparison, or a chain of them."""
    before = node.expr
    left = compared(checker, before)
    for operand in node.ops:
        right = compared(checker, operand.expr)
        agree(checker, (before, operand.expr), agree_compare, operand.op, left, right)
        for item in operand.expr.items if isinstance(operand.expr, nodes.List) else ():
            if isinstance(item, nodes.Const):
                agree(checker, (before, item), agree_option, left, Seen(TEXT, fixed=item.value))
        before, left = operand.expr, right
    return Seen(YES_NO)


def agree(checker: Checker, sides: tuple[nodes.Node, nodes.Node], ask: Callable[..., None], *given: Any) -> None:
    """Report what does not fit at the side that it stands on."""
    try:
        ask(*given)
    except Disagreement as found:
        checker.note(sides[found.right], found.code, found.near, **found.params)


def compared(checker: Checker, node: nodes.Node) -> Seen:
    """Return what stands on one side of a comparison, with its value if it is written out."""
    seen = checker.see(node)
    return Seen(checker.need(seen, node), fixed=seen.fixed)
