"""Webhooks: another program starts the recipe with a signed request."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, Field, model_validator

from wakeel.sdk import AuthError, Connector, Event, HookConnection, Json, Rejected, Request

STANDARD = "whsec_"  # secrets of Standard Webhooks begin so
SHORTEST_KEY = 16  # bytes
WINDOW = timedelta(minutes=5)  # both ways
DEEPEST = 50
LONGEST_NAME = 200  # characters of a delivery's name; what is longer is named by its hash
LONGEST_NUMBER = 100  # digits


class WebhookConnection(HookConnection):
    """One address that another program may post to."""

    header: str = Field(default="X-Wakeel-Token", description="Header that carries a plain token.")
    id_header: str = Field(default="webhook-id", description="Header that names the delivery, beside a plain token.")

    @model_validator(mode="after")
    def has_key(self) -> WebhookConnection:
        """Refuse a signing secret that anybody could guess."""
        secret = self.secret.get_secret_value()
        if secret.startswith(STANDARD) and len(key_of(secret)) < SHORTEST_KEY:
            raise ValueError("the signing secret is too short")
        return self


class Asked(BaseModel):
    """Which requests to take: every one with the right secret."""


class Received(BaseModel):
    """A request that came with the right secret."""

    id: str = Field(description="Name of the delivery, or the hash of its body.")
    body: Json = Field(default=None, description="The request's JSON.")


webhook: Connector[None] = Connector("webhook", WebhookConnection, title="Webhook")


@webhook.webhook(args=Asked, event=Received, name="received")
def received(request: Request, connection: WebhookConnection) -> list[Event[Received]]:
    """Start a run for each delivery that carries the secret."""
    name = verified(request, connection) or hashlib.sha256(request.body).hexdigest()
    if len(name) > LONGEST_NAME:
        name = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    return [Event(f"w:{name}", Received(id=name, body=parse(request.body)), request.body)]


def verified(request: Request, connection: WebhookConnection) -> str:
    """Check the signature or the token and return the delivery's name, if it has one; raises AuthError."""
    secret = connection.secret.get_secret_value()
    standard = secret.startswith(STANDARD)
    given = request.headers.get(connection.header.lower(), "")
    if not (signed(request, key_of(secret)) if standard else hmac.compare_digest(raw(given), secret.encode())):
        raise AuthError("the request does not carry the right secret")
    return request.headers.get("webhook-id" if standard else connection.id_header.lower(), "")


def signed(request: Request, key: bytes) -> bool:
    """Verify a Standard Webhooks signature over the raw body; junk in a header is a wrong signature."""
    name, stamp, given = (request.headers.get(f"webhook-{part}", "") for part in ("id", "timestamp", "signature"))
    if not name or not recent(stamp, request):
        return False
    content = b".".join((raw(name), raw(stamp), request.body))
    right = b"v1," + base64.b64encode(hmac.digest(key, content, "sha256"))
    return any(hmac.compare_digest(right, one) for one in raw(given).split(b" "))


def recent(stamp: str, request: Request) -> bool:
    """Say whether a request was signed within five minutes of its arrival."""
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= len("1800000000")):
        return False
    return abs(request.received.timestamp() - int(stamp)) <= WINDOW.total_seconds()


def raw(header: str) -> bytes:
    """Return a header's bytes; servers read them as Latin-1."""
    return header.encode("latin-1", "replace")


def key_of(secret: str) -> bytes:
    """Return the key of a Standard Webhooks secret; none where it is no Base64."""
    try:
        return base64.b64decode(secret.removeprefix(STANDARD) + "==")
    except ValueError:
        return b""


def parse(body: bytes) -> Any:
    """Read the body; refuses what is no JSON, nested too deeply, or holds a number that is none."""
    try:
        value = json.loads(body, parse_constant=number, parse_float=number, parse_int=number)
    except (ValueError, RecursionError) as error:
        raise Rejected("the body is not JSON") from error
    if depth(value) > DEEPEST:
        raise Rejected("the body is nested too deeply")
    return value


def number(text: str) -> int | float:
    """Read a number; raises ValueError for NaN, the infinities, and what no other program would read the same."""
    if len(text) > LONGEST_NUMBER or not math.isfinite(value := float(text)):
        raise ValueError("not a number")
    return value if set(text) & set(".eE") else int(text)


def depth(value: Any) -> int:
    """Return how deeply lists and maps are nested; stops counting past the limit."""
    deepest, level = 0, [value]
    while level and deepest <= DEEPEST:
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        deepest += 1
    return deepest
