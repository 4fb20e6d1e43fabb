"""The verbs that hold steps: together, steps, choose, for_each."""

from __future__ import annotations

from collections.abc import Callable, Collection

from wakeel.language.nodes import Mapping, Node, Scalar, Sequence
from wakeel.language.problems import Problems, listed, near_names
from wakeel.language.recipe import numbers, shapes
from wakeel.language.recipe.model import Branch, Loop, Step
from wakeel.language.recipe.names import check_name
from wakeel.language.recipe.words import ENGINE_WORDS, RUN_CONTROL, UNDER

BAD_BRANCH, OTHERWISE_LAST, UNKNOWN, NEEDED, COLLECT_AND_AS = "W2215", "W2216", "W2402", "W2401", "W2218"
BESIDE, NO_IN = "W2418", "W2236"
EMPTY = "W2210"
HOLDING = ("together", "steps", "choose", "for_each")  # verbs that hold steps
ReadSteps = Callable[[Node, str, str, Problems], list[Step]]


def read_flow(step: Step, read_steps: ReadSteps, problems: Problems) -> None:
    """Read the steps inside a step; other verbs keep their body as it is."""
    verb, body = step.verb.value, step.body
    if verb not in HOLDING or (shapes.is_empty(body) and step.beside):
        return  # of what stands beside and belongs under it another problem tells
    if body is None or shapes.is_empty(body):
        problems.add(EMPTY, step.verb.place, key=verb)
    elif verb in {"together", "steps"}:
        step.steps = read_steps(body, verb, f"{step.path}/{verb}", problems)
    elif verb == "choose":
        step.branches = read_branches(body, step.path, read_steps, problems)
    elif verb == "for_each":
        step.loop = read_loop(step, body, read_steps, problems)


def read_branches(node: Node, path: str, read_steps: ReadSteps, problems: Problems) -> list[Branch]:
    """Read the ways of a choice; only the last may be `otherwise`."""
    if isinstance(node, Mapping) or (isinstance(node, Sequence) and not node.items):
        problems.add(BAD_BRANCH, node.place)
        return []
    ways = shapes.items(node, "choose", problems)
    found = []
    for number, item in enumerate(ways):
        branch = read_branch(item, f"{path}/choose/{number}", read_steps, problems)
        if branch and branch.condition is None and number < len(ways) - 1:
            problems.add(OTHERWISE_LAST, item.place)
        if branch:
            found.append(branch)
    return found


def read_branch(node: Node, path: str, read_steps: ReadSteps, problems: Problems) -> Branch | None:
    """Read `{if: …, steps: […]}` or `{otherwise: […]}`."""
    keys = {key.value for key, _value in node.entries} if isinstance(node, Mapping) else set()
    if not isinstance(node, Mapping) or keys not in ({"if", "steps"}, {"otherwise"}):
        problems.add(BAD_BRANCH, node.place)
        return None
    if otherwise := node.get("otherwise"):
        return Branch(None, read_steps(otherwise, "otherwise", path, problems))
    condition, steps = node.get("if"), node.get("steps")
    if condition is None or steps is None or (found := shapes.text(condition, "if", problems)) is None:
        return None
    return Branch(found, read_steps(steps, "steps", path, problems))


def read_loop(step: Step, node: Node, read_steps: ReadSteps, problems: Problems) -> Loop | None:
    """Read what stands under `for_each`."""
    if isinstance(node, Scalar) and "${" in node.value:
        problems.add(NO_IN, node.place, value=node.value)
        return None
    body = shapes.mapping(node, "for_each", problems)
    if body is None:
        return None
    unknown_keys(body, problems)
    over, steps, item, collect = (body.get(word) for word in ("in", "steps", "item", "collect"))
    for word, value in (("in", over), ("steps", steps)):
        if value is None and word not in {key.value for key in step.beside}:
            problems.add(NEEDED, step.verb.place, verb="for_each", field=word)
    if (collect is None) != (step.name is None):
        problems.add(COLLECT_AND_AS, step.verb.place)
    if over is None or steps is None:
        return None
    inner = read_steps(steps, "steps", f"{step.path}[n]", problems)
    at_once = body.get("at_once")
    fixed = not shapes.refuse_expressions("at_once", at_once, problems)
    count = numbers.at_once(at_once, problems) if fixed else 1
    return Loop(over, read_item(item, problems), count, inner, collect)


def unknown_keys(body: Mapping, problems: Problems) -> None:
    """Refuse what does not belong under `for_each`."""
    for key, _value in body.entries:
        if key.value not in UNDER["for_each"]:
            refuse_key(key, UNDER["for_each"], "for_each", problems)


def refuse_key(key: Scalar, known: Collection[str], verb: str, problems: Problems) -> None:
    """Say what to do with a key that is no field of a verb."""
    near = near_names(key.value, known)
    if key.value in (*ENGINE_WORDS, *RUN_CONTROL) and not near:
        problems.add(BESIDE, key.place, verb=verb, field=key.value)
    else:
        problems.add(UNKNOWN, key.place, near, verb=verb, field=key.value, fields=listed(known))


def read_item(node: Node | None, problems: Problems) -> Scalar | None:
    """Read the name that each item has inside the loop."""
    if node is None or shapes.refuse_expressions("item", node, problems):
        return None
    name = shapes.text(node, "item", problems)
    return name if name and check_name(name, problems, frozenset({"item"})) else None
