"""`form.submitted`: an answer that came by a signed link, once."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import parse_qs

from pydantic import AwareDatetime, BaseModel, Field

from connectors.form.answers import checked
from connectors.form.connection import SUBMISSION, TOKEN, TRAP, FormConnection, form
from connectors.form.links import opened
from wakeel.sdk import Event, Json, Rejected, Request

MOST = 500  # values in one request
TYPE = "application/x-www-form-urlencoded"
NUMBER = re.compile("[A-Za-z0-9_-]{8,64}")


class Answers(BaseModel):
    """Which answers to take."""

    link: str | None = Field(default=None, description="Only the answer that comes by this link, by its id.")


class Submitted(BaseModel):
    """A form that somebody filled in."""

    id: str = Field(description="Number of the submission.")
    link: str = Field(description="Id of the link that it came by.")
    about: dict[str, str] = Field(description="What the link was made with.")
    values: Json = Field(description="The answers by field; an empty one is missing, dates are text.")
    submitted_at: AwareDatetime = Field(description="When it came.")


@form.webhook(args=Answers, event=Submitted, name="submitted")
def submitted(request: Request, connection: FormConnection) -> list[Event[Submitted]]:
    """Start a run for each form that is filled in.

    Example:
        form.submitted: {}
    """
    given = read(request)
    link = opened(next(iter(given.get(TOKEN, ())), ""), connection, request.received)
    if any(given.get(TRAP, ())):
        return []  # a field that people do not see: a program filled it in, and is told nothing
    values, faults = checked(given, connection)
    if faults:
        raise Rejected("look at " + ", ".join(f"{name} ({fault})" for name, fault in faults.items()))
    body = json.dumps(values, ensure_ascii=False, sort_keys=True).encode()
    number = number_of(given, body)
    data = Submitted(id=number, link=link.id, about=link.about, values=values, submitted_at=request.received)
    return [Event(f"f:{link.id}" if link.once else f"f:{link.id}:{number}", data, body)]


def read(request: Request) -> dict[str, list[str]]:
    """Read what a page sends, and nothing else: no JSON, no files."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != TYPE:
        raise Rejected("the form was not sent by its page")
    try:
        return parse_qs(request.body.decode(), keep_blank_values=True, max_num_fields=MOST)
    except ValueError as error:
        raise Rejected("the form was not sent by its page") from error


def number_of(given: dict[str, list[str]], body: bytes) -> str:
    """Return what tells two submissions apart: the page's own number, made when it was shown, else the answers."""
    shown = next(iter(given.get(SUBMISSION, ())), "")
    return shown if NUMBER.fullmatch(shown) else hashlib.sha256(body).hexdigest()[:32]


submitted.fits = lambda args, event: args.link in {None, event.link}
