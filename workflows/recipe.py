"""The run of a recipe: one dynamic workflow that interprets a compiled plan."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue, SearchAttributeKey
from temporalio.exceptions import ApplicationError, FailureError

from wakeel.language.expr import Evaluation, ExpressionError
from wakeel.language.plan import Entry, Node, RunResult, RunStart
from workflows.failure import StepFailed, Stopped, from_expression
from workflows.nodes.action import action
from workflows.nodes.blocks import choose, group
from workflows.nodes.for_each import for_each
from workflows.nodes.plain import fail, note, set_names, stop
from workflows.nodes.together import together
from workflows.nodes.wait import wait
from workflows.scope import MISSING, Names, evaluation, first_names, keep, now, plain, revive

NODES: dict[str, Callable[..., Awaitable[Any]]] = {
    "action": action,
    "set": set_names,
    "stop": stop,
    "fail": fail,
    "note": note,
    "wait": wait,
    "choose": choose,
    "together": together,
    "steps": group,
    "for_each": for_each,
}
WAITING = SearchAttributeKey.for_keyword("WakeelWaiting")
LOOK_AGAIN = timedelta(minutes=5)  # an account may have been mended without anybody telling the run
PATIENCE = timedelta(days=30)


@workflow.defn(dynamic=True)
class RecipeRun:
    """Walks a plan from the top and skips what its journal holds; the journal is the only state."""

    @workflow.init
    def __init__(self, args: Sequence[RawValue]) -> None:
        self.start: RunStart = workflow.payload_converter().from_payload(args[0].payload, RunStart)
        self.started = self.start.started or now(self.start)
        self.language = self.start.plan.client.language
        self.journal, self.notes = self.start.journal, self.start.notes
        self.mended: set[str] = set()
        self.patience: dict[str, timedelta] = {}
        self.busy = 0  # open blocks with several branches
        self.ending = False

    @workflow.run
    async def run(self, args: Sequence[RawValue]) -> RunResult:  # noqa: ARG002 - __init__ has read them
        """Run the steps, then what belongs to their end; a recipe's failure ends the run in words."""
        plan, names = self.start.plan, first_names(self.start, self.started)
        ended = await self.ended(names)
        names["run"] = {**names["run"], "result": ended.message or ended.state}
        if ended.failure and plan.if_it_fails:
            await self.last_words("if_it_fails", plan.if_it_fails, names, ended)
        await self.last_words("always", plan.always, names, ended)
        await self.release()
        ended = ended.model_copy(update={"journal": self.journal, "notes": self.notes})
        if ended.failure:
            raise ApplicationError(ended.message, ended, type=ended.failure.code, non_retryable=True)
        return ended

    async def ended(self, names: Names) -> RunResult:
        """Run the plan's steps and say how they ended."""
        try:
            await self.block(self.start.plan.steps, "steps", names)
        except Stopped as stopped:
            return RunResult(state="stopped", message=str(stopped))
        except StepFailed as error:
            names["failure"] = error.why.model_dump()
            return RunResult(state="failed", message=error.why.message, failure=error.why)
        except (asyncio.CancelledError, FailureError):
            await asyncio.shield(self.last_words("always", self.start.plan.always, names, RunResult(state="stopped")))
            await asyncio.shield(self.release())
            raise
        return RunResult()

    async def last_words(self, at: str, steps: tuple[Node, ...], names: Names, ended: RunResult) -> None:
        """Run the steps of an end; they may fail without hiding why the run ended."""
        self.ending = True  # a failure is not carried over: the end stays in one history
        try:
            await self.block(steps, at, names)
        except Stopped:
            return
        except StepFailed as error:
            self.notes.append(f"{error.why.step}: {error.why.message}")
            if ended.failure is None:
                ended.failure, ended.state, ended.message = error.why, "failed", error.why.message

    async def block(self, steps: tuple[Node, ...], at: str, names: Names) -> None:
        """Run steps in order."""
        for number, step in enumerate(steps):
            await self.rest()
            await self.step(step, f"{at}/{number}", names)

    async def step(self, step: Node, path: str, names: Names) -> None:
        """Run one step, or walk past it where the journal holds its end."""
        known = self.journal.get(path)
        try:
            if known is None and not self.holds(step.condition, path, names):
                known = self.journal[path] = Entry(state="skipped")
            if known is not None and known.failure is not None:
                raise StepFailed(known.failure)
            if known is not None and known.state != "entered":
                self.remember(step, known, names)
            else:
                await self.act(step, path, names)
        except StepFailed as error:
            await self.dealt_with(step, path, names, error)

    async def act(self, step: Node, path: str, names: Names) -> None:
        """Run a step's own work and journal its end."""
        try:
            value = await NODES[step.kind](self, step, path, names)
        except ExpressionError as error:
            raise from_expression(error, path, self.language) from error
        if step.kind in {"choose", "together", "steps"}:
            return  # their parts are in the journal; walking through them again gives the names back
        entry = self.journal[path] = Entry(state="done", value=plain(value))
        self.remember(step, entry, names)

    async def dealt_with(self, step: Node, path: str, names: Names, error: StepFailed) -> None:
        """Do what the step's `if_it_fails` says, or let the failure go on."""
        if step.on_failure is None:
            raise error
        self.journal[path] = Entry(state="failed", failure=error.why)
        keep(names, step.name, MISSING)
        if step.on_failure != "continue":
            inner = names.new_child({"failure": error.why.model_dump()})
            await self.block(step.on_failure, f"{path}/if_it_fails", inner)

    def remember(self, step: Node, entry: Entry, names: Names) -> None:
        """Give a finished step's result its name."""
        if step.kind == "set":
            values = entry.value or {}
            for name in step.values:
                here = name in values and entry.state == "done"
                keep(names, name, revive(values[name], step.shapes.get(name, "any")) if here else MISSING)
        elif step.name:
            value = revive(entry.value, self.shape_of(step)) if entry.state == "done" else MISSING
            keep(names, step.name, value)

    def shape_of(self, step: Node) -> Any:
        """Return the shape of a step's result."""
        shape = getattr(step, "shape", "any")
        return {"list": shape} if step.kind == "for_each" else shape

    def holds(self, condition: str | None, path: str, names: Names) -> bool:
        """Say whether a condition holds; no condition always does."""
        try:
            return condition is None or self.evaluation(names).holds(condition)
        except ExpressionError as error:
            raise from_expression(error, path, self.language) from error

    def evaluation(self, names: Names) -> Evaluation:
        """Return an evaluator over what is known now."""
        return evaluation(self.start, names)

    def entered(self, path: str) -> Any:
        """Return what a block noted when it began, or None."""
        entry = self.journal.get(path)
        return entry.value if entry is not None and entry.state == "entered" else None

    def enter(self, path: str, value: Any) -> None:
        """Note what decides the way through a block, before it begins."""
        self.journal[path] = Entry(state="entered", value=value)

    async def rest(self) -> None:
        """Continue as new where the history is long, at a moment when only one branch is alive."""
        if self.busy == 0 and not self.ending and workflow.info().is_continue_as_new_suggested():
            await workflow.wait_condition(workflow.all_handlers_finished)
            carried = self.start.model_copy(
                update={"journal": self.journal, "notes": self.notes, "started": self.started}
            )
            workflow.continue_as_new(carried)

    async def account_mended(self, connection: str) -> bool:
        """Wait for a person to mend an account; False when nobody did for 30 days."""
        self.waiting("account")
        begun = workflow.now()
        try:
            await workflow.wait_condition(
                lambda: connection in self.mended, timeout=LOOK_AGAIN, timeout_summary=f"account {connection}"
            )
        except TimeoutError:
            self.patience[connection] = self.patience.get(connection, timedelta()) + (workflow.now() - begun)
        self.mended.discard(connection)
        self.waiting(None)
        return self.patience.get(connection, timedelta()) < PATIENCE

    def waiting(self, reason: str | None) -> None:
        """Say in the search attributes what the run waits for."""
        if self.start.attributes:
            workflow.upsert_search_attributes([WAITING.value_set(reason) if reason else WAITING.value_unset()])

    async def release(self) -> None:
        """Let the next run of the same queue begin."""
        start = self.start.start
        if start is not None and self.start.plan.starts[start].one_at_a_time_per is not None:
            await workflow.execute_activity(
                "wakeel.finished", self.start.root, start_to_close_timeout=timedelta(seconds=30)
            )

    @workflow.signal
    def reconnected(self, connection: str) -> None:
        """Hear that an account works again."""
        self.mended.add(connection)

    @workflow.query
    def state(self) -> RunResult:
        """Return the journal so far."""
        return RunResult(journal=self.journal, notes=self.notes)
