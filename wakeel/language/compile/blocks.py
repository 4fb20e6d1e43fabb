"""The verbs that hold steps: together, steps, choose, for_each; and which names come out of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wakeel.language.compile.expressions import Reader, shown_by
from wakeel.language.compile.known import IN_LOOP, SAME_TIME, Hidden, Known, maybe, out_of_reach
from wakeel.language.compile.literals import Asked
from wakeel.language.compile.made import Made
from wakeel.language.compile.values import FREE, value
from wakeel.language.nodes import Node, Scalar
from wakeel.language.plan import Branch, ChooseStep, ForEachStep, GroupStep, Template, TogetherStep
from wakeel.language.plan import Node as PlanNode
from wakeel.language.recipe import Branch as WrittenBranch
from wakeel.language.recipe import Loop, Step
from wakeel.language.recipe.model import walk
from wakeel.language.recipe.names import names_of
from wakeel.language.types import ANY, Field, ListOf, Type, shape, term

if TYPE_CHECKING:
    from wakeel.language.compile.steps import Steps

NO_LIST, NAME_TAKEN, SAME_ITEM = "W3305", "W2303", "W2311"


def group(steps: Steps, step: Step, known: Known) -> Made:
    """Steps in order; their names go on."""
    nodes, after = steps.block(step.steps, known)
    return Made(GroupStep(kind="steps", steps=nodes), new(known, after), newly_hidden(known, after))


def together(steps: Steps, step: Step, known: Known) -> Made:
    """Steps at the same time: none sees what another makes, all later ones do."""
    nodes: list[PlanNode] = []
    names: dict[str, Field] = {}
    hidden: dict[str, Hidden] = {}
    own = [names_in(part) for part in step.steps]
    every = Counter(name for its in own for name in its)
    reach = out_of_reach(every, SAME_TIME, steps.making.lines)
    for part, its in zip(step.steps, own, strict=True):
        blind = known.hiding({name: found for name, found in reach.items() if every[name] > 1 or name not in its})
        made, after = steps.block([part], blind)
        nodes += made
        names |= new(blind, after)
        hidden |= newly_hidden(blind, after)
    return Made(TogetherStep(kind="together", steps=tuple(nodes)), names, hidden)


def choose(steps: Steps, step: Step, known: Known) -> Made:
    """The first branch that holds; what it makes may be missing afterwards."""
    branches: list[Branch] = []
    names: dict[str, Field] = {}
    hidden: dict[str, Hidden] = {}
    here = known
    for way in step.branches:
        branch, after = take(steps, way, here)
        branches.append(branch)
        names |= maybe(new(known, after))
        hidden |= newly_hidden(known, after)
        if way.condition:
            here = here.holding(shown_by(f"not ({way.condition.value})"))
    return Made(ChooseStep(kind="choose", branches=tuple(branches)), names, hidden)


def take(steps: Steps, way: WrittenBranch, known: Known) -> tuple[Branch, Known]:
    """Compile one branch, where its condition holds."""
    condition = None
    if way.condition:
        condition = steps.making.reader(known, way.condition.place.line).condition(way.condition)
        known = known.holding(shown_by(way.condition.value))
    nodes, after = steps.block(way.steps, known)
    return Branch(condition=condition, steps=nodes), after


def for_each(steps: Steps, step: Step, known: Known) -> Made:
    """Steps for each item; only what `collect` hands out is seen afterwards."""
    loop = step.loop
    if loop is None:
        return Made(None)
    over, item_type = listed(loop.over, steps.making.reader_of(step, known))
    item = item_name(loop, known, steps)
    inner = known.plus({item: Field(item_type)})
    nodes, after = steps.block(loop.steps, inner)
    collect, collected = collected_from(loop, steps.making.reader(after, 10**9))
    node = ForEachStep(
        kind="for_each",
        over=over,
        over_shape=shape(ListOf(item_type)),
        item=item,
        at_once=loop.at_once,
        steps=nodes,
        collect=collect,
        shape=shape(collected),
    )
    hidden = {**newly_hidden(inner, after), **out_of_reach(new(inner, after), IN_LOOP, steps.making.lines)}
    return Made(node, {step.name.value: Field(ListOf(collected))} if step.name else {}, hidden)


def listed(node: Node, reader: Reader) -> tuple[Template, Type]:
    """Return what a loop goes over, and the type of its items."""
    if not isinstance(node, Scalar):
        return value(node, Asked("for_each", "in", FREE), reader), ANY
    before = len(reader.problems)
    template, found = reader.template(node)
    if isinstance(found.type, ListOf):
        return template, found.type.item
    if found.type != ANY and len(reader.problems) == before:
        reader.problems.add(NO_LIST, node.place, given=term(found.type))
    return template, ANY


def item_name(loop: Loop, known: Known, steps: Steps) -> str:
    """Return the name of an item; it may not hide another name."""
    name = loop.item.value if loop.item else "item"
    if not loop.item and name in known.names:
        steps.making.problems.add(SAME_ITEM, loop.over.place)
    if loop.item and (name in known.names or name in steps.making.lines):
        steps.making.problems.add(NAME_TAKEN, loop.item.place, name=name, line=steps.making.lines.get(name, ""))
    return name


def collected_from(loop: Loop, reader: Reader) -> tuple[Template | None, Type]:
    """Return what each turn hands out; a turn that has nothing hands out nothing."""
    if loop.collect is None:
        return None, ANY
    if isinstance(loop.collect, Scalar):
        template, found = reader.template(loop.collect, required=False)
        return template, found.type
    return value(loop.collect, Asked("for_each", "collect", FREE), reader), ANY


def new(before: Known, after: Known) -> dict[str, Field]:
    """Return the names that were made in between."""
    return {name: found for name, found in after.names.items() if name not in before.names}


def newly_hidden(before: Known, after: Known) -> dict[str, Hidden]:
    """Return the names that went out of reach in between."""
    return {name: found for name, found in after.hidden.items() if name not in before.hidden}


def names_in(step: Step) -> set[str]:
    """Return the names that a step and those inside it make."""
    return {name.value for part in walk([step]) for name in names_of(part)}
