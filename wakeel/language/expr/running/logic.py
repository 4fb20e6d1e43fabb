"""Conditions: `not`, `and`, `or`, `if`, presence and comparisons."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes

from wakeel.language.expr.operators import COMPARISONS
from wakeel.language.expr.running.registry import Program, build, builds, needed, yes_or_no
from wakeel.language.expr.state import State
from wakeel.language.values import MISSING


@builds(nodes.Not)
def negation(node: nodes.Not) -> Program:
    """Build `not`."""
    inner = yes_or_no(node.node)

    def run(state: State) -> bool:
        state.spend(1)
        return not inner(state)

    return run


@builds(nodes.And)
def both(node: nodes.And) -> Program:
    """Build `and`: the right side is looked at only where the left one holds."""
    left, right = yes_or_no(node.left), yes_or_no(node.right)

    def run(state: State) -> Any:
        state.spend(1)
        return left(state) and right(state)

    return run


@builds(nodes.Or)
def either(node: nodes.Or) -> Program:
    """Build `or`: the right side is looked at only where the left one does not hold."""
    left, right = yes_or_no(node.left), yes_or_no(node.right)

    def run(state: State) -> Any:
        state.spend(1)
        return left(state) or right(state)

    return run


@builds(nodes.CondExpr)
def condition(node: nodes.CondExpr) -> Program:
    """Build `a if b else c`."""
    test, first, second = yes_or_no(node.test), build(node.expr1), build(node.expr2 or node.expr1)

    def run(state: State) -> Any:
        state.spend(1)
        return first(state) if test(state) else second(state)

    return run


@builds(nodes.Test)
def presence(node: nodes.Test) -> Program:
    """Build `is present` and `is missing`."""
    inner, wanted = build(node.node), node.name == "missing"

    def run(state: State) -> bool:
        state.spend(1)
        return (inner(state) is MISSING) is wanted

    return run


@builds(nodes.Compare)
def comparison(node: nodes.Compare) -> Program:
    """Build a comparison, or a chain of them that must all hold."""
    first, pairs = needed(node.expr), [(COMPARISONS[operand.op], needed(operand.expr)) for operand in node.ops]

    def run(state: State) -> bool:
        left = first(state)
        for holds, other in pairs:
            state.spend(1)
            right = other(state)
            if not holds(state, left, right):
                return False
            left = right
        return True

    return run
