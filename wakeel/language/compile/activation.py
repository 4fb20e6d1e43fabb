"""A recipe for one client to a plan."""

from __future__ import annotations

from typing import Any

from wakeel.language.catalog import Catalog
from wakeel.language.compile.known import Known
from wakeel.language.compile.making import Making
from wakeel.language.compile.scope import fixed_names
from wakeel.language.compile.starts import event_type, find_start, start
from wakeel.language.compile.steps import FAILURE, Steps
from wakeel.language.nodes import Mapping
from wakeel.language.plan import Node, Plan, Start
from wakeel.language.problems import Problems
from wakeel.language.recipe import Recipe
from wakeel.language.recipe.names import collect_names
from wakeel.language.recipe.shapes import in_language, mapping
from wakeel.language.types import MapOf, shape
from wakeel.language.workspace import Client, Workspace, settings_of, settings_type, values_of


def compile_recipe(
    recipe: Recipe, client: Client | None, workspace: Workspace, catalog: Catalog, problems: Problems
) -> Plan | None:
    """Check a recipe for a client and return its plan; without a client nothing runs, and there is none."""
    making = Making(recipe, catalog, problems, workspace, client, collect_names(recipe, problems))
    specs = settings_of(written_settings(recipe, problems), problems, catalog)
    activation = client.activations.get(recipe.id) if client else None
    given: dict[str, Any] = {}
    if client and activation:
        given = values_of(specs, activation.settings, client, problems, activation.place)
    settings = settings_type(specs)
    starts = starts_of(making, given, settings)
    blocks = blocks_of(making)
    if client is None or activation is None or making.no_plan:
        return None
    return Plan(
        recipe=recipe.id,
        client=client.facts,
        title=in_language(recipe.title, making.language),
        state=activation.state,
        settings=given,
        settings_shape=shape(settings),
        starts=starts,
        **blocks,
    )


def written_settings(recipe: Recipe, problems: Problems) -> Mapping:
    """Return the recipe's `settings:`."""
    node = recipe.node.get("settings")
    found = mapping(node, "settings", problems) if node is not None else None
    return found or Mapping([], recipe.place)


def starts_of(making: Making, given: dict[str, Any], settings: MapOf) -> tuple[Start, ...]:
    """Compile what starts the recipe, and put what every step sees in scope."""
    facts = making.client.facts if making.client else None
    found = [(when, find_start(when, making)) for when in making.recipe.starts]
    event = event_type(found[0][1] if found else None)
    making.trigger = making.recipe.starts[0].verb.value if found else ""
    making.fixed = fixed_names(facts, settings, event)
    made = [start(when, trigger, making, given, shape(settings)) for when, trigger in found if trigger]
    return tuple(one for one in made if one)


def blocks_of(making: Making) -> dict[str, tuple[Node, ...]]:
    """Compile the steps, and those at the end, where nothing is sure to have run."""
    steps, recipe = Steps(making), making.recipe
    main, after = steps.block(recipe.steps, Known())
    then, failed = steps.block(recipe.if_it_fails, after.doubtful().plus({"failure": FAILURE}))
    names = {name: found for name, found in failed.names.items() if name != "failure"}
    always, _end = steps.block(recipe.always, Known(names, hidden=failed.hidden).doubtful())
    return {"steps": main, "if_it_fails": then, "always": always}
