"""What a connector's model demands of values beyond their type, said in words."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from wakeel.language.compile.values import place_at
from wakeel.language.nodes import Mapping
from wakeel.language.problems import Problems
from wakeel.language.recipe.shapes import EMPTY
from wakeel.language.values import text_of

WORDS = {  # pydantic's kind of error: our code, and which of its details is the limit
    "string_too_short": ("W2405", "min_length"),
    "string_too_long": ("W2406", "max_length"),
    "greater_than_equal": ("W2407", "ge"),
    "less_than_equal": ("W2408", "le"),
    "greater_than": ("W2409", "gt"),
    "less_than": ("W2410", "lt"),
    "too_short": ("W2411", "min_length"),
    "too_long": ("W2412", "max_length"),
}
SHORT, ODD_VALUE, ODD_TOGETHER = "W2405", "W2413", "W2414"


def check_limits(args: dict[str, Any], model: type[BaseModel], verb: str, body: Mapping, problems: Problems) -> None:
    """Check what is written out; what an expression gives is checked where the step runs."""
    written = {name: found for name, found in args.items() if is_literal(found)}
    try:
        model.model_validate(written)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            whole = not detail["loc"]
            if detail["type"] != "missing" and not (whole and len(written) < len(args)):
                note(dict(detail), verb, body, problems)


def note(detail: dict[str, Any], verb: str, body: Mapping, problems: Problems) -> None:
    """Turn one of pydantic's errors into a problem of ours."""
    loc, details = detail["loc"], detail.get("ctx", {})
    reason = (
        f": {details['error']}" if isinstance(details.get("error"), ValueError) else ""
    )  # the connector's own words
    if not loc:
        problems.add(ODD_TOGETHER, body.place, verb=verb, reason=reason)
        return
    code, limit = WORDS.get(detail["type"], (ODD_VALUE, ""))
    allowed = text_of(details.get(limit, ""))
    if (code, allowed) == (SHORT, "1"):
        code = EMPTY
    problems.add(code, place_at(body, loc), field=loc[0], key=loc[0], verb=verb, limit=allowed, reason=reason)


def is_literal(template: Any) -> bool:
    """Say whether a template holds no expression."""
    if isinstance(template, dict):
        return "$expr" not in template and "$text" not in template and all(map(is_literal, template.values()))
    return all(map(is_literal, template)) if isinstance(template, list) else True
