"""One attempt at one step: claim its row in the ledger, act below the lease, write down what came of it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ValidationError
from temporalio import activity

from activities.clients import Clients, Opened
from activities.errors import to_failure, verdict
from activities.pulse import Lost, pulse
from wakeel.crash import crash
from wakeel.language.plan import CallInput
from wakeel.sdk import Action, AuthError, Call, Connector, ConnectorError, Effect, Maybe, Rejected, Unavailable
from wakeel.store import Store

MOST = 256 * 1024  # bytes of a result that may stand in a history
PULSES = 3  # signs of life within one heartbeat


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
            word = verdict(connector, error)
            if isinstance(word, AuthError) and given.connection:
                await self.clients.retire(given.connection)
            raise to_failure(word, effect) from None


@dataclass(slots=True)
class Attempt:
    """One attempt at one key, from the claim to the record."""

    store: Store
    connector: Connector[Any]
    action: Action[Any, Any, Any]
    given: CallInput
    args: BaseModel
    opened: Opened
    effect: Effect
    owner: str = ""
    until: float = 0.0

    async def look(self) -> Any:
        """Perform an action that changes nothing."""
        return plain(await self.act(repeat=False))

    async def once(self) -> Any:
        """Perform an action that changes the world, as its ledger row allows."""
        self.owner, self.until = uuid4().hex, time.time() + self.given.heartbeat
        claim = await self.claim()
        match claim.state:
            case "done":
                return parse(claim.result)
            case "busy":
                wait = timedelta(seconds=max(claim.until - time.time(), 0) + 0.1)
                raise Unavailable("an earlier attempt may still be running", retry_after=wait)
            case "undone":
                raise Rejected("it was done and then taken back", code="W5006")
            case "repeat" if self.effect is Effect.ONCE and not claim.may_act:
                await self.store.effects.uncertain(self.given.key, self.owner)
                raise Maybe("an earlier attempt ended without an answer")
        return await self.perform(repeat=claim.state == "repeat" and not claim.may_act)

    async def claim(self) -> Any:
        """Commit the intent, before anything is done."""
        given = self.given
        return await self.store.effects.claim(
            given.key,
            client=given.client,
            run=given.run,
            step=given.step,
            action=f"{self.connector.name}.{self.action.name}",
            owner=self.owner,
            now=time.time(),
            until=self.until,
            input=self.args.model_dump_json(by_alias=True).encode(),
        )

    async def perform(self, *, repeat: bool) -> Any:
        """Act, and write down what came of it."""
        crash("call.intended")
        if time.time() > self.until:  # this process slept through its own lease: the row is another attempt's now
            raise Unavailable("the attempt was held up for too long")
        try:
            result = await self.act(repeat=repeat)
        except Lost as error:
            raise Unavailable("another attempt has taken over") from error
        except asyncio.CancelledError:
            await asyncio.shield(self.store.effects.uncertain(self.given.key, self.owner))
            raise
        except Exception as error:
            await self.not_done(verdict(self.connector, error))
            raise
        crash("call.acted")
        value = result.model_dump_json(by_alias=True).encode()
        if not await self.recorded(value):
            raise Unavailable("another attempt has taken over")
        crash("call.recorded")
        return plain(result)

    async def recorded(self, value: bytes) -> bool:
        """Commit the result; False where another attempt owns the row by now."""
        given = self.given
        return await self.store.effects.done(given.key, self.owner, value, undo=self.undo(value))

    def undo(self, value: bytes) -> bytes | None:
        """Return what the inverse needs: the call's input and result; None where it has none."""
        if self.action.undo is None:
            return None
        return json.dumps({"undo": self.action.undo, "input": self.given.args, "result": json.loads(value)}).encode()

    async def not_done(self, word: ConnectorError) -> None:
        """Withdraw the intent where the call surely did not act, else mark it as uncertain."""
        effects = self.store.effects
        await (effects.uncertain if word.acted else effects.withdraw)(self.given.key, self.owner)

    async def act(self, *, repeat: bool) -> BaseModel:
        """Call the connector, bounded in time, showing signs of life."""
        given = self.given
        call = Call(self.opened.client, given.key, repeat, given.now, given.calendar, self.store.files(given.client))
        async with pulse(given.heartbeat / PULSES, self.alive):
            try:
                async with asyncio.timeout(given.timeout) as limit:
                    done: BaseModel = await self.action(self.args, call)
                    return done
            except TimeoutError as error:
                if not limit.expired():
                    raise
                raise Maybe(f"no answer within {given.timeout:.0f} s") from error

    async def alive(self) -> bool:
        """Tell Temporal and the ledger that this attempt lives; False when the row is another's."""
        activity.heartbeat()
        if not self.owner:
            return True
        self.until = time.time() + self.given.heartbeat
        return await self.store.effects.renew(self.given.key, self.owner, self.until)


def read(model: type[BaseModel], args: dict[str, Any]) -> BaseModel:
    """Read the step's values into the action's model; the message names fields, never values."""
    try:
        return model.model_validate(args)
    except ValidationError as error:
        fields = sorted({".".join(map(str, e["loc"])) or "values" for e in error.errors()})
        raise Rejected("look at " + ", ".join(fields), code="W5005") from None


def plain(result: BaseModel) -> Any:
    """Return a result as JSON, refusing one that a history should not carry."""
    text = result.model_dump_json(by_alias=True)
    if len(text) > MOST:
        raise Rejected(f"{len(text) // 1024} KiB", code="W5008")
    return result.model_dump(mode="json", by_alias=True)


def parse(stored: bytes | None) -> Any:
    """Read a recorded result."""
    return json.loads(stored or b"null")
