"""`wakeel connectors`: which services there are, and what can be done with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from wakeel.sdk import Action, Connector, Trigger


def connectors(
    name: Annotated[str | None, typer.Argument(help="One connector, with all its verbs.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """List the connectors, or the verbs, fields and examples of one."""
    from wakeel.cli.installation import found
    from wakeel.cli.output import columns, print_json

    language = found().language
    if name is None:
        known = [one for one in map(connector, names()) if one]
        print_json([summary(one) for one in known]) if as_json else print(columns([row(one) for one in known]))
        return
    meant = wanted(name)
    print_json(data(meant, language)) if as_json else print("\n".join(lines(data(meant, language), language)))


def names() -> tuple[str, ...]:
    """Return the names of all connectors."""
    from wakeel.catalog import catalog

    return catalog().names()


def connector(name: str) -> Connector[Any] | None:
    """Return a connector by its name."""
    from wakeel.catalog import catalog

    return catalog().connector(name)


def wanted(name: str) -> Connector[Any]:
    """Return a connector, or refuse with the names that are near."""
    from wakeel.cli.sentences import Refused
    from wakeel.language.problems import near_names

    found = connector(name)
    if found is None:
        raise Refused("W5820", name=name, near=", ".join(near_names(name, names()) or names()))
    return found


def summary(one: Connector[Any]) -> dict[str, Any]:
    """Return a connector in short, as JSON."""
    verbs, triggers = sorted(one.actions), sorted(one.triggers)
    return {"name": one.name, "title": one.title or one.name, "port": one.port, "verbs": verbs, "triggers": triggers}


def row(one: Connector[Any]) -> list[str]:
    """Return the columns of a connector."""
    verbs = ", ".join([*sorted(one.actions), *(f"({name})" for name in sorted(one.triggers))])
    return [one.name, one.port or "", verbs]


def data(one: Connector[Any], language: str) -> dict[str, Any]:
    """Return a connector with all that a recipe can use, as JSON."""
    return {
        **summary(one),
        "connection": fields(one.connection, language),
        "verbs": [verb(one, action, language) for _name, action in sorted(one.actions.items())],
        "triggers": [trigger(one, found, language) for _name, found in sorted(one.triggers.items())],
    }


def verb(one: Connector[Any], action: Action[Any, Any, Any], language: str) -> dict[str, Any]:
    """Return an action as JSON; an effect that hangs on the call is none yet."""
    from wakeel.sdk import Effect

    return {
        "name": f"{one.port or one.name}.{action.name}",
        "about": about(action.doc),
        "example": example(action.doc),
        "fields": fields(action.input, language),
        "gives": fields(action.output, language),
        "effect": action.effect.value if isinstance(action.effect, Effect) else None,
        "why": action.why,
        "authority": action.authority,
        "undo": action.undo,
    }


def trigger(one: Connector[Any], found: Trigger, language: str) -> dict[str, Any]:
    """Return a trigger as JSON."""
    return {
        "name": f"{one.port or one.name}.{found.name}",
        "about": about(found.doc),
        "example": example(found.doc),
        "fields": fields(found.args, language),
        "gives": fields(found.event, language),
    }


def fields(model: type[BaseModel], language: str) -> list[dict[str, Any]]:
    """Return the fields of a model by the names that a recipe uses."""
    from wakeel.language.kinds import name
    from wakeel.language.types import of_annotation

    return [
        {
            "name": spec.alias or key,
            "type": name(of_annotation(spec.annotation), language),
            "required": spec.is_required(),
            "about": spec.description or "",
        }
        for key, spec in model.model_fields.items()
    ]


def about(doc: str) -> str:
    """Return what a docstring says before its example."""
    return doc.partition("Example:")[0].strip()


def example(doc: str) -> str:
    """Return a docstring's example."""
    from textwrap import dedent

    return dedent(doc.partition("Example:")[2].strip("\n")).rstrip()


def lines(found: dict[str, Any], language: str) -> Iterator[str]:
    """Yield a connector for a terminal."""
    from wakeel.cli.sentences import say

    yield f"{found['title']} ({found['name']}{', ' + found['port'] if found['port'] else ''})"
    if found["connection"]:
        yield f"\n{say('connectors.connection', language)}"
        yield from field_lines(found["connection"], "  ", language)
    for part in (*found["triggers"], *found["verbs"]):
        effect = f"  [{part['effect'] or say('connectors.depends', language)}]" if "effect" in part else ""
        yield f"\n{part['name']}{effect}\n  {part['about']}"
        yield from field_lines(part["fields"], "    ", language)
        yield from (f"      {line}" for line in part["example"].splitlines())


def field_lines(found: list[dict[str, Any]], indent: str, language: str) -> Iterator[str]:
    """Yield fields, those that must be given marked."""
    from wakeel.cli.output import columns
    from wakeel.cli.sentences import say

    needed = {True: say("connectors.required", language), False: ""}
    if found:
        table = columns([[f["name"], f["type"], needed[f["required"]], f["about"]] for f in found])
        yield from (indent + line for line in table.splitlines())
