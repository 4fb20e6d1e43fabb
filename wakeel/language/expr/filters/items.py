"""What the checker says of filters for lists: the items they need, and the items they give."""

from __future__ import annotations

from wakeel.language.expr.access import ORDERED
from wakeel.language.expr.filters.signature import Use
from wakeel.language.kinds import ANY, JOINABLE, NUMBER, TEXT, Field, ListOf, Type, ValuesOf, fields_of, term
from wakeel.language.problems import listed, near_names


def item_of(receiver: Type) -> Type:
    """Return the type of a list's items."""
    return receiver.item if isinstance(receiver, ListOf) else ANY


def named_field(use: Use) -> Type:
    """Return the type of the field that the first argument names; refuse what is no field."""
    entry, key = item_of(use.receiver), use.args[0].fixed
    if isinstance(entry, ValuesOf):
        return entry.item
    known = fields_of(entry)
    if not isinstance(key, str):
        use.refuse(0, "W3042")
    elif known is not None and key in known:
        return known[key].type
    elif known is not None:
        use.refuse(0, "W3032", near_names(key, known), owner="list", field=key, fields=listed(known))
    elif entry != ANY:
        use.refuse(-1, "W3033", field=key, kind=term(entry))
    return ANY


def refuse_items(use: Use, filter_name: str, found: Type, kinds: tuple[str, ...]) -> None:
    """Refuse items that are of none of these kinds."""
    if found.kind not in (*kinds, "any"):
        wanted = "|".join(term(kind) for kind in kinds)
        use.refuse(-1, "W3051", filter=filter_name, kind=term(found), wanted=wanted)


def same(use: Use) -> Field:
    """Give the type of the list itself."""
    return Field(use.receiver)


def maybe_item(use: Use) -> Field:
    """Give the type of an item; there is none in an empty list."""
    return Field(item_of(use.receiver), maybe=True)


def ordered_item(use: Use) -> Field:
    """Give the type of an item, which must have an order."""
    refuse_items(use, "min/max", item_of(use.receiver), ORDERED)
    return maybe_item(use)


def ordered(use: Use) -> Field:
    """Give the type of the list, whose items, or the field of them that is named, must have an order."""
    found = named_field(use) if use.args else item_of(use.receiver)
    refuse_items(use, "sort", found, ("text", *ORDERED))
    return same(use)


def joined(use: Use) -> Field:
    """Give a text, of items that join one in one way only."""
    if item_of(use.receiver).kind not in JOINABLE:
        refuse_items(use, "join", item_of(use.receiver), ("text", "number"))
    return Field(TEXT)


def added(use: Use) -> Field:
    """Give a number, of items that are numbers."""
    refuse_items(use, "sum", item_of(use.receiver), ("number",))
    return Field(NUMBER)
