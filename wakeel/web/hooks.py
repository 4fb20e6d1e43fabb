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
from wakeel.sdk import AuthError, Connector, Rejected, Trigger
from wakeel.sdk import Request as Delivery
from wakeel.store import ConnectionRow, Store, StoreUnavailable
from wakeel.triggers.door import Door

LARGEST = 1024 * 1024  # bytes
LATER = {"Retry-After": "5"}  # seconds


class NotTaken(Exception):
    """A delivery is refused: with which status, and why."""

    def __init__(self, status: int, why: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(why)
        self.status, self.headers = status, headers


async def hook(request: Request) -> Response:
    """Take a delivery: 202 once it is kept, and then it starts its runs whatever happens to us."""
    store: Store = request.app.state.store
    try:
        key = await taken(request, store)
    except NotTaken as no:
        return JSONResponse({"error": str(no)}, no.status, headers=no.headers)
    except StoreUnavailable:
        return JSONResponse({"error": "It was not kept. Send it again."}, 503, headers=LATER)
    return JSONResponse({"id": key}, 202, background=BackgroundTask(crash, "door.acknowledged"))


async def taken(request: Request, store: Store) -> str:
    """Verify a delivery, keep its events, and return the key of the first."""
    row = await store.plans.connection(request.path_params["connection"])
    connector, trigger = hooked(row)
    assert row is not None  # noqa: S101 - `hooked` refuses it
    events = await verified(request, store, row, connector, trigger)
    kept = await Door(store).accept(f"{row.id}/{connector.name}.{trigger.name}", row.client, events)
    if any(one.conflict for one in kept):
        raise NotTaken(409, "This id came before with another body.")
    return events[0].key if events else ""


def hooked(row: ConnectionRow | None) -> tuple[Connector[Any], Trigger]:
    """Return the connector of a connection and the trigger that takes its requests."""
    connector = catalog().connector(row.connector) if row else None
    trigger = next((t for t in connector.triggers.values() if t.hook), None) if connector else None
    if connector is None or trigger is None:
        raise NotTaken(404, "There is no such hook.")
    return connector, trigger


async def verified(
    request: Request, store: Store, row: ConnectionRow, connector: Connector[Any], trigger: Trigger
) -> list[Any]:
    """Return the events in a request that proves where it is from."""
    given = await delivery(request)
    try:
        settings = await Clients(store).settings(connector, row)
        return trigger.hook(given, settings) if trigger.hook else []
    except AuthError:
        raise NotTaken(401, "The request does not carry the right secret.") from None
    except Rejected as error:
        raise NotTaken(400, f"{error}.") from None


async def delivery(request: Request) -> Delivery:
    """Read a request, at most as much of it as a hook takes."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                raise NotTaken(413, "The body is larger than 1 MiB.")
    except ClientDisconnect:
        raise NotTaken(400, "The body did not come whole.") from None
    return Delivery(request.method, dict(request.headers), bytes(body), datetime.now(UTC))
