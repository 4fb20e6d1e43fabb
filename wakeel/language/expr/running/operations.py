"""What makes new values: `+ - * / //`, `~` and filters."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes

from wakeel.language.expr.arithmetic import calculate
from wakeel.language.expr.filters import FILTERS, Filter, Param
from wakeel.language.expr.operators import arithmetic
from wakeel.language.expr.running.registry import Program, build, builds, needed
from wakeel.language.expr.state import State
from wakeel.language.values import text_of


@builds(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv)
def calculation(node: nodes.BinExpr) -> Program:
    """Build `+ - * / //`."""
    left, right, apply = needed(node.left), needed(node.right), arithmetic(node.operator)

    def run(state: State) -> Any:
        state.spend(1)
        return apply(left(state), right(state))

    return run


@builds(nodes.Neg)
def minus(node: nodes.Neg) -> Program:
    """Build a number with its sign turned."""
    inner = needed(node.node)

    def run(state: State) -> Any:
        state.spend(1)
        return calculate("-", 0, inner(state))

    return run


@builds(nodes.Concat)
def joined(node: nodes.Concat) -> Program:
    """Build `~`: one text of several values."""
    parts = [needed(part) for part in node.nodes]

    def run(state: State) -> str:
        state.spend(1)
        texts = [text_of(part(state)) for part in parts]
        state.grow(sum(map(len, texts)))
        return "".join(texts)

    return run


@builds(nodes.Filter)
def filtered(node: nodes.Filter) -> Program:
    """Build the use of a filter."""
    known, receiver = FILTERS[node.name], node.node or node
    base = build(receiver) if known.tolerant else needed(receiver)
    args = [argument(known, param, arg) for param, arg in zip(known.params, node.args, strict=False)]

    def run(state: State) -> Any:
        state.spend(1)
        return known.run(state, known.fit(base(state)), *[arg(state) for arg in args])

    return run


def argument(known: Filter, param: Param, node: nodes.Expr) -> Program:
    """Build a value in the brackets of a filter."""
    inner = build(node)
    return lambda state: known.fit_argument(param, inner(state))
