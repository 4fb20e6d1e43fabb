"""What a connector's model demands of values beyond their type, said in words."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ValidationError

from wakeel.language.compile.slots import slots_of
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
REASONS = {ODD_VALUE: "W2415", ODD_TOGETHER: "W2420"}  # the same, with the connector's own words
SECONDS = re.compile(r"(\d+) seconds?")


def check_limits(
    args: dict[str, Any], model: type[BaseModel], verb: str, body: Mapping, problems: Problems, *, whole: bool = True
) -> None:
    """Check what is written out; what an expression gives is checked where the step runs.

    `whole` says that all fields are there and right, so that they can be checked together.
    """
    written = {name: found for name, found in args.items() if is_literal(found)}
    try:
        model.model_validate(written)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            together = not detail["loc"]
            if detail["type"] != "missing" and not (together and (not whole or len(written) < len(args))):
                note(dict(detail), model, verb, body, problems)


def note(detail: dict[str, Any], model: type[BaseModel], verb: str, body: Mapping, problems: Problems) -> None:
    """Turn one of pydantic's errors into a problem of ours."""
    loc, details = detail["loc"], detail.get("ctx", {})
    reason = f"said.{details['error']}" if isinstance(details.get("error"), ValueError) else ""
    code, limit = WORDS.get(detail["type"], (ODD_VALUE, "")) if loc else (ODD_TOGETHER, "")
    code = REASONS.get(code, code) if reason else code
    allowed = SECONDS.sub(r"\1s", text_of(details.get(limit, "")))
    if (code, allowed) == (SHORT, "1"):
        code = EMPTY
    field = loc[0] if loc else ""
    place = place_at(body, loc) if loc else body.place
    about = (slots_of(model)[field].about if field in slots_of(model) else "") or str(field)
    problems.add(code, place, field=field, key=field, verb=verb, limit=allowed, reason=reason, about=about)


def is_literal(template: Any) -> bool:
    """Say whether a template holds no expression."""
    if isinstance(template, dict):
        return "$expr" not in template and "$text" not in template and all(map(is_literal, template.values()))
    return all(map(is_literal, template)) if isinstance(template, list) else True
