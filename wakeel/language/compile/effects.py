"""What a repeat of a call does to the world, as far as it can be told before the run."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from wakeel.language.compile.limits import is_literal
from wakeel.language.workspace import ConnectionEntry
from wakeel.sdk import Action, Effect, NoConnection


class NeedsRun(Exception):
    """The effect hangs on a value that only the run knows."""


class Unknown:
    """Stands in for arguments that hold expressions."""

    def __init__(self, known: dict[str, Any]) -> None:
        self._known = known

    def __getattr__(self, name: str) -> Any:
        if name in self._known:
            return self._known[name]
        raise NeedsRun(name)


def effect_of(action: Action[Any, Any, Any], connection: ConnectionEntry | None, args: dict[str, Any]) -> Effect | None:
    """Return the effect of a call, or None where it hangs on a value of the run."""
    if isinstance(action.effect, Effect):
        return action.effect
    try:
        return action.effect(connection.settings() if connection else NoConnection(), known(action.input, args))
    except NeedsRun:
        return None


def known(model: type[BaseModel], args: dict[str, Any]) -> Any:
    """Return the arguments as far as they are written out, with the defaults of what is left out."""
    if all(map(is_literal, args.values())):
        return model.model_validate(args)
    defaults = {
        name: info.get_default(call_default_factory=True)
        for name, info in model.model_fields.items()
        if not info.is_required() and (info.alias or name) not in args
    }
    written = {name: value for name, value in args.items() if isinstance(value, str | bool)}
    return Unknown(defaults | written)


def weakest_of(effect: Effect | None) -> Effect:
    """Return what can be promised: where only the run knows, nothing guards a repeat."""
    return effect or Effect.ONCE
