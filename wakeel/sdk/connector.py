"""A connector is a value: what the engine knows about one service."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from wakeel.sdk.action import Action, Authority, EffectOf, InT, OutT, Run
from wakeel.sdk.errors import ConnectorError
from wakeel.sdk.trigger import Hook, Poll, Request, Trigger, Watch

ClientT = TypeVar("ClientT")


class Connection(BaseModel):
    """The settings of one account; secret fields are `SecretStr`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class NoConnection(Connection):
    """Of a connector that needs no account: its actions are pure."""


class HookConnection(Connection):
    """Of a connector that receives requests: which secret guards the door."""

    secret: SecretStr = Field(min_length=8, description="Shared secret: `whsec_…` for Standard Webhooks, else a token.")


@asynccontextmanager
async def no_client(_connection: Any) -> AsyncIterator[None]:
    """Open nothing, for connectors whose actions are pure."""
    yield None


def knows_nothing(_error: Exception) -> ConnectorError | None:
    """Classify nothing, for connectors whose actions are pure."""
    return None


@dataclass(frozen=True)
class Connector(Generic[ClientT]):
    """Everything the engine knows about one service.

    `open` yields a client that serves many calls at once and lives as long as the
    worker keeps the connection; `check` makes one harmless request, for `wakeel connections --check`.
    """

    name: str
    connection: type[Connection] = NoConnection
    open: Callable[[Any], AbstractAsyncContextManager[Any]] = no_client
    classify: Callable[[Exception], ConnectorError | None] = knows_nothing
    port: str | None = None  # "mail", "calendar", "files", "sheet"
    title: str = ""  # the service's own name, for messages
    check: Callable[[ClientT], Any] | None = None  # async (client) -> None, raises where the account does not work
    actions: dict[str, Action[Any, Any, ClientT]] = field(default_factory=dict[str, Action[Any, Any, Any]])
    triggers: dict[str, Trigger] = field(default_factory=dict[str, Trigger])
    pickers: dict[str, Callable[[Any], Any]] = field(default_factory=dict[str, Callable[[Any], Any]])

    def action(
        self, effect: EffectOf, *, authority: Authority = "read", undo: str | None = None, why: str = ""
    ) -> Callable[[Run[InT, ClientT, OutT]], Action[InT, OutT, ClientT]]:
        """Register the decorated coroutine; the annotations of `args` and its return are its schema."""

        def register(run: Run[InT, ClientT, OutT]) -> Action[InT, OutT, ClientT]:
            name, doc = getattr(run, "__name__", ""), inspect.getdoc(run) or ""
            taken, given = annotated(run, "args"), annotated(run, "return")
            made: Action[InT, OutT, ClientT] = Action(name, doc, taken, given, effect, authority, undo, why, run)
            self.actions[name] = made
            return made

        return register

    def poll(
        self, *, every: timedelta, event: type[BaseModel], cursor: type[BaseModel], name: str | None = None
    ) -> Callable[[Poll], Trigger]:
        """Register a poll: `(args, since) -> (events, cursor)`; the engine keeps the cursor."""

        def register(poll: Poll) -> Trigger:
            trigger = self._trigger(poll, event, name)
            trigger.poll, trigger.every, trigger.cursor = poll, every, cursor
            return trigger

        return register

    def watch(
        self, *, event: type[BaseModel], cursor: type[BaseModel], name: str | None = None
    ) -> Callable[[Watch], Trigger]:
        """Register a watch: yields `(event, cursor)` while it lives, `(None, cursor)` as a sign of life."""

        def register(watch: Watch) -> Trigger:
            trigger = self._trigger(watch, event, name)
            trigger.watch, trigger.cursor = watch, cursor
            return trigger

        return register

    def webhook(self, *, args: type[BaseModel], event: type[BaseModel], name: str) -> Callable[[Hook], Trigger]:
        """Register a webhook: verifies over the raw bytes, then parses; raises AuthError or Rejected."""

        def register(hook: Hook) -> Trigger:
            trigger = Trigger(name, inspect.getdoc(hook) or "", args, event, hook=hook)
            self.triggers[name] = trigger
            return trigger

        return register

    def _trigger(self, function: Any, event: type[BaseModel], name: str | None) -> Trigger:
        known = name or function.__name__
        doc, args = inspect.getdoc(function) or "", annotated(function, "args")
        return self.triggers.setdefault(known, Trigger(known, doc, args, event))


def annotated(function: Any, name: str) -> Any:
    """Resolve one annotation of a function, and only that one.

    The client's type may stand under TYPE_CHECKING, because a connector imports
    its service's library only when it opens an account.
    """
    hint = function.__annotations__[name]
    probe = type("probe", (), {"__annotations__": {name: hint}, "__module__": function.__module__})
    return get_type_hints(probe)[name]


__all__ = ["Connection", "Connector", "HookConnection", "NoConnection", "Request", "annotated"]
