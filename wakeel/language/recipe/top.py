"""A recipe from its file's nodes: the keys at the top."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from wakeel.language.nodes import Mapping, Node, Place, Scalar, Sequence
from wakeel.language.problems import Problems, listed, near_names
from wakeel.language.readers.digits import plain
from wakeel.language.recipe import shapes
from wakeel.language.recipe.model import Recipe
from wakeel.language.recipe.start import read_when
from wakeel.language.recipe.step import read_steps
from wakeel.language.recipe.verb import LATER
from wakeel.language.recipe.words import LATER_TOP, TOP

UNKNOWN_KEY, MISSING, NO_WHEN, BAD_ID, OTHER_ID = "W2201", "W2202", "W2219", "W2220", "W2221"
OTHER_FORMAT, BAD_STUCK, BAD_STEM = "W2222", "W2223", "W2234"
NEEDED = ("recipe", "format", "when", "steps")
ID = re.compile(r"[a-z][a-z0-9-]{0,59}", re.ASCII)


def read_recipe(node: Mapping | Sequence | Scalar, file: str, problems: Problems) -> Recipe | None:
    """Read a recipe; what cannot be read is a problem and left out."""
    if not isinstance(node, Mapping):
        return None  # the loader has said so
    recipe = Recipe(PurePosixPath(file).stem, file, node.place, node, title=node.get("title"), about=node.get("about"))
    check_keys(node, problems)
    check_head(recipe, problems)
    read_when(recipe, problems)
    read_blocks(recipe, problems)
    return recipe


def check_keys(node: Mapping, problems: Problems) -> None:
    """Refuse keys that mean nothing, or not yet, and name those that are missing."""
    for key, _value in node.entries:
        if key.value in LATER_TOP:
            problems.add(LATER, key.place, word=key.value)
        elif key.value not in TOP:
            problems.add(UNKNOWN_KEY, key.place, near_names(key.value, TOP), word=key.value)
    meant = {near for key, _value in node.entries if key.value not in TOP for near in near_names(key.value, TOP)[:1]}
    missing = [word for word in NEEDED if node.get(word) is None and word not in meant]
    if missing:
        code = NO_WHEN if missing == ["when"] else MISSING
        problems.add(code, first_line(node), words=listed(f"`{word}:`" for word in missing))


def first_line(node: Mapping) -> Place:
    """Return the place where a missing key is reported: the recipe's first key."""
    return node.entries[0][0].place if node.entries else node.place


def check_head(recipe: Recipe, problems: Problems) -> None:
    """Check id, format, title, about and `stuck`."""
    node = recipe.node
    if name := node.get("recipe"):
        check_id(name, recipe.id, problems)
    version = node.get("format")
    found = shapes.text(version, "format", problems) if version is not None else None
    if found and plain(found.value) != "1":
        problems.add(OTHER_FORMAT, found.place, found=found.value)
    for key in ("title", "about"):
        if value := node.get(key):
            shapes.check_title(value, key, problems)
    check_stuck(recipe, node.get("stuck"), problems)


def check_id(node: Node, stem: str, problems: Problems) -> None:
    """Compare the recipe's id with the name of its file."""
    found = shapes.text(node, "recipe", problems)
    if not found or (found.value == stem and ID.fullmatch(stem)):
        return
    if ID.fullmatch(stem):
        problems.add(OTHER_ID if ID.fullmatch(found.value) else BAD_ID, found.place, id=found.value, stem=stem)
    else:
        problems.add(BAD_STEM, found.place, stem=stem)


def check_stuck(recipe: Recipe, node: Node | None, problems: Problems) -> None:
    """Read what happens to a step that cannot go on."""
    match node:
        case None:
            return
        case Scalar(value="pause" | "fail" as word):
            recipe.stuck = word  # `pause` behaves as `fail` until it is built, and `explain` says so
        case _:
            problems.add(BAD_STUCK, node.place)


def read_blocks(recipe: Recipe, problems: Problems) -> None:
    """Read the three lists of steps."""
    node = recipe.node
    if steps := node.get("steps"):
        recipe.steps = read_steps(steps, "steps", "steps", problems)
    if then := node.get("if_it_fails"):
        recipe.if_it_fails = read_steps(then, "if_it_fails", "if_it_fails", problems)
    if always := node.get("always"):
        recipe.always = read_steps(always, "always", "always", problems)
