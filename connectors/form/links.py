"""Links to a form: signed, so that nobody makes one, and ending, so that none works for ever."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from connectors.form.connection import FormConnection, form
from wakeel.sdk import AuthError, Call, Effect, Rejected, Span
from wakeel.sdk.ports.files import mark

LONGEST = 3000  # characters of a token
About = dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=300)]]


class CreateLink(BaseModel):
    """What the link is for."""

    expires_after: Span = Field(default=timedelta(days=14), description="How long the link works.")
    once: bool = Field(default=True, description="Whether only the first answer counts.")
    about: About = Field(
        default={}, max_length=10, description="What comes back with the answer; whoever has the link can read it."
    )


class Link(BaseModel):
    """A link that was signed."""

    link: str = Field(description="The link's id: wait for its answer by it.")
    url: str = Field(description="Address of the form, for the person who is to fill it in.")
    token: str = Field(description="The signed part of the address.")
    expires_at: AwareDatetime = Field(description="When it stops working.")


class Signed(BaseModel):
    """What a token says."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    expires: int
    once: bool
    about: About = {}


@form.action(Effect.READ, why="the same step always gives the same link")
async def create_link(args: CreateLink, call: Call[FormConnection]) -> Link:
    """Make a link to the form that nobody else can make, and that ends.

    Example:
        - form.create_link:
            expires_after: 5 working days
            about: {thread: "${event.thread_id}"}
    """
    ends = call.calendar.plus(call.now, args.expires_after)
    signed = Signed(id=mark(call.key), expires=int(ends.timestamp()), once=args.once, about=args.about)
    token = token_of(signed, call.client)
    return Link(
        link=signed.id,
        url=f"{call.client.url.rstrip('/')}/{token}",
        token=token,
        expires_at=ends.replace(microsecond=0),
    )


def token_of(signed: Signed, connection: FormConnection) -> str:
    """Return the signed text."""
    said = urlsafe_b64encode(signed.model_dump_json().encode()).rstrip(b"=")
    return f"{said.decode()}.{signature(said, connection)}"


def opened(token: str, connection: FormConnection, now: datetime) -> Signed:
    """Return what a token says; raises AuthError where it is not ours, Rejected where it has ended."""
    said, _, given = token.partition(".")
    raw = said.encode("utf-8", "replace")
    right = len(token) <= LONGEST and hmac.compare_digest(
        given.encode("utf-8", "replace"), signature(raw, connection).encode()
    )
    if not right:
        raise AuthError("the link was not made here, or a part of it is missing")
    try:
        signed = Signed.model_validate(json.loads(urlsafe_b64decode(raw + b"=" * (-len(raw) % 4))))
    except (ValueError, ValidationError) as error:
        raise AuthError("the link is of another version") from error
    if now.astimezone(UTC).timestamp() > signed.expires:
        raise Rejected("the link has ended; ask for a new one")
    return signed


def signature(said: bytes, connection: FormConnection) -> str:
    """Return the signature of a text for this form: a link to one form opens no other that has its secret."""
    key = hashlib.sha256(b"wakeel form\n" + connection.secret.get_secret_value().encode()).digest()
    made = hmac.digest(key, connection.url.encode() + b"\n" + said, "sha256")
    return urlsafe_b64encode(made).rstrip(b"=").decode()
