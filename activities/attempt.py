"""One attempt at one step: claim its row in the ledger, act below the lease, write down what came of it."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import structlog
from pydantic import BaseModel
from temporalio import activity

from activities.clients import Opened
from activities.errors import verdict
from activities.pulse import Lost, pulse
from wakeel.crash import crash
from wakeel.language.plan import CallInput
from wakeel.logs import blame
from wakeel.sdk import Action, Call, Connector, ConnectorError, Effect, Maybe, Rejected, Unavailable
from wakeel.store import Claim, Store, StoreError

MOST = 256 * 1024  # bytes of a result that may stand in a history
AGAIN = 0.2  # seconds until the store is asked again to write a result down
PULSES = 3  # signs of life within one heartbeat
logger = structlog.get_logger()


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
        return result_of(as_json(await self.act(repeat=False)))

    async def once(self) -> Any:
        """Perform an action that changes the world, as its ledger row allows."""
        claim = await self.claim()
        match claim.state:
            case "done":
                return result_of(claim.result)
            case "busy":
                wait = timedelta(seconds=max(claim.until - time.time(), 0) + 0.1)
                raise Unavailable("an earlier attempt may still be running", retry_after=wait)
            case "undone":
                raise Rejected("it was done and then taken back", code="W5006")
            case "repeat" if self.effect is Effect.ONCE and not claim.may_act:
                word = Maybe("an earlier attempt ended without an answer")
                await self.not_done(word)
                raise word
        return await self.perform(repeat=claim.state == "repeat" and not claim.may_act)

    async def claim(self) -> Claim:
        """Commit the intent, before anything is done."""
        given, now = self.given, time.time()
        self.owner, self.until = uuid4().hex, now + given.heartbeat
        try:
            return await self.store.effects.claim(
                given.key,
                client=given.client,
                run=given.run,
                step=given.step,
                action=f"{self.connector.name}.{self.action.name}",
                owner=self.owner,
                now=now,
                until=self.until,
                input=self.args.model_dump_json(by_alias=True).encode(),
            )
        except StoreError as error:
            raise Unavailable(str(error)) from error

    async def perform(self, *, repeat: bool) -> Any:
        """Act, and write down what came of it."""
        crash("call.intended")
        try:
            if time.time() > self.until:  # this process slept through its own lease: the row may be another's now
                raise Unavailable("the attempt was held up for too long")
            value = as_json(await self.act(repeat=repeat))
        except Lost as error:
            raise Unavailable("another attempt has taken over") from error
        except asyncio.CancelledError:
            await asyncio.shield(self.not_done(Maybe("it was cancelled")))
            raise
        except Exception as error:
            word = verdict(self.connector, error, self.action.name)
            await self.not_done(word)
            raise word from error
        crash("call.acted")
        await self.record(value)
        crash("call.recorded")
        return result_of(value)

    async def record(self, value: bytes) -> None:
        """Commit the result, trying for as long as the lease lasts; what nobody wrote down may have been done."""
        owned: bool | None = None
        while owned is None:
            try:
                owned = await self.store.effects.done(self.given.key, self.owner, value, undo=self.undo(value))
            except StoreError as error:
                if time.time() > self.until:
                    raise Maybe(str(error)) from error
                await asyncio.sleep(AGAIN)
        if not owned:
            raise Unavailable("another attempt has taken over")

    def undo(self, value: bytes) -> bytes | None:
        """Return what the inverse needs: the call's input and result; None where it has none."""
        if self.action.undo is None:
            return None
        return json.dumps({"undo": self.action.undo, "input": self.given.args, "result": json.loads(value)}).encode()

    async def not_done(self, word: ConnectorError) -> None:
        """Withdraw the intent where the call surely did not act, else mark it as uncertain."""
        effects = self.store.effects
        try:
            await (effects.uncertain if word.acted else effects.withdraw)(self.given.key, self.owner)
        except StoreError as error:  # the row stays as it is: the next attempt is a repeat
            logger.warning("not_written_down", step=self.given.step, **blame(error))

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
                raise Maybe(f"no answer within {given.timeout:g} s") from error

    async def alive(self) -> bool:
        """Tell Temporal and the ledger that this attempt lives; False when the row is another's."""
        activity.heartbeat()
        if not self.owner:
            return True
        until = time.time() + self.given.heartbeat
        try:
            renewed = await self.store.effects.renew(self.given.key, self.owner, until)
        except StoreError:
            return time.time() < self.until
        self.until = until
        return renewed


def as_json(result: BaseModel) -> bytes:
    """Return a result as it is kept."""
    return result.model_dump_json(by_alias=True).encode()


def result_of(kept: bytes | None) -> Any:
    """Return a result as a run takes it, refusing one that a history should not carry."""
    if kept is not None and len(kept) > MOST:
        raise Rejected(f"{len(kept) // 1024} KiB", code="W5008")
    return json.loads(kept or b"null")
