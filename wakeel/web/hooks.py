"""`POST /hooks/{connection}`: an event is kept before its sender hears "yes"."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from activities.clients import Clients
from wakeel.catalog import catalog
from wakeel.crash import crash
from wakeel.sdk import AuthError, Connector, Event, Rejected, Trigger
from wakeel.sdk import Request as Delivery
from wakeel.store import ConnectionRow, Store, StoreUnavailable
from wakeel.triggers.door import Door

LARGEST = 1024 * 1024  # bytes
LATER = {"Retry-After": "5"}


class TooLarge(Exception):
    """The body is more than a hook takes."""


async def hook(request: Request) -> Response:
    """Take a delivery: 202 once it is kept, and then it starts its runs whatever happens to us."""
    store: Store = request.app.state.store
    try:
        row = await store.plans.connection(request.path_params["connection"])
        found = hooked(row)
        if row is None or found is None:
            return refusal(404, "No such hook.")
        connector, trigger = found
        events = verified(connector, trigger, await delivery(request), await Clients(store).settings(connector, row))
        kept = await accepted(store, row, connector, trigger, events)
    except TooLarge:
        return refusal(413, "The body is larger than 1 MiB.")
    except ClientDisconnect:
        return refusal(400, "The body did not come whole.")
    except AuthError:
        return refusal(401, "The request does not carry the right secret.")
    except Rejected as error:
        return refusal(400, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    except StoreUnavailable:
        return JSONResponse({"error": "Not kept; send it again."}, 503, headers=LATER)
    if kept is None:
        return refusal(409, "This id was used before for another body.")
    return JSONResponse({"id": kept}, 202, background=BackgroundTask(crash, "door.acknowledged"))


def hooked(row: ConnectionRow | None) -> tuple[Connector[Any], Trigger] | None:
    """Return the connector of a connection and the trigger that takes its requests."""
    connector = catalog().connector(row.connector) if row else None
    trigger = next((t for t in connector.triggers.values() if t.hook), None) if connector else None
    return (connector, trigger) if connector and trigger else None


async def delivery(request: Request) -> Delivery:
    """Read a request, at most as much of it as a hook takes."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise TooLarge
    return Delivery(request.method, dict(request.headers), bytes(body), datetime.now(UTC))


def verified(connector: Connector[Any], trigger: Trigger, request: Delivery, settings: Any) -> list[Event[Any]]:
    """Return the events in a request that proves where it is from."""
    if trigger.hook is None:
        raise LookupError(connector.name)
    return trigger.hook(request, settings)


async def accepted(
    store: Store, row: ConnectionRow, connector: Connector[Any], trigger: Trigger, events: list[Event[Any]]
) -> str | None:
    """Keep the events and return the first one's key; None where it is known with another body."""
    source = f"{row.id}/{connector.name}.{trigger.name}"
    kept = await Door(store).accept(source, row.client, events)
    if any(one.conflict for one in kept):
        return None
    return events[0].key if events else ""


def refusal(status: int, why: str) -> Response:
    """Say why a request was not taken."""
    return JSONResponse({"error": why}, status)
