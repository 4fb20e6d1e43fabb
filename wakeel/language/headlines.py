"""One line that says what a step does, where the recipe gives it no title."""

from __future__ import annotations

from wakeel.language.plan import ActionStep, FailStep, ForEachStep, Node, NoteStep, SetStep, StopStep, WaitStep
from wakeel.language.promises import say
from wakeel.language.written import span, written


def headline(step: Node, language: str) -> str:
    """Say what a step does."""
    match step:
        case ActionStep():
            return call(step, language)
        case SetStep():
            return say("verb.set", language, text=", ".join(step.values))
        case WaitStep():
            return say("verb.wait", language, text=span(step.span))
        case StopStep() | FailStep() | NoteStep():
            return say(f"verb.{step.kind}", language, text=written(step.text))
        case ForEachStep():
            over, count = written(step.over), str(step.at_once)
            return say("verb.for_each", language, item=step.item, over=over, at_once=count)
    return say(f"verb.{step.kind}", language)


def call(step: ActionStep, language: str) -> str:
    """Say what a call does: its verb, and whom it tells."""
    if step.verb != "tell":
        return step.verb
    told = step.args.get("to") or step.args.get("channel")
    return say("verb.tell", language, who=", ".join(map(written, told if isinstance(told, list) else [told])))
