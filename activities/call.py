"""Every action as an activity of Temporal's; a run hears of every error in the engine's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ValidationError
from temporalio import activity

from activities.attempt import Attempt
from activities.clients import Clients
from activities.errors import to_failure, verdict
from wakeel.language.plan import CallInput
from wakeel.sdk import Action, AuthError, Connector, Effect, Rejected
from wakeel.store import Store

SLOWEST = timedelta(minutes=15)  # between two attempts


@dataclass(slots=True)
class Calls:
    """Performs actions for runs, each effect once by its key."""

    store: Store
    clients: Clients

    def activity(self, connector: Connector[Any], action: Action[Any, Any, Any]) -> Callable[..., Any]:
        """Return the activity of an action; its type is the resolved verb."""

        async def call(given: CallInput) -> Any:
            return await self.call(connector, action, given)

        return activity.defn(name=f"{connector.name}.{action.name}")(call)

    async def call(self, connector: Connector[Any], action: Action[Any, Any, Any], given: CallInput) -> Any:
        """Do the step, or return what an earlier attempt did; raises a failure in the engine's words."""
        effect = given.effect or Effect.ONCE
        try:
            args = read(action.input, given.args)
            async with self.clients.use(connector, given.connection, given.client) as opened:
                effect = given.effect or action.effect_for(opened.settings, args)
                attempt = Attempt(self.store, connector, action, given, args, opened, effect)
                return await (attempt.look() if effect is Effect.READ else attempt.once())
        except Exception as error:  # noqa: BLE001 - a run hears of every error in the engine's words
            word = verdict(connector, error, action.name)
            if isinstance(word, AuthError) and given.connection:
                await self.clients.retire(given.connection)
            raise to_failure(word, effect, pause(given.wait)) from None


def pause(wait: float | None) -> timedelta | None:
    """Return how long the recipe wants to wait before the next attempt; None leaves it to the policy."""
    return None if wait is None else min(timedelta(seconds=wait) * 2 ** min(activity.info().attempt - 1, 20), SLOWEST)


def read(model: type[BaseModel], args: dict[str, Any]) -> BaseModel:
    """Read the step's values into the action's model; the message names fields, never values."""
    try:
        return model.model_validate(args)
    except ValidationError as error:
        fields = sorted({".".join(map(str, e["loc"])) or "values" for e in error.errors()})
        raise Rejected("look at " + ", ".join(fields), code="W5005") from None
