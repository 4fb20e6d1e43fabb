"""Literals, names, and the way into lists and maps."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes

from wakeel.language.expr.access import pick, pick_item
from wakeel.language.expr.running.registry import Program, build, builds, needed
from wakeel.language.expr.state import State
from wakeel.language.values import MISSING


@builds(nodes.Const)
def constant(node: nodes.Const) -> Program:
    """Build a literal."""
    value = node.value

    def run(state: State) -> Any:
        state.spend(1)
        return value

    return run


@builds(nodes.Name)
def name(node: nodes.Name) -> Program:
    """Build the value of a name."""
    known = node.name

    def run(state: State) -> Any:
        state.spend(1)
        value = state.scope.get(known, MISSING)
        return MISSING if value is None else value

    return run


@builds(nodes.Getattr)
def attribute(node: nodes.Getattr) -> Program:
    """Build a field: an item of a map, never a Python attribute."""
    base, key = build(node.node), node.attr

    def run(state: State) -> Any:
        state.spend(1)
        return pick(base(state), key)

    return run


@builds(nodes.Getitem)
def index(node: nodes.Getitem) -> Program:
    """Build an item by number or key."""
    base, key = build(node.node), needed(node.arg)

    def run(state: State) -> Any:
        state.spend(1)
        return pick_item(base(state), key(state))

    return run


@builds(nodes.List)
def items(node: nodes.List) -> Program:
    """Build a list; a missing item is left out."""
    parts = [build(item) for item in node.items]

    def run(state: State) -> Any:
        state.spend(1)
        return [value for part in parts if (value := part(state)) is not MISSING]

    return run


@builds(nodes.Dict)
def mapping(node: nodes.Dict) -> Program:
    """Build a map; a key with a missing value is left out."""
    parts = [(pair.key.as_const(), build(pair.value)) for pair in node.items]

    def run(state: State) -> Any:
        state.spend(1)
        return {key: value for key, part in parts if (value := part(state)) is not MISSING}

    return run
