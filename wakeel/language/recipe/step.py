"""Steps from nodes: one verb, its fields, and the engine words beside it."""

from __future__ import annotations

import re

from wakeel.language.nodes import Mapping, Node, Scalar, Sequence
from wakeel.language.problems import LONGEST, Problems
from wakeel.language.recipe import numbers
from wakeel.language.recipe.flow import read_flow
from wakeel.language.recipe.model import Step, Then
from wakeel.language.recipe.shapes import check_title, is_empty, refuse_expressions, text
from wakeel.language.recipe.verb import LATER, find_verb, strange_keys
from wakeel.language.recipe.words import CALL_WORDS, LATER_VERBS, NAMED_VERBS, is_call, is_verb

NO_STEPS, NOT_A_STEP, SILENCE, NO_DASHES = "W2203", "W2209", "W2217", "W2230"
VERB = re.compile(r"[A-Za-z_]{1,30}(?:\.[A-Za-z_]{1,60})?")
BULLET = re.compile(r"^\s*(?:[-–—•·▪●*o]|\d{1,3}[.)-]?)\s*(?=\D)")
MISPLACED, BAD_THEN, BAD_UNDO = "W2304", "W2309", "W2310"

SETTLED = ("as", "using", "retry", "timeout")  # engine words whose values no run can change
TEXTS = {"as": "name", "if": "condition", "using": "using"}


def read_steps(node: Node, key: str, path: str, problems: Problems) -> list[Step]:
    """Read a list of steps that is not empty."""
    if is_empty(node) or (isinstance(node, Sequence) and not node.items):
        problems.add(NO_STEPS, node.place, key=key)
        return []
    if not isinstance(node, Sequence):
        without_dashes(node, key, problems)
        return []
    found = [read_step(item, f"{path}/{number}", problems) for number, item in enumerate(node.items)]
    return [step for step in found if step]


def without_dashes(node: Mapping | Scalar, key: str, problems: Problems) -> None:
    """Say how the first step is written of steps that do not begin with `- `."""
    first = node if isinstance(node, Scalar) else next((key for key, _value in node.entries), None)
    if first is None:
        problems.add(NO_STEPS, node.place, key=key)
    else:
        verb = BULLET.sub("", first.value).partition(":")[0].strip()
        problems.add(NO_DASHES, first.place, key=key, verb=verb if VERB.fullmatch(verb) else "slack.post_message")


def read_step(node: Node, path: str, problems: Problems) -> Step | None:
    """Read one step; None where it has no verb."""
    if not isinstance(node, Mapping):
        first = node.value.partition(" ")[0].rstrip(":") if isinstance(node, Scalar) else ""
        known = is_verb(first) or first in LATER_VERBS
        problems.add(NOT_A_STEP, node.place, verb=first[:LONGEST] if known else "slack.post_message")
        return None
    verb = find_verb(node, problems)
    if verb is None:
        return None
    step = Step(verb, node.get(verb.value), path, beside=strange_keys(node, verb, problems))
    if verb.value in LATER_VERBS:
        not_yet(step, node, problems)
        return step
    read_words(step, node, problems)
    if not is_call(verb.value):
        read_flow(step, read_steps, problems)
    return step


def not_yet(step: Step, node: Mapping, problems: Problems) -> None:
    """Refuse a verb of a later version; its name stays known, so that one fault is reported once."""
    silence = step.body.get("if_no_answer") if isinstance(step.body, Mapping) else None
    if isinstance(silence, Scalar) and silence.value == "approve":
        problems.add(SILENCE, silence.place)
    problems.add(LATER, step.verb.place, word=step.verb.value)
    if name := node.get("as"):
        step.name = text(name, "as", problems)


def read_words(step: Step, node: Mapping, problems: Problems) -> None:
    """Read the engine words beside the verb."""
    for key, value in node.entries:
        if key.value == step.verb.value:
            continue
        if misplaced(key.value, step.verb.value):
            problems.add(MISPLACED, key.place, word=key.value, verb=step.verb.value)
        else:
            read_word(step, key.value, value, problems)


def misplaced(word: str, verb: str) -> bool:
    """Say whether an engine word means nothing beside this verb."""
    return (word in CALL_WORDS and not is_call(verb)) or (
        word == "as" and not is_call(verb) and verb not in NAMED_VERBS
    )


def read_word(step: Step, word: str, value: Node, problems: Problems) -> None:
    """Read one engine word."""
    if word in SETTLED and refuse_expressions(word, value, problems):
        return
    match word:
        case "as" | "if" | "using":
            setattr(step, TEXTS[word], text(value, word, problems))
        case "retry":
            step.retry = numbers.retry(value, problems)
        case "timeout":
            step.timeout = numbers.span(value, word, problems)
        case "if_it_fails":
            step.if_it_fails = read_then(value, step.path, problems)
        case "undo":
            step.undo = read_undo(value, step.path, problems)
        case "title":
            check_title(value, word, problems)
            step.title = value


def read_then(node: Node, path: str, problems: Problems) -> Then | None:
    """Read `continue`, or the steps that deal with a failure."""
    if isinstance(node, Scalar) and node.value == "continue":
        return "continue"
    if isinstance(node, Scalar):
        problems.add(BAD_THEN, node.place)
        return None
    return read_steps(node, "if_it_fails", f"{path}/if_it_fails", problems)


def read_undo(node: Node, path: str, problems: Problems) -> list[Step] | None:
    """Read `none`, or the steps that take a step back."""
    if isinstance(node, Scalar) and node.value == "none":
        return []
    if isinstance(node, Scalar):
        problems.add(BAD_UNDO, node.place)
        return None
    return read_steps(node, "undo", f"{path}/undo", problems)
