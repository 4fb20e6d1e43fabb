"""Actions: one call to one service, and what repeating it does to the world."""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from wakeel.sdk.calendar import Calendar
from wakeel.sdk.files import Files

InT = TypeVar("InT", bound=BaseModel)
OutT = TypeVar("OutT", bound=BaseModel)
ClientT = TypeVar("ClientT")

Authority = Literal[
    "read",
    "annotate",
    "internal",
    "outward_template",
    "outward_free",
    "commitment",
    "sensitive",
    "destructive",
    "forbidden",
]


class Effect(enum.StrEnum):
    """What a repeated call does to the world."""

    READ = "read"  # changes nothing
    KEYED = "keyed"  # the service refuses a second call with the same key, or the state is set already
    FOUND = "found"  # `find` looks for the first call's result before a repeat
    ONCE = "once"  # nothing guards a repeat: after an uncertain end a person is asked


@dataclass(frozen=True)
class Call(Generic[ClientT]):
    """One attempt at one step of one run."""

    client: ClientT
    key: str  # the same for every attempt, different for every step and turn
    repeat: bool  # an earlier attempt under this key may have acted
    now: datetime  # aware; the run's time, not the worker's
    calendar: Calendar  # the client's zone, hours, weekend and holidays, frozen from the plan
    files: Files


Run = Callable[[InT, Call[ClientT]], Awaitable[OutT]]
Find = Callable[[InT, Call[ClientT]], Awaitable[OutT | None]]
EffectOf = Effect | Callable[[Any, Any], Effect]  # a constant, or pure: (connection, args) -> Effect


@dataclass(slots=True)
class Action(Generic[InT, OutT, ClientT]):
    """A named operation; its annotations are its schema, its docstring its page."""

    name: str
    doc: str
    input: type[InT]
    output: type[OutT]
    effect: EffectOf
    authority: Authority
    undo: str | None
    why: str  # what makes a repeat safe, printed by `wakeel explain`
    run: Run[InT, ClientT, OutT]
    finder: Find[InT, ClientT, OutT] | None = None

    def find(self, hook: Find[InT, ClientT, OutT]) -> Find[InT, ClientT, OutT]:
        """Register how to find what an earlier attempt left behind."""
        self.finder = hook
        return hook

    def effect_for(self, connection: Any, args: Any) -> Effect:
        """Resolve the effect for one call."""
        return self.effect if isinstance(self.effect, Effect) else self.effect(connection, args)

    async def __call__(self, args: InT, call: Call[ClientT]) -> OutT:
        """Run, but not twice: where an earlier attempt may have acted, look first."""
        if self.finder and call.repeat and (done := await self.finder(args, call)):
            return done
        return await self.run(args, call)


class Nothing(BaseModel):
    """The output of an action that has nothing to tell."""
