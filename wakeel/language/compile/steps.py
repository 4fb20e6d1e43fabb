"""Lists of steps to nodes of a plan: what the engine words mean for each step and for those after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from wakeel.language.compile.action import action
from wakeel.language.compile.blocks import choose, for_each, group, new, together
from wakeel.language.compile.expressions import shown_by
from wakeel.language.compile.known import AFTER_FAILURE, ITSELF, Known, maybe, out_of_reach
from wakeel.language.compile.made import Made
from wakeel.language.compile.making import Making
from wakeel.language.compile.plain import fail, note, set_names, stop, wait
from wakeel.language.compile.tell import tell
from wakeel.language.plan import Failure, Node
from wakeel.language.recipe import Step
from wakeel.language.recipe.shapes import in_language
from wakeel.language.recipe.words import LATER_VERBS, is_call
from wakeel.language.types import ANY, TEXT, Field, MapOf

Handler = Callable[["Steps", Step, Known], Made]
HANDLERS: dict[str, Handler] = {
    "set": set_names,
    "stop": stop,
    "fail": fail,
    "note": note,
    "wait": wait,
    "tell": tell,
    "choose": choose,
    "together": together,
    "steps": group,
    "for_each": for_each,
}
FAILURE = Field(MapOf({name: Field(TEXT) for name in Failure.model_fields}))
ENDS = ("stop", "fail")


@dataclass
class Steps:
    """Compiles the steps of one recipe."""

    making: Making

    def block(self, steps: list[Step], known: Known) -> tuple[tuple[Node, ...], Known]:
        """Compile steps in order; return them with what is known after the last."""
        nodes = []
        for step in steps:
            node, known = self.step(step, known)
            if node is not None:
                nodes.append(node)
        return tuple(nodes), known

    def step(self, step: Step, known: Known) -> tuple[Node | None, Known]:
        """Compile one step; return it with what is known after it."""
        inner = known.holding(shown_by(step.condition.value)) if step.condition else known
        condition = self.making.reader_of(step, known).condition(step.condition) if step.condition else None
        own = out_of_reach([step.name.value], ITSELF, self.making.lines) if step.name else {}
        made = self.made(step, inner.hiding(own))
        on_failure, aside = self.on_failure(step, inner, made)
        unsure = step.condition is not None or step.if_it_fails is not None
        after = known.plus(maybe(made.names) if unsure else made.names).hiding({**made.hidden, **aside.hidden})
        if step.condition and step.verb.value in ENDS and step.if_it_fails is None:
            after = after.holding(shown_by(f"not ({step.condition.value})"))
        if made.node is None:
            return None, after
        words = {
            "name": step.name.value if step.name else None,
            "condition": condition,
            "on_failure": on_failure,
            "title": in_language(step.title, self.making.language),
            "line": step.line,
        }
        return made.node.model_copy(update=words), after

    def made(self, step: Step, known: Known) -> Made:
        """Compile what the verb says."""
        verb = step.verb.value
        if verb in LATER_VERBS:
            return Made(None, {step.name.value: Field(ANY)} if step.name else {})
        return action(self, step, known) if is_call(verb) else HANDLERS[verb](self, step, known)

    def on_failure(self, step: Step, known: Known, made: Made) -> tuple[str | tuple[Node, ...] | None, Known]:
        """Compile a step's own `if_it_fails`; its names are not seen after it."""
        if not isinstance(step.if_it_fails, list):
            return step.if_it_fails, Known()
        failing = replace(known.plus(maybe(made.names)).plus({"failure": FAILURE}), present=known.present)
        nodes, after = self.block(step.if_it_fails, failing)
        return nodes, Known(hidden=out_of_reach(new(failing, after), AFTER_FAILURE, self.making.lines))

    def aside(self, steps: list[Step], known: Known) -> tuple[Node, ...]:
        """Compile steps whose names nobody else sees: those of `undo`."""
        return self.block(steps, known)[0]
