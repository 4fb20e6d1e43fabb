"""Which language a page speaks: what its address says, else what the browser asks for, else the installation's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from starlette.requests import Request

Lang = Literal["en", "ar"]
KNOWN: tuple[Lang, ...] = get_args(Lang)
DIRECTION = {"en": "ltr", "ar": "rtl"}


def chosen(request: Request) -> Lang:
    """Return the language of a page."""
    usual: Lang = request.app.state.settings.language
    asked = [request.query_params.get("lang", ""), *accepted(request.headers.get("accept-language", ""))]
    return next((known for wanted in asked for known in KNOWN if wanted == known), usual)


def accepted(header: str) -> Iterator[str]:
    """Yield the languages of an Accept-Language header, best first (RFC 9110, section 12.5.4)."""
    parts = (part.partition(";") for part in header[:1000].split(","))
    weighed = [(weight(more), tag.strip().lower().partition("-")[0]) for tag, _, more in parts]
    yield from (tag for weight, tag in sorted(weighed, key=lambda one: -one[0]) if weight > 0)


def weight(parameter: str) -> float:
    """Read `q=0.8`; what cannot be read counts as wanted least."""
    _, _, number = parameter.partition("=")
    try:
        return float(number) if number else 1.0
    except ValueError:
        return 0.0
