"""How nodes become functions: one builder for each kind of node, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from wakeel.language.expr.paths import named
from wakeel.language.expr.state import State
from wakeel.language.kinds import term
from wakeel.language.values import MISSING, ExpressionError, kind_of

Program = Callable[[State], Any]
Builder = Callable[[Any], Program]
BUILDERS: dict[type[nodes.Node], Builder] = {}


def builds(*kinds: type[nodes.Node]) -> Callable[[Builder], Builder]:
    """Register the builder of some kinds of node."""

    def register(builder: Builder) -> Builder:
        BUILDERS.update(dict.fromkeys(kinds, builder))
        return builder

    return register


def build(node: nodes.Node) -> Program:
    """Return the function of one node."""
    return BUILDERS[type(node)](node)


def needed(node: nodes.Node) -> Program:
    """Return the function of a node whose value must be there."""
    inner, name = build(node), named(node)

    def run(state: State) -> Any:
        value = inner(state)
        if value is MISSING:
            raise ExpressionError("W3102", name=name)
        return value

    return run


def yes_or_no(node: nodes.Node) -> Program:
    """Return the function of a node whose value must be yes or no."""
    inner = needed(node)

    def run(state: State) -> bool:
        value = inner(state)
        if value is True or value is False:
            return bool(value)
        raise ExpressionError("W3104", kind=term(kind_of(value)))

    return run
