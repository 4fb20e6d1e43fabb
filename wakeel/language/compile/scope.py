"""What every step of a recipe sees beside the results of others: event, settings, client, run, now."""

from __future__ import annotations

from typing import Any

from wakeel.language.plan import ClientFacts, Person
from wakeel.language.types import (
    ANY,
    MOMENT,
    NUMBER,
    TEXT,
    YES_NO,
    Field,
    ListOf,
    MapOf,
    Type,
    common_to_all,
    of_model,
)

RUN = MapOf(
    {"id": Field(TEXT), "recipe": Field(TEXT), "started_at": Field(MOMENT), "result": Field(TEXT), "url": Field(TEXT)}
)


def fixed_names(facts: ClientFacts | None, settings: Type, event: Type) -> dict[str, Field]:
    """Return the names that are in scope everywhere."""
    return {
        "event": Field(event),
        "settings": Field(settings),
        "client": Field(client_type(facts)),
        "run": Field(RUN),
        "now": Field(MOMENT),
    }


def client_type(facts: ClientFacts | None) -> Type:
    """Return what is known about a client; of one that is not chosen yet, people and facts are free."""
    people: Type = ANY
    if facts:
        people = MapOf({name: Field(of_model(Person)) for name in facts.people})
    known: Type = value_type(facts.facts) if facts else ANY
    texts = {name: Field(TEXT) for name in ("id", "name", "language", "time_zone")}
    return MapOf({**texts, "people": Field(people), "facts": Field(known)})


def value_type(value: Any) -> Type:
    """Return the type of a fact."""
    match value:
        case bool():
            return YES_NO
        case int() | float():
            return NUMBER
        case str():
            return TEXT
        case list():
            return ListOf(common_to_all(map(value_type, value)) if value else ANY)
        case dict():
            return MapOf({str(key): Field(value_type(part)) for key, part in value.items()})
    return ANY
