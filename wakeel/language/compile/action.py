"""A call to a service: the action behind the verb, its arguments, its effect and what it may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from wakeel.language.compile.authority import check_authority
from wakeel.language.compile.effects import effect_of, weakest_of
from wakeel.language.compile.fields import arguments
from wakeel.language.compile.known import Known
from wakeel.language.compile.made import Made
from wakeel.language.compile.making import Making
from wakeel.language.compile.slots import slots_of
from wakeel.language.nodes import Place, Scalar
from wakeel.language.plan import ActionStep, Retry
from wakeel.language.problems import Problems, listed, near_names
from wakeel.language.recipe import Step
from wakeel.language.recipe.words import ENGINE_WORDS
from wakeel.language.types import ANY, Field, of_model, shape
from wakeel.language.workspace import Refused, ResolvedAction, find_action, resolve_action

if TYPE_CHECKING:
    from wakeel.language.compile.steps import Steps

TIMEOUT = 60.0  # seconds
NO_HOME = ("W2103", "W2107", "W2108")  # the fault is in what stands before the dot
UNKNOWN_WORD, FIELD_BESIDE, FAULTY, NO_ROLE = "W2206", "W2403", "W4044", "W4042"


def action(steps: Steps, step: Step, known: Known) -> Made:
    """Compile a step whose verb belongs to a connector."""
    making = steps.making
    found = resolved(step, making)
    if found is None:
        return Made(None, {step.name.value: Field(ANY)} if step.name else {})
    check_beside(step, found, making)
    output: type[BaseModel] = found.action.output
    reader, result = making.reader_of(step, known), of_model(output)
    excused = {key.value for key in step.beside}
    args = arguments(step.body, found.action.input, step.verb, reader, excused)
    names = {step.name.value: Field(result)} if step.name else {}
    if making.client:
        check_authority(making.client, found.action.authority, step.verb.value, step.verb.place, making.problems)
    undo_steps = steps.aside(step.undo, known.plus(names)) if step.undo is not None else None
    if making.no_plan:
        return Made(None, names)
    node = call(step, found, args).model_copy(update={"shape": shape(result), "undo_steps": undo_steps})
    return Made(node, names)


def call(step: Step, found: ResolvedAction, args: dict[str, Any]) -> ActionStep:
    """Return the plan's node of a call."""
    effect = effect_of(found.action, found.connection, args)
    return ActionStep(
        kind="action",
        verb=step.verb.value,
        action=found.name,
        role=found.role,
        connection=found.connection.id if found.connection else None,
        args=args,
        effect=effect,
        weakest=weakest_of(effect),
        authority=found.action.authority,
        retry=step.retry or Retry(),
        timeout=step.timeout or TIMEOUT,
        undo=None if step.undo == [] else found.action.undo,
    )


def resolved(step: Step, making: Making) -> ResolvedAction | None:
    """Find the action behind a verb; a client that lacks the account still has the fields checked."""
    verb = step.verb.value
    if making.client:
        using = step.using.value if step.using else None
        found = resolve_action(verb, using, making.client, making.workspace, making.catalog)
        if isinstance(found, ResolvedAction):
            return found
        refuse(found, step.verb, step.using, making)
    general = find_action(verb, making.catalog)
    if isinstance(general, Refused):
        refuse(general, step.verb, None, making)
        return None
    return ResolvedAction(general.connector, general.action, None, "")


def refuse(refused: Refused, verb: Scalar, using: Scalar | None, making: Making) -> None:
    """Note why a verb has no action or trigger, at the word that is wrong."""
    making.faulty = making.faulty or refused.code == FAULTY
    if refused.code != FAULTY:
        refused.report(making.problems, using.place if using else place_of_name(verb, refused.code))


def place_of_name(verb: Scalar, code: str) -> Place:
    """Return the part of a verb that is wrong: its connector or what stands behind the dot."""
    home, _, name = verb.value.partition(".")
    if code in NO_HOME:
        return verb.place_of(0, len(home))
    return verb.place_of(len(home) + 1, len(name)) if code == "W2104" else verb.place


def check_beside(step: Step, found: ResolvedAction, making: Making) -> None:
    """Say what to do with keys beside the verb that mean nothing there."""
    model: type[BaseModel] = found.action.input
    known = slots_of(model)
    fields_beside([key for key in step.beside if key.value in known], step.verb.value, making.problems)
    for key in step.beside:
        if key.value not in known:
            near = near_names(key.value, (*ENGINE_WORDS, *known))
            making.problems.add(UNKNOWN_WORD, key.place, near, word=key.value)


def fields_beside(keys: list[Scalar], verb: str, problems: Problems) -> None:
    """Say once which fields lack their indentation."""
    if keys:
        problems.add(FIELD_BESIDE, keys[0].place, fields=listed(key.value for key in keys), verb=verb)
