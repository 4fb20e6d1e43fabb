"""The verbs that need no service: set, stop, fail, note, wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.known import Known
from wakeel.language.compile.literals import Asked
from wakeel.language.compile.made import Made
from wakeel.language.compile.slots import Slot
from wakeel.language.compile.values import FREE, WORDS, value
from wakeel.language.nodes import Node, Scalar, Sequence
from wakeel.language.plan import FailStep, NoteStep, SetStep, StopStep, Template, WaitStep
from wakeel.language.recipe import Step
from wakeel.language.recipe.shapes import mapping
from wakeel.language.types import ANY, SPAN, Field, ListOf, MapOf, Type, common_to_all, shape

if TYPE_CHECKING:
    from wakeel.language.compile.steps import Steps


def stop(steps: Steps, step: Step, known: Known) -> Made:
    """End the run well."""
    return Made(StopStep(kind="stop", text=words(steps, step, known)))


def fail(steps: Steps, step: Step, known: Known) -> Made:
    """End the run badly."""
    return Made(FailStep(kind="fail", text=words(steps, step, known)))


def note(steps: Steps, step: Step, known: Known) -> Made:
    """Write a line into the journal."""
    return Made(NoteStep(kind="note", text=words(steps, step, known)))


def words(steps: Steps, step: Step, known: Known) -> Template:
    """Return the text that stands behind a verb."""
    return asked_of(steps, step, known, WORDS)


def wait(steps: Steps, step: Step, known: Known) -> Made:
    """Pause for a span of clock time or of working time."""
    return Made(WaitStep(kind="wait", span=asked_of(steps, step, known, Slot(SPAN, reader="span"))))


def asked_of(steps: Steps, step: Step, known: Known, slot: Slot) -> Template:
    """Return the one value that stands behind a verb."""
    if step.body is None:
        return None
    return value(step.body, Asked(step.verb.value, step.verb.value, slot), steps.making.reader_of(step, known))


def set_names(steps: Steps, step: Step, known: Known) -> Made:
    """Give names to values; they cannot see each other."""
    body = mapping(step.body, "set", steps.making.problems) if step.body else None
    reader = steps.making.reader_of(step, known)
    found = {key.value: named(key, node, reader) for key, node in body.entries} if body else {}
    names = {name: field for name, (_template, field) in found.items()}
    values = {name: template for name, (template, _field) in found.items()}
    shapes = {name: shape(field.type) for name, field in names.items()}
    return Made(SetStep(kind="set", values=values, shapes=shapes), names)


def named(key: Scalar, node: Node, reader: Reader) -> tuple[Template, Field]:
    """Return the value of a name, which may be missing."""
    if isinstance(node, Scalar):
        return reader.template(node, required=False)
    return value(node, Asked("set", key.value, FREE), reader), Field(type_of(node, reader))


def type_of(node: Node, reader: Reader) -> Type:
    """Return the type of a value that is written out."""
    if isinstance(node, Scalar):
        return reader.template(node)[1].type
    if isinstance(node, Sequence):
        return ListOf(common_to_all([type_of(item, reader) for item in node.items]) if node.items else ANY)
    return MapOf({key.value: Field(type_of(item, reader)) for key, item in node.entries})
