"""The types of literals and names, and the way into lists and maps."""

from __future__ import annotations

from jinja2 import nodes

from wakeel.language.expr.paths import path_of
from wakeel.language.expr.scope import Seen
from wakeel.language.expr.seeing.checker import UNKNOWN, Checker, sees
from wakeel.language.kinds import (
    ANY,
    NUMBER,
    TEXT,
    YES_NO,
    Field,
    ListOf,
    MapOf,
    ValuesOf,
    fields_of,
    term,
)
from wakeel.language.problems import listed, near_names
from wakeel.language.types import common_to_all

WRITTEN = {"yes": "true", "نعم": "true", "on": "true", "no": "false", "لا": "false", "off": "false"}
NOTHING = ("null", "nil", "undefined", "empty", "فارغ")


@sees(nodes.Const)
def see_const(_checker: Checker, node: nodes.Const) -> Seen:
    """See a literal."""
    if isinstance(node.value, bool):
        return Seen(YES_NO, fixed=node.value)
    return Seen(TEXT if isinstance(node.value, str) else NUMBER, fixed=node.value)


@sees(nodes.Name)
def see_name(checker: Checker, node: nodes.Name) -> Seen:
    """See a name in scope."""
    scope = checker.scope
    if field := scope.names.get(node.name):
        return checker.maybe(node, field)
    if line := scope.later.get(node.name):
        return checker.note(node, "W3031", name=node.name, line=line)
    if write := WRITTEN.get(node.name.casefold()):
        return checker.note(node, "W3020", wrong=node.name, write=write)
    if node.name.casefold() in NOTHING:
        return checker.note(node, "W3018")
    return checker.note(node, "W3030", near_names(node.name, (*scope.names, *scope.later)), name=node.name)


@sees(nodes.Getattr)
def see_field(checker: Checker, node: nodes.Getattr) -> Seen:
    """See a field of a map."""
    return field_of(checker, node, node.attr, 1)


def field_of(checker: Checker, node: nodes.Getattr | nodes.Getitem, key: str, further: int) -> Seen:
    """Follow a path one field further."""
    base = checker.see(node.node)
    if base.type == ANY:
        return base
    if isinstance(base.type, ValuesOf):
        return checker.maybe(node, Field(base.type.item, maybe=True), base.missing)
    known, token = fields_of(base.type), checker.parsed.token(node, further)
    if known is None:
        checker.report(token.problem("W3033", field=key, kind=term(base.type)))
    elif key not in known:
        whose = owner(checker, node.node)
        code = "W3053" if whose == "settings" else "W3032"
        checker.report(token.problem(code, near_names(key, known), owner=whose, field=key, fields=listed(known)))
    else:
        return checker.maybe(node, known[key], base.missing)
    return UNKNOWN


def owner(checker: Checker, node: nodes.Node) -> str:
    """Return what a person calls the thing whose field is asked for."""
    path = path_of(node)
    return checker.scope.trigger if path == "event" and checker.scope.trigger else path or checker.source(node)


@sees(nodes.Getitem)
def see_item(checker: Checker, node: nodes.Getitem) -> Seen:
    """See an item by number or key."""
    if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return field_of(checker, node, node.arg.value, 1)
    base, index = checker.see(node.node), checker.needed(node.arg)
    if ANY in (base.type, index):
        return Seen(ANY, base.missing)
    wanted = {"list": "number", "map": "text"}.get(base.type.kind)
    if index.kind != wanted or not isinstance(base.type, ListOf | ValuesOf):
        return checker.note(node.arg, "W3046", source=checker.source(node))
    return checker.maybe(node, Field(base.type.item, maybe=True), base.missing)


@sees(nodes.List)
def see_list(checker: Checker, node: nodes.List) -> Seen:
    """See a list literal."""
    return Seen(ListOf(common_to_all([checker.needed(item) for item in node.items] or [ANY])))


@sees(nodes.Dict)
def see_map(checker: Checker, node: nodes.Dict) -> Seen:
    """See a map literal; a field with a missing value is left out."""
    found = {pair.key.as_const(): checker.see(pair.value) for pair in node.items}
    return Seen(MapOf({key: Field(seen.type, maybe=bool(seen.missing)) for key, seen in found.items()}))
