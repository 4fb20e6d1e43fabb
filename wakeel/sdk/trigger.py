"""Triggers: how a connector tells that something happened, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from wakeel.sdk.files import Files

DataT = TypeVar("DataT", bound=BaseModel)
ClientT = TypeVar("ClientT")
CursorT = TypeVar("CursorT", bound=BaseModel)


@dataclass(frozen=True)
class Event(Generic[DataT]):
    """Something that happened. `key` is the same however often the service tells of it."""

    key: str
    data: DataT
    body: bytes = b""  # raw bytes, where "same key, other content" must be noticed


@dataclass(frozen=True)
class Since(Generic[ClientT, CursorT]):
    """How far a source was read, and what is needed to read on."""

    client: ClientT
    cursor: CursorT | None  # None: the first look remembers and does not fire
    now: datetime
    files: Files
    account: str  # the connection's id: part of a mail's event key


@dataclass(frozen=True, slots=True)
class Request:
    """A webhook request as it came: signatures are over `body`."""

    method: str
    headers: Mapping[str, str]
    body: bytes
    received: datetime


Poll = Callable[[Any, Since[Any, Any]], Awaitable[tuple[list[Event[Any]], Any]]]
Watch = Callable[[Any, Since[Any, Any]], AsyncIterator[tuple[Event[Any] | None, Any]]]
Hook = Callable[[Request, Any], list[Event[Any]]]
ReadFile = Callable[[bytes, Since[Any, Any]], Awaitable[BaseModel]]


@dataclass(slots=True)
class Trigger:
    """A kind of event that a connector can tell of; its `args` model is its schema.

    One source (connection and kind) serves many activations: `merge` makes one
    `args` of all that they ask for, and `fits` says whether an event is what one
    activation asked for.
    """

    name: str
    doc: str
    args: type[BaseModel]
    event: type[BaseModel]
    cursor: type[BaseModel] | None = None
    every: timedelta | None = None
    poll: Poll | None = None
    watch: Watch | None = None
    hook: Hook | None = None
    clock: bool = False  # the engine's own clock tells of it
    read_file: ReadFile | None = None  # of an event that a person gives as a file in the service's own form
    fits: Callable[[Any, Any], bool] = lambda args, event: True  # noqa: ARG005
    merge: Callable[[list[Any]], Any] = lambda asked: asked[0]
