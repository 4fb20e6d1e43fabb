"""The allow-list: which nodes of Jinja2's grammar the language has; everything else is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from wakeel.language.expr.filters import FILTERS
from wakeel.language.problems import listed, near_names

if TYPE_CHECKING:
    from wakeel.language.expr.tree import Parsed

DEEPEST = 25  # levels of the tree
RESERVED = ("and", "or", "not", "in", "is", "if", "else")
TESTS = ("present", "missing")
PLAIN: tuple[type[nodes.Node], ...] = (
    *(nodes.Getattr, nodes.List, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Pair),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Concat),
)


def refuse_forbidden(found: Parsed) -> None:
    """Raise ExpressionProblem for a tree that is too deep, or for the first node that the language does not have."""
    for node in walked(found):
        if not isinstance(node, PLAIN):
            CHECKS.get(type(node), check_other)(found, node)


def walked(found: Parsed) -> list[nodes.Node]:
    """Return all nodes from the outside in; a tree too deep to be walked by calls is refused before anything else."""
    seen: list[nodes.Node] = []
    level: list[nodes.Node] = [found.tree]
    for _ in range(DEEPEST):
        seen += level
        level = [child for node in level for child in node.iter_child_nodes()]
        if not level:
            return seen
    raise found.tokens[0].problem("W3004", most=DEEPEST)


def check_other(found: Parsed, node: Any) -> None:
    """Refuse a node that is not on the list."""
    code = "W3027" if isinstance(node, nodes.Tuple) else "W3011"
    raise found.token(node).problem(code, found=found.token(node).text[:40])


def check_const(found: Parsed, node: nodes.Const) -> None:
    """Refuse `none`: nothing equals it."""
    if node.value is None:
        raise found.token(node).problem("W3018")


def check_name(found: Parsed, node: nodes.Name) -> None:
    """Refuse a word of the grammar where a name must stand."""
    if node.name in RESERVED:
        raise found.token(node).problem("W3005", found=node.name)


def check_item(found: Parsed, node: nodes.Getitem) -> None:
    """Refuse slices, several indexes and hidden keys."""
    index = node.arg
    if isinstance(index, nodes.Slice | nodes.Tuple):
        raise found.problem(node.node, "W3023")
    if isinstance(index, nodes.Const) and str(index.value).startswith("_"):
        raise found.token(index).problem("W3012", name=str(index.value)[:40])


def check_map(found: Parsed, node: nodes.Dict) -> None:
    """Refuse keys that are no fixed texts, and repeated ones."""
    keys: set[str] = set()
    for pair in node.items:
        key = pair.key.value if isinstance(pair.key, nodes.Const) else None
        if not isinstance(key, str) or key.startswith("_") or key in keys:
            raise found.problem(pair.key, "W3019")
        keys.add(key)


def check_condition(found: Parsed, node: nodes.CondExpr) -> None:
    """Refuse `a if b` without `else`."""
    if node.expr2 is None:
        raise found.problem(node, "W3007")


def check_call(found: Parsed, node: nodes.Call) -> None:
    """Refuse calls; where a filter does what was meant, name it."""
    called = name_of(node.node)
    if called in ("now", "today"):
        raise found.problem(node.node, "W3020", wrong=f"{called}()", write="now")
    if called and (wanted := meant(called)):
        raise found.problem(node.node, "W3009", filter=wanted)
    raise found.problem(node.node, "W3024")


def name_of(called: nodes.Node) -> str:
    """Return the name of what is called, as a function or as a method."""
    match called:
        case nodes.Getattr(attr=name) | nodes.Name(name=name):
            return str(name)
    return ""


def meant(method: str) -> str:
    """Return the filter that a method's name may have meant."""
    other = {"strip": "trim", "format": "date", "strftime": "date", "len": "length", "count": "length"}
    known = other.get(method) or (method if method in FILTERS else "")
    return known or next(iter(near_names(method, FILTERS)), "")


def check_filter(found: Parsed, node: nodes.Filter) -> None:
    """Refuse unknown filters, and a wrong number of values."""
    here = found.token(node)
    if node.name not in FILTERS:
        raise here.problem(
            "W3017", near_names(node.name, FILTERS), filter=node.name[:40], filters=listed(sorted(FILTERS))
        )
    if node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
        raise here.problem("W3011", found="=")
    known = FILTERS[node.name]
    if not known.least <= len(node.args) <= len(known.params):
        raise here.problem("W3025", filter=node.name, form=known.form)


def check_test(found: Parsed, node: nodes.Test) -> None:
    """Refuse all tests but `is present` and `is missing`."""
    if node.name not in TESTS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise found.token(node).problem("W3016", near_names(node.name, TESTS), name=node.name[:40])


CHECKS: dict[type[nodes.Node], Callable[[Parsed, Any], None]] = {
    nodes.Const: check_const,
    nodes.Name: check_name,
    nodes.Getitem: check_item,
    nodes.Dict: check_map,
    nodes.CondExpr: check_condition,
    nodes.Call: check_call,
    nodes.Filter: check_filter,
    nodes.Test: check_test,
}
