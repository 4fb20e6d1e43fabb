"""The ledger's promises under any order of claims, deaths, answers and late words."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.store.made import KEY, LEASE, claim
from wakeel.store import Store

T = TypeVar("T")
OWNERS = st.sampled_from(["a", "b", "c"])
runs = itertools.count()


class Ledger(RuleBasedStateMachine):
    """One call key, three attempts that may be slow or dead, and a clock."""

    def __init__(self, store: Store, runner: asyncio.Runner) -> None:
        super().__init__()
        self.store, self.runner = store, runner
        self.key = f"nour/triage/{next(runs)}/steps/0"
        self.now = 1000.0
        self.owner = ""  # who may act
        self.until = 0.0
        self.claims = 0  # since the row was inserted
        self.maybe = False
        self.result: bytes | None = None
        self.done = False
        self.answer = ""  # a person's word: "no", and "used" while an attempt acts on it

    def wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @property
    def live(self) -> bool:
        return not self.done and self.until > self.now

    @rule(owner=OWNERS)
    def claims_it(self, owner: str) -> None:
        found = self.wait_for(claim(self.store, self.key, owner, now=self.now))
        if self.done:
            assert (found.state, found.result) == ("done", self.result), "done never acts again"
        elif self.live:
            assert (found.state, found.until) == ("busy", self.until), "at most one live owner"
        else:
            assert found.state == ("repeat" if self.claims else "new"), "who comes later knows that one came before"
            assert found.uncertain == self.maybe
            assert found.may_act == (self.answer == "no"), "an answer serves one attempt"
            self.owner, self.until, self.claims = owner, found.until, self.claims + 1
            self.answer = "used" if self.answer == "no" else ""

    @rule(seconds=st.sampled_from([1.0, LEASE / 2, LEASE]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(owner=OWNERS)
    def shows_life(self, owner: str) -> None:
        kept = self.wait_for(self.store.effects.renew(self.key, owner, self.now + LEASE))
        assert kept == (not self.done and self.owner == owner and self.until > 0)
        self.until = self.now + LEASE if kept else self.until

    @rule(owner=OWNERS)
    def is_done(self, owner: str) -> None:
        wrote = self.wait_for(self.store.effects.done(self.key, owner, owner.encode()))
        assert wrote == (not self.done and self.claims > 0 and self.owner == owner)
        if wrote:
            self.done, self.result = True, owner.encode()

    @rule(owner=OWNERS)
    def withdraws(self, owner: str) -> None:
        removed = self.wait_for(self.store.effects.withdraw(self.key, owner))
        mine = not self.done and self.claims > 0 and self.owner == owner
        assert removed == (mine and self.claims == 1 and not self.maybe), "never withdrawn after Maybe, nor by a second"
        if mine:
            self.until = 0.0
            self.answer = "no" if self.answer == "used" else self.answer
        if removed:
            self.owner, self.claims, self.answer = "", 0, ""

    @precondition(lambda self: self.claims > 0)
    @rule(owner=OWNERS)
    def ends_in_maybe(self, owner: str) -> None:
        self.wait_for(self.store.effects.uncertain(self.key, owner))
        if not self.done:
            self.maybe = True
            self.until = 0.0 if self.owner == owner else self.until

    @rule(went_out=st.booleans())
    def a_person_answers(self, went_out: bool) -> None:
        answered = self.wait_for(self.store.effects.answer(self.key, went_out, "mona", now=self.now))
        assert answered == (self.claims > 0 and not self.done and not self.live), "nobody answers for one at work"
        if answered:
            self.done, self.answer = went_out, "yes" if went_out else "no"


def test_the_ledger_keeps_its_promises_in_any_order(url: str, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(Store.open(url, data=tmp_path, key=KEY, durable=False))
        quiet = settings(
            max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(lambda: Ledger(store, runner), settings=quiet)  # type: ignore[arg-type]
        runner.run(store.close())
