"""Names that stand bare in a text where `${…}` was meant: `event.subject`, `$event.subject`, `{event.subject}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wakeel.language.expr import Part
from wakeel.language.problems import near_names
from wakeel.language.types import ANY, Field, fields_of

PATH = r"[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z_][a-zA-Z0-9_]*|\[[^\]]{1,40}\])+"
WHOLE = re.compile(rf" *({PATH})( *\|[^|]{{1,200}})? *")
MARKED = re.compile(
    rf"(?<![\w$])\$\(?({PATH})\)?|(?<![\w${{])\{{{{?\s*({PATH})[^{{}}]{{0,200}}\}}?\}}|<({PATH})>|%({PATH})%"
)
ALWAYS = ("event", "settings", "client", "run", "failure")  # mistyped fields of these are still meant as such

Found = tuple[int, int, str]  # offset, length, what to write


def bare_names(parts: tuple[Part, ...], names: Mapping[str, Field]) -> Iterator[Found]:
    """Yield where names of this scope stand in literal parts, and how they are written."""
    if len(parts) == 1 and not parts[0].expression and (whole := WHOLE.fullmatch(parts[0].text)):
        if refers(whole[1], names):
            yield whole.start(1), len(parts[0].text.strip(" ")), f"${{{parts[0].text.strip(' ')}}}"
        return
    for part in parts:
        for found in () if part.expression else MARKED.finditer(part.text):
            path = next(group for group in found.groups() if group)
            if refers(path, names):
                yield part.offset + found.start(), len(found[0]), f"${{{path}}}"


def refers(path: str, names: Mapping[str, Field]) -> bool:
    """Say whether a path begins with a name in scope and goes on with one of its fields."""
    name, *rest = re.split(r"[.\[]", path, maxsplit=2)
    field = names.get(name)
    if field is None:
        return False
    known = fields_of(field.type)
    if known is None:
        return field.type == ANY
    return rest[0] in known or (name in ALWAYS and bool(near_names(rest[0], known)))
