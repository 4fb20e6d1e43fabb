"""What starts a recipe: the trigger behind the word, its source, and the run-control words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from wakeel.language.compile.action import fields_beside, refuse
from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.fields import arguments
from wakeel.language.compile.known import NOT_BEFORE_EVENT, NOT_BEFORE_RUN, Known, out_of_reach
from wakeel.language.compile.limits import check_limits, is_literal
from wakeel.language.compile.literals import Asked
from wakeel.language.compile.making import Making
from wakeel.language.compile.slots import slots_of
from wakeel.language.compile.values import WORDS, value
from wakeel.language.expr import Evaluation, ExpressionError
from wakeel.language.nodes import Mapping, Scalar
from wakeel.language.plan import ClientFacts, Start, Template
from wakeel.language.problems import near_names
from wakeel.language.recipe import When
from wakeel.language.recipe.words import RUN_CONTROL
from wakeel.language.types import ANY, Type, of_model, shape
from wakeel.language.values import revive
from wakeel.language.workspace import Refused, ResolvedTrigger, find_trigger, resolve_trigger

EVENT = re.compile(r"\$\{[^}]*\bevent\b")
UNKNOWN_WORD, SAME_FOR_ALL = "W2227", "W2233"
BEFORE_EVENT = ("client", "settings")
BEFORE_RUN = (*BEFORE_EVENT, "event")


def find_start(when: When, making: Making) -> ResolvedTrigger | None:
    """Find the trigger behind a word; a client that lacks the account still has the fields checked."""
    if making.client:
        found = resolve_trigger(when.verb.value, None, making.client, making.workspace, making.catalog)
        if isinstance(found, ResolvedTrigger):
            return found
        refuse(found, when.verb, None, making)
    general = find_trigger(when.verb.value, making.catalog)
    if isinstance(general, Refused):
        refuse(general, when.verb, None, making)
        return None
    return ResolvedTrigger(general.connector, general.trigger, None, "")


def event_type(found: ResolvedTrigger | None) -> Type:
    """Return what `event` is; one that a person gives is free-form."""
    return of_model(found.trigger.event) if found else ANY


def start(
    when: When, found: ResolvedTrigger, making: Making, settings: dict[str, Any], settings_shape: Any
) -> Start | None:
    """Compile one trigger; None where a problem was noted."""
    reader = seeing(BEFORE_RUN, when, making)
    before = seeing(BEFORE_EVENT, when, making)
    excused = {key.value for key in when.beside}
    args = arguments(when.body, found.trigger.args, when.verb, before, excused)
    check_beside(when, found, making)
    words = {
        "only_if": reader.condition(when.only_if) if when.only_if else None,
        "once_per": identity(when.once_per, "once_per", reader),
        "one_at_a_time_per": identity(when.one_at_a_time_per, "one_at_a_time_per", reader),
    }
    if making.client is None or making.no_plan:
        return None
    settled = settle(args, when, found, making, known_before(making.client.facts, revive(settings, settings_shape)))
    return Start(
        trigger=when.verb.value,
        kind=found.name,
        source=source_of(found, making),
        connection=found.connection.id if found.connection else None,
        args=settled,
        shape=shape(of_model(found.trigger.event)),
        **words,
    )


def check_beside(when: When, found: ResolvedTrigger, making: Making) -> None:
    """Say what to do with keys beside the trigger that mean nothing there."""
    known = slots_of(found.trigger.args)
    fields_beside([key for key in when.beside if key.value in known], when.verb.value, making.problems)
    for key in when.beside:
        if key.value not in known:
            near = near_names(key.value, (*RUN_CONTROL, *known))
            making.problems.add(UNKNOWN_WORD, key.place, near, word=key.value)


def seeing(names: tuple[str, ...], when: When, making: Making) -> Reader:
    """Return what checks expressions that see only these names."""
    line = when.verb.place.line
    code = NOT_BEFORE_RUN if "event" in names else NOT_BEFORE_EVENT
    others = [name for name in (*making.fixed, *making.lines) if name not in names]
    reader = making.reader(Known(hidden=out_of_reach(others, code, making.lines)), line)
    only = {name: field for name, field in making.fixed.items() if name in names}
    return replace(reader, scope=replace(reader.scope, names=only, later={}))


def identity(scalar: Scalar | None, word: str, reader: Reader) -> Template | None:
    """Return the text that says which runs are the same."""
    if scalar is None:
        return None
    before = len(reader.problems)
    found = value(scalar, Asked("when", word, WORDS), reader)
    told = EVENT.search(scalar.value) if word == "once_per" else not is_literal(found)
    if not told and len(reader.problems) == before:
        reader.problems.add(SAME_FOR_ALL, scalar.place, word=word)
    return found


def source_of(found: ResolvedTrigger, making: Making) -> str:
    """Return the name of the event source: a connection's, or the recipe's own."""
    own = f"{making.client.id if making.client else ''}/{making.recipe.id}"
    return f"{found.connection.id if found.connection else own}/{found.name}"


def settle(
    args: dict[str, Any], when: When, found: ResolvedTrigger, making: Making, seen: Evaluation
) -> dict[str, Any]:
    """Put the values of settings and client in: a source is watched before any event is there."""
    try:
        settled: dict[str, Any] = seen.fill(args)
    except ExpressionError as error:
        making.problems.add(error.code, when.verb.place, **error.params)
        return {}
    if isinstance(when.body, Mapping):
        check_limits(settled, found.trigger.args, when.verb.value, when.body, making.problems)
    return settled


def known_before(facts: ClientFacts, settings: Any) -> Evaluation:
    """Return what a trigger's fields can see."""
    client = {"id": facts.id, "name": facts.name, "language": facts.language, "time_zone": facts.calendar.time_zone}
    people = {name: person.model_dump() for name, person in facts.people.items()}
    names = {"settings": settings, "client": {**client, "people": people, "facts": facts.facts}}
    return Evaluation(names, facts.calendar, facts.language)
