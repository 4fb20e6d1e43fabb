"""The values that one client gives to a recipe's settings."""

from __future__ import annotations

from wakeel.language.nodes import Mapping, Node, Place
from wakeel.language.problems import Problems, near_names
from wakeel.language.workspace.literals import Json, Literals
from wakeel.language.workspace.model import Client
from wakeel.language.workspace.settings import SettingSpec

UNKNOWN, MISSING = "W4060", "W4061"


def values_of(
    specs: dict[str, SettingSpec], given: Mapping | None, client: Client, problems: Problems, place: Place
) -> dict[str, Json]:
    """Return the settings of one activation as JSON; `place` is where the client's file names the recipe."""
    for key, _node in given.entries if given else ():
        if key.value not in specs:
            problems.add(UNKNOWN, key.place, near_names(key.value, specs), name=key.value)
    values = {name: _value(spec, given, client, problems, place) for name, spec in specs.items()}
    return {name: value for name, value in values.items() if value is not None}


def read_setting(spec: SettingSpec, node: Node, client: Client, problems: Problems) -> Json | None:
    """Return one value as JSON, or None with a problem noted."""
    return Literals(problems, client.facts.people, client.file).read(spec.kind, node, spec.name)


def _value(spec: SettingSpec, given: Mapping | None, client: Client, problems: Problems, place: Place) -> Json | None:
    if not spec.sound:
        return None
    node = (given.get(spec.name) if given else None) or spec.default
    if node is not None:
        return read_setting(spec, node, client, problems)
    if spec.required:
        problems.add(MISSING, place, name=spec.name, client=client.id)
    return None
