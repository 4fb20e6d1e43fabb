"""Checks a whole workspace and compiles what is right: all problems at once, and nothing runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from wakeel.language.catalog import Catalog
from wakeel.language.compile import compile_recipe
from wakeel.language.nodes import scalars
from wakeel.language.plan import Plan
from wakeel.language.problems import ENOUGH, MOST, Enough, Problem, Problems
from wakeel.language.recipe import Recipe, read_recipe
from wakeel.language.source import load
from wakeel.language.workspace import Client, Workspace, read, refuse_literal
from wakeel.language.workspace.secret import LITERAL


@dataclass(slots=True)
class Checked:
    """What came of a workspace: plans by activation, problems, and which recipes and activations have some."""

    workspace: Workspace
    problems: Problems = field(default_factory=Problems)
    plans: dict[str, Plan] = field(default_factory=dict[str, Plan])
    broken: set[str] = field(default_factory=set[str])


def check(files: Mapping[str, bytes], catalog: Catalog) -> Checked:
    """Check every file of a workspace; plans come of the activations that have no problem."""
    problems = Problems()
    checked = Checked(read(files, catalog, problems), problems)
    faulty = {problem.place.file for problem in problems}
    for id_, file in checked.workspace.recipes.items():
        check_one(id_, file, files[file], catalog, checked)
    for client in checked.workspace.clients.values():
        if client.file in faulty:
            withdraw(client, checked)
    checked.problems = limited(problems)
    return checked


def check_recipe(data: bytes, file: str, catalog: Catalog) -> Problems:
    """Check one recipe by itself, for no client."""
    problems = Problems(most=ENOUGH)
    recipe = parsed(data, file, problems)
    compiled(recipe, None, Workspace(), catalog, problems)
    return limited(unechoed(problems, recipe))


def check_one(id_: str, file: str, data: bytes, catalog: Catalog, checked: Checked) -> None:
    """Check one recipe for every client that uses it, or for none where nobody does."""
    own = Problems(most=ENOUGH)
    recipe = parsed(data, file, own)
    users = [client for client in checked.workspace.clients.values() if id_ in client.activations]
    for client in users or (None,):
        found = Problems(own, most=ENOUGH)
        plan = compiled(recipe, client, checked.workspace, catalog, found)
        name = f"{client.id}/{id_}" if client else id_
        if plan:
            checked.plans[name] = plan
        elif found or client:
            checked.broken |= {name, id_} if own else {name}
        checked.problems.extend(problem for problem in unechoed(found, recipe) if problem not in checked.problems)


def compiled(
    recipe: Recipe | None, client: Client | None, workspace: Workspace, catalog: Catalog, problems: Problems
) -> Plan | None:
    """Compile a recipe that could be read; too many problems end it."""
    try:
        return compile_recipe(recipe, client, workspace, catalog, problems) if recipe else None
    except Enough:
        return None


def parsed(data: bytes, file: str, problems: Problems) -> Recipe | None:
    """Read a recipe's file; secrets in it are refused first, so that no other message says them."""
    node = load(data, file, problems)
    if node is None:
        return None
    try:
        for key, scalar in scalars(node):
            refuse_literal(scalar, key, problems)
        return read_recipe(node, file, problems)
    except Enough:
        return None


def unechoed(problems: Problems, recipe: Recipe | None) -> Problems:
    """Leave out what would say a secret again that was refused."""
    places = {problem.place for problem in problems if problem.code == LITERAL}
    if not places or recipe is None:
        return problems
    secrets = [scalar.value for _key, scalar in scalars(recipe.node) if scalar.place in places]
    return Problems(
        p for p in problems if not any(s in said for s in secrets for said in (*p.params.values(), *p.near))
    )


def withdraw(client: Client, checked: Checked) -> None:
    """Make no plan for a client whose own file is wrong: the last good one stays live."""
    names = {f"{client.id}/{recipe}" for recipe in client.activations}
    checked.broken |= names
    for name in names:
        checked.plans.pop(name, None)


def limited(problems: Problems) -> Problems:
    """Return the problems by place, at most twenty of a file."""
    files: dict[str, list[Problem]] = defaultdict(list)
    mended = {problem.place for problem in problems if problem.code.startswith("W1")}
    for problem in sorted(problems, key=lambda p: (p.place.file, p.place.line, p.place.column, p.code)):
        if problem.place not in mended or problem.code.startswith("W1") or problem.code == LITERAL:
            files[problem.place.file].append(problem)  # what follows from a misread value is said of the value once
    return Problems(problem for found in files.values() for problem in found[:MOST])
