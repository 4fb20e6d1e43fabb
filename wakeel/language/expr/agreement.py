"""Which types an operator brings together."""

from __future__ import annotations

from wakeel.language.expr.access import ORDERED
from wakeel.language.expr.operators import WRITTEN
from wakeel.language.expr.scope import Seen
from wakeel.language.kinds import ANY, DURATION, NUMBER, ListOf, OneOf, Type, term
from wakeel.language.problems import near_names

SPANS = ("duration", "span")


class Disagreement(Exception):
    """Two sides of a comparison that do not fit; `right` says which side to point at."""

    def __init__(self, code: str, near: tuple[str, ...] = (), *, right: bool = True, **params: object) -> None:
        super().__init__(code)
        self.code, self.near, self.right, self.params = code, near, right, params


def agree_number(operator: str, left: Type, right: Type) -> Type | None:
    """Return the type of `+ - * / //`, or None where it is not for these types."""
    if operator == "-" and left.kind == right.kind and left.kind in ("moment", "date"):
        return DURATION
    if {left.kind, right.kind} <= {"number", "any"}:
        return ANY if operator == "-" and ANY in (left, right) else NUMBER
    return ANY if operator == "-" and ANY in (left, right) and {"moment", "date"} & {left.kind, right.kind} else None


def agree_compare(op: str, left: Seen, right: Seen) -> None:
    """Raise Disagreement where a comparison makes no sense."""
    if op in ("in", "notin"):
        agree_within(left, right)
    elif op not in ("eq", "ne"):
        agree_order(op, left, right)
    elif not comparable(left.type, right.type):
        code = "W3055" if {left.type.kind, right.type.kind} == {"yes/no", "text"} else "W3035"
        raise Disagreement(code, first=term(left.type), second=term(right.type))
    else:
        agree_option(left, right)
        agree_option(right, left, right=False)


def agree_order(op: str, left: Seen, right: Seen) -> None:
    """Refuse to put in order what has none, or what is of two kinds."""
    for side in (right, left):
        if side.type.kind not in {*ORDERED, "any", "span"}:
            raise Disagreement("W3036", right=side is right, operator=WRITTEN[op], kind=term(side.type))
    if not comparable(left.type, right.type):
        raise Disagreement("W3035", first=term(left.type), second=term(right.type))


def comparable(left: Type, right: Type) -> bool:
    """Say whether two values can be equal at all."""
    return ANY in (left, right) or left.kind == right.kind or {left.kind, right.kind} <= {*SPANS}


def agree_option(side: Seen, other: Seen, *, right: bool = True) -> None:
    """Refuse a written text that the other side can never be."""
    if isinstance(side.type, OneOf) and isinstance(other.fixed, str) and other.fixed not in side.type.options:
        near = near_names(other.fixed, side.type.options) or side.type.options[:3]
        raise Disagreement("W3045", near, right=right, found=other.fixed[:40], options=", ".join(side.type.options))


def agree_within(part: Seen, whole: Seen) -> None:
    """Refuse to look for what cannot be there: a text in a text, an item in a list, a key in a map."""
    kind = whole.type.kind
    if kind == "any":
        return
    if kind not in ("text", "list", "map"):
        raise Disagreement("W3044", kind=term(whole.type))
    wanted = whole.type.item if isinstance(whole.type, ListOf) else None
    fits = comparable(part.type, wanted) if wanted else part.type.kind in ("text", "any")
    if not fits:
        raise Disagreement("W3035", right=False, first=term(part.type), second=term(wanted or "text"))
    if wanted:
        agree_option(Seen(wanted), part, right=False)
