"""Webhooks: another program starts the recipe with a signed request."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from wakeel.sdk import AuthError, Connection, Connector, Event, Json, Rejected, Request

WINDOW = timedelta(minutes=5)  # both ways
DEEPEST = 50


class WebhookConnection(Connection):
    """One address that another program may post to."""

    secret: SecretStr = Field(description="Shared secret: `whsec_…` for Standard Webhooks, else a token.")
    header: str = Field(default="X-Wakeel-Token", description="Header that carries a plain token.")
    id_header: str = Field(default="webhook-id", description="Header that names the delivery, if there is one.")


class Asked(BaseModel):
    """Which requests to take; every valid one, for now."""


class Received(BaseModel):
    """A request that came with the right secret."""

    model_config = ConfigDict(extra="allow")

    id: str = Field(description="Name of the delivery, or the hash of its body.")
    body: Json = Field(default=None, description="The request's JSON.")


webhook: Connector[None] = Connector("webhook", WebhookConnection, title="Webhook")


@webhook.webhook(args=Asked, event=Received, name="received")
def received(request: Request, connection: WebhookConnection) -> list[Event[Received]]:
    """Start a run for each delivery that carries the secret."""
    verify(request, connection)
    body, digest = parse(request.body), hashlib.sha256(request.body).hexdigest()
    name = request.headers.get(connection.id_header.lower()) or digest
    return [Event(f"w:{name[:200]}", Received(id=name[:200], body=body), request.body)]


def verify(request: Request, connection: WebhookConnection) -> None:
    """Check the signature over the raw bytes, or the token; raises AuthError for anything else."""
    secret = connection.secret.get_secret_value()
    if secret.startswith("whsec_"):
        good = signed(request, secret)
    else:
        given = request.headers.get(connection.header.lower(), "")
        good = hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
    if not good:
        raise AuthError("the request does not carry the right secret")


def signed(request: Request, secret: str) -> bool:
    """Verify a Standard Webhooks signature; junk headers are a wrong signature, never an error."""
    from standardwebhooks import Webhook

    try:
        moment = int(request.headers.get("webhook-timestamp", ""))
        if abs(request.received.astimezone(UTC).timestamp() - moment) > WINDOW.total_seconds():
            return False
        Webhook(secret).verify(request.body, dict(request.headers))
    except Exception:  # noqa: BLE001 - the library raises whatever a hostile header provokes
        return False
    return True


def parse(body: bytes) -> Any:
    """Read the body; refuses what is no JSON, nested too deeply, or not a number by JSON's rules."""
    try:
        value = json.loads(body, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Rejected("the body is not JSON") from error
    if depth(value) > DEEPEST:
        raise Rejected("the body is nested too deeply")
    return value


def refuse(name: str) -> None:
    """Refuse NaN and the infinities, which are no JSON."""
    raise ValueError(name)


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
