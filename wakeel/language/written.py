"""Templates and lengths of a plan, written out as a recipe would."""

from __future__ import annotations

from typing import Any

from wakeel.language.plan import Template
from wakeel.language.values import revive, text_of


def written(template: Template) -> str:
    """Return a template as the text it came from."""
    match template:
        case {"$expr": expression}:
            return f"${{{expression}}}"
        case {"$text": parts}:
            return "".join(map(written, parts))
        case dict():
            inner = template.get("$map", template)
            return "{" + ", ".join(f"{key}: {written(value)}" for key, value in inner.items()) + "}"
        case list():
            return "[" + ", ".join(map(written, template)) + "]"
    return str(template)


def span(template: Template) -> str:
    """Write what a `wait` waits: a length, or the expression that gives it."""
    if isinstance(template, dict) and "$expr" in template:
        return written(template)
    found: Any = revive(template, "working duration" if isinstance(template, dict) else "duration")
    return text_of(found)
