"""Paths such as `card.url`, and what a condition proves about them."""

from __future__ import annotations

from jinja2 import nodes

from wakeel.language.expr.tree import parse

NOTHING = frozenset[str]()


def path_of(node: nodes.Node) -> str:
    """Return the path that a node reads, as a person writes it; empty if it is more than a path."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (base := path_of(node.node)):
        return f"{base}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and (base := path_of(node.node)):
        key = node.arg.value
        return f"{base}.{key}" if isinstance(key, str) and key.isidentifier() else f"{base}[{key!r}]"
    return ""


def named(node: nodes.Node) -> str:
    """Return what a message calls a node's value: its path, what a filter was given, or `…`."""
    if isinstance(node, nodes.Filter) and node.node is not None:
        return f"{named(node.node)} | {node.name}"
    if isinstance(node, nodes.Getitem):
        return path_of(node) or f"{named(node.node)}[…]"
    return path_of(node) or "…"


def guards(condition: str) -> frozenset[str]:
    """Return the paths that are present wherever a condition holds; raise ExpressionProblem."""
    return proven(parse(condition), holds=True)


def proven(node: nodes.Node, *, holds: bool) -> frozenset[str]:
    """Return the paths that are present if a condition holds, or if it does not."""
    match node:
        case nodes.Test():
            path = path_of(node.node) if holds == (node.name == "present") else ""
            return frozenset({path}) if path else NOTHING
        case nodes.Not():
            return proven(node.node, holds=not holds)
        case nodes.And() | nodes.Or():
            left, right = proven(node.left, holds=holds), proven(node.right, holds=holds)
            return left | right if holds == isinstance(node, nodes.And) else left & right
    return NOTHING


def covers(present: frozenset[str], path: str) -> bool:
    """Say whether a path is proven present: itself, or something inside it."""
    return path in present or any(known.startswith((f"{path}.", f"{path}[")) for known in present)
