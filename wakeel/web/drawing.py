"""Draws pages: templates with every text escaped, and moments and spans in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from wakeel.i18n import words
from wakeel.sdk.calendar import zone
from wakeel.web.languages import DIRECTION, Lang, chosen


@cache
def environment() -> Environment:
    """Return the templates."""
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def draw(request: Request, template: str, status: int = 200, **shown: Any) -> Response:
    """Answer with a page in the reader's language."""
    language = chosen(request)
    context = {
        "lang": language,
        "dir": DIRECTION[language],
        "t": partial(text, language),
        "ago": partial(ago, language),
        "at": partial(at, language),
        "took": partial(took, language),
        "here": partial(here, request),
    }
    body = environment().get_template(template).render(context | shown)
    return HTMLResponse(body, status, headers={"Cache-Control": "no-store", "Content-Language": language})


def text(language: Lang, name: str, /, **params: str) -> str:
    """Return a sentence of the pages."""
    return words(f"cli.{name}", "message", language, params)


def here(request: Request, **changed: str) -> str:
    """Return this page's address with other parameters; an empty one is left out."""
    url = request.url.include_query_params(**changed)
    empty = [name for name, value in changed.items() if not value]
    return str(url.remove_query_params(empty).replace(scheme="", netloc="")) or "/"


def ago(language: Lang, seconds: float | None) -> str:
    """Return how long ago a moment was."""
    if seconds is None:
        return ""
    return format_timedelta(moment(seconds) - datetime.now(UTC), add_direction=True, locale=language)


def at(language: Lang, seconds: float | None, time_zone: str = "UTC") -> str:
    """Return a moment by a client's clock."""
    if seconds is None:
        return ""
    return format_datetime(moment(seconds), text(language, "page.moment"), tzinfo=zone(time_zone), locale=language)


def took(language: Lang, begun: float | None, ended: float | None) -> str:
    """Return the time between two moments."""
    if begun is None or ended is None:
        return ""
    span = max(ended - begun, 0)
    if span < 60:
        return text(language, "page.seconds", count=format_decimal(round(span, 1), locale=language))
    return format_timedelta(round(span), threshold=1.5, locale=language)


def moment(seconds: float) -> datetime:
    """Return epoch seconds as a moment."""
    return datetime.fromtimestamp(seconds, UTC)
