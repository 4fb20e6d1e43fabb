"""The rules of a connector as functions: each yields a sentence for everything that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from wakeel.sdk import Action, Connector, Effect

AnyConnector = Connector[Any]
AnyAction = Action[Any, Any, Any]
SLUG = re.compile("[a-z][a-z0-9_]{0,59}")


def names(connector: AnyConnector) -> Iterator[str]:
    """Check that connector, actions and triggers have names that a recipe can write."""
    for name in (connector.name, *connector.actions, *connector.triggers):
        if not SLUG.fullmatch(name):
            yield f"“{name}” is no name: small letters, digits and _, beginning with a letter"


def documents(title: str, doc: str) -> Iterator[str]:
    """Check that there is a sentence to print."""
    if not doc.partition("Example:")[0].strip():
        yield f"{title} has no docstring: its first line is what people read"


def descriptions(model: type[BaseModel]) -> Iterator[str]:
    """Check that every field, of models inside too, says what it is for."""
    for part in models_in(model):
        for name, field in part.model_fields.items():
            if not (field.description or "").strip():
                yield f"{part.__name__}.{name} has no description"


def models_in(found: Any, seen: set[Any] | None = None) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation names, each once."""
    seen = set() if seen is None else seen
    if isinstance(found, type) and issubclass(found, BaseModel) and found not in seen:
        seen.add(found)
        found.model_rebuild()  # a model may name one that stands further down
        yield found
        for field in found.model_fields.values():
            yield from models_in(field.annotation, seen)
    for part in get_args(found):
        yield from models_in(part, seen)


def example(connector: AnyConnector, action: AnyAction) -> Iterator[str]:
    """Check that the docstring's example is one step, of this verb, with its real fields."""
    title = f"{connector.name}.{action.name}"
    try:
        steps = yaml.load(action.doc.partition("Example:")[2], yaml.BaseLoader)  # noqa: S506 - it makes text only
    except yaml.YAMLError as error:
        yield f"the example of {title} is no YAML: {error}"
        return
    given = the_verb(steps, {title, f"{connector.port}.{action.name}"})
    if given is None:
        yield f"the docstring of {title} needs an `Example:` with one step, `- {title}:` and its fields below it"
        return
    yield from fields_of_example(title, action.input, set(given))


def the_verb(steps: Any, verbs: set[str]) -> dict[str, Any] | None:
    """Return what stands under the verb of the only step; None where that is not so."""
    if not (isinstance(steps, list) and len(steps) == 1 and isinstance(steps[0], dict)):
        return None
    (step,) = steps
    found = [value for verb, value in step.items() if verb in verbs]
    if len(found) != 1 or not isinstance(found[0] or {}, dict):
        return None
    return found[0] or {}


def fields_of_example(title: str, model: type[BaseModel], given: set[str]) -> Iterator[str]:
    """Check that an example has the fields that are needed, and no others."""
    known = fields_of(model)
    for name in sorted(given - set(known)):
        yield f"the example of {title} has a field “{name}” that the action does not take"
    for name in sorted(name for name, needed in known.items() if needed and name not in given):
        yield f"the example of {title} lacks the field “{name}”"


def fields_of(model: type[BaseModel]) -> dict[str, bool]:
    """Return the names that a recipe writes, and whether each is needed."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


def effects(connector: AnyConnector, action: AnyAction) -> Iterator[str]:
    """Check that the effect is backed: FOUND by a finder, a write by an authority and a reason."""
    title = f"{connector.name}.{action.name}"
    if action.effect is Effect.FOUND and action.finder is None:
        yield f"{title} is FOUND and cannot find: add `@{action.name}.find`"
    if action.finder is not None and isinstance(action.effect, Effect) and action.effect is not Effect.FOUND:
        yield f"{title} has a finder that nobody asks: it is {action.effect.name}"
    if action.effect is not Effect.READ and action.authority == "read":
        yield f"{title} changes the world with the authority to read"
    if action.effect is not Effect.READ and not action.why.strip():
        yield f"{title} does not say why a repeat is safe, or that it is not: `why=`"


def undo(connector: AnyConnector, action: AnyAction) -> Iterator[str]:
    """Check that the inverse is there, and that result and input have the fields that it needs."""
    if action.undo is None:
        return
    home, _, name = action.undo.partition(".")
    inverse = connector.actions.get(name) if home in {connector.name, connector.port} else None
    if inverse is None:
        yield f"{connector.name}.{action.name} is undone by {action.undo}, which is not there"
        return
    there = {*fields_of(action.output), *fields_of(action.input)}
    for field, needed in fields_of(inverse.input).items():
        if needed and field not in there:
            yield f"{action.undo} needs “{field}”, which {action.name} neither takes nor gives"


def triggers(connector: AnyConnector) -> Iterator[str]:
    """Check that every trigger has a page, a way to tell of events, and fields that are described."""
    for trigger in connector.triggers.values():
        yield from documents(f"{connector.name}.{trigger.name}", trigger.doc)
        yield from descriptions(trigger.args)
        yield from descriptions(trigger.event)
        if not (trigger.poll or trigger.watch or trigger.hook or trigger.clock):
            yield f"{connector.name}.{trigger.name} has no poll, no watch and no webhook"
        if (trigger.poll or trigger.watch) and trigger.cursor is None:
            yield f"{connector.name}.{trigger.name} has no cursor to go on from"
