"""What a plan promises, in words: for each step its account, its effect, its attempts and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wakeel.language.catalog import Catalog
from wakeel.language.flowchart import mermaid
from wakeel.language.headlines import headline
from wakeel.language.plan import ActionStep, Node, Plan, Start
from wakeel.language.promises import attempts, authority, length_in, promise, say, undo
from wakeel.language.walk import Block, blocks_of, inside
from wakeel.language.written import written
from wakeel.sdk import Effect


@dataclass(frozen=True, slots=True)
class Explained:
    """A plan in one language."""

    plan: Plan
    catalog: Catalog
    language: str = "en"

    @property
    def data(self) -> dict[str, Any]:
        """Return everything as JSON: the form of `wakeel explain --json`."""
        return {
            "activation": self.plan.activation,
            "title": self.plan.title or self.plan.recipe,
            "state": self.plan.state,
            "version": self.plan.version(),
            "starts": [self.start(one) for one in self.plan.starts],
            "stuck": say("stuck", self.language),
            "steps": [step for block in blocks_of(self.plan) for step in self.steps(block, 0)],
            "mermaid": self.mermaid(),
        }

    def text(self, language: str = "") -> str:
        """Return everything for a terminal."""
        told = Explained(self.plan, self.catalog, language) if language else self
        return "\n".join(told.lines())

    def mermaid(self) -> str:
        """Return a Mermaid flow chart."""
        return mermaid(self.plan, self.language)

    def start(self, start: Start) -> dict[str, Any]:
        """Say what starts a run, and which events start none."""
        key, group = start.once_per, start.one_at_a_time_per
        return {
            "trigger": start.trigger,
            "kind": start.kind,
            "source": start.source,
            "connection": start.connection,
            "args": start.args,
            "identity": say("once_per", self.language, key=written(key)) if key else say("own_key", self.language),
            "only_if": start.only_if,
            "one_at_a_time": say("one_at_a_time", self.language, key=written(group)) if group else None,
        }

    def steps(self, block: Block, depth: int) -> Iterator[dict[str, Any]]:
        """Yield the steps of a block and of those inside it, in the order of the recipe."""
        for number, step in enumerate(block.steps):
            path = f"{block.path}/{number}"
            yield {"path": path, "depth": depth, "block": block.kind, "way": self.way(block), **self.step(step)}
            for part in inside(step, path):
                yield from self.steps(part, depth + 1)

    def way(self, block: Block) -> str | None:
        """Say when a branch is taken."""
        if block.kind != "choose":
            return None
        return (
            say("if", self.language, condition=block.condition) if block.condition else say("otherwise", self.language)
        )

    def step(self, step: Node) -> dict[str, Any]:
        """Describe one step."""
        return {
            "line": step.line,
            "kind": step.kind,
            "name": step.name,
            "title": step.title or headline(step, self.language),
            "condition": step.condition,
            "if_it_fails": self.failing(step),
            **(self.call(step) if isinstance(step, ActionStep) else {}),
        }

    def failing(self, step: Node) -> str | None:
        """Say what happens when a step fails, if the recipe says so."""
        if step.on_failure is None:
            return None
        return say("continue" if step.on_failure == "continue" else "deal", self.language)

    def call(self, step: ActionStep) -> dict[str, Any]:
        """Describe a call to a service."""
        return {
            "verb": step.verb,
            "action": step.action,
            "connection": step.connection,
            "role": step.role,
            "effect": step.weakest.value,
            "promise": promise(step, self.catalog, self.language),
            "retry": attempts(step, self.language),
            "timeout": say("timeout", self.language, timeout=length_in(step.timeout, self.language)),
            "undo": undo(step, self.language),
            "authority": authority(step, self.language),
        }

    def lines(self) -> Iterator[str]:
        """Yield the lines for a terminal."""
        data = self.data
        state = say(f"state.{data['state']}", self.language)
        yield say("title", self.language, title=data["title"], activation=data["activation"], state=state)
        for start in data["starts"]:
            yield from self.start_lines(start)
        if not data["starts"]:
            yield say("by_hand", self.language)
        at = ""
        for step in data["steps"]:
            if step["depth"] == 0 and step["block"] != at:
                at = step["block"]
                yield from ("", say(at, self.language))
            yield from self.step_lines(step)
        yield from ("", data["stuck"])

    def start_lines(self, start: dict[str, Any]) -> Iterator[str]:
        """Yield what starts a run."""
        args = ", ".join(f"{name}: {written(value)}" for name, value in start["args"].items())
        params = {"trigger": start["trigger"], "args": f" ({args})" if args else ""}
        known = start["connection"]
        yield say("starts" if known else "starts.clock", self.language, **params, connection=known or "")
        if start["only_if"]:
            yield "  " + say("only_if", self.language, condition=start["only_if"])
        yield "  " + start["identity"]
        if start["one_at_a_time"]:
            yield "  " + start["one_at_a_time"]

    def step_lines(self, step: dict[str, Any]) -> Iterator[str]:
        """Yield one step with its promises."""
        indent = "  " * (step["depth"] + 1)
        name = f" → {step['name']}" if step["name"] else ""
        yield f"{indent}{step['path']}  {step['title']}{name}"
        shown = say("if", self.language, condition=step["condition"]) if step["condition"] else None
        for part in (step["way"], shown, step["if_it_fails"]):
            if part:
                yield f"{indent}    {part}"
        if step["kind"] == "action":
            yield from (f"{indent}    {line}" for line in self.call_lines(step))

    def call_lines(self, step: dict[str, Any]) -> Iterator[str]:
        """Yield what a call promises."""
        resolved = f" ({step['action']})" if step["action"] != step["verb"] else ""
        yield f"{say('account', self.language)}: {step['connection'] or say('pure', self.language)}{resolved}"
        yield f"{say('effect', self.language)}: {step['promise']}"
        yield f"{say('retries', self.language)}: {step['retry']}{say('comma', self.language)} {step['timeout']}"
        if step["effect"] != Effect.READ:
            yield f"{say('back', self.language)}: {step['undo']}"
            yield f"{say('authority', self.language)}: {step['authority']}"


def explain(plan: Plan, catalog: Catalog, language: str = "en") -> Explained:
    """Explain a plan in a language."""
    return Explained(plan, catalog, language)
