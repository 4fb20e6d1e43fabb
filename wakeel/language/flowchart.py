"""A plan as a Mermaid flow chart; every text in it is escaped, whatever a recipe says."""

from __future__ import annotations

from dataclasses import dataclass, field

from wakeel.language.headlines import headline
from wakeel.language.plan import FailStep, Node, Plan, StopStep
from wakeel.language.promises import say
from wakeel.language.walk import Block, blocks_of, inside

LONGEST = 80  # characters of a label
ESCAPES = {ord(mark): f"#{ord(mark)};" for mark in '#"&<>`%'} | {10: " ", 13: " "}


def mermaid(plan: Plan, language: str = "en") -> str:
    """Return the chart of a plan."""
    chart = Chart(language)
    first = chart.node(", ".join(start.trigger for start in plan.starts) or plan.title or plan.recipe, "([", "])")
    for block in blocks_of(plan):
        ends = [first] if block.kind == "steps" else [chart.node(say(block.kind, language), "([", "])")]
        chart.block(block.steps, block.path, ends)
    return "\n".join(["flowchart TD", *chart.lines])


@dataclass
class Chart:
    """Collects the lines of a chart."""

    language: str
    lines: list[str] = field(default_factory=list[str])
    count: int = 0

    def node(self, text: str, opens: str = "[", closes: str = "]") -> str:
        """Draw a node and return its name."""
        name = f"n{self.count}"
        self.count += 1
        self.lines.append(f'  {name}{opens}"{escaped(text)}"{closes}')
        return name

    def edge(self, start: str, end: str, text: str = "") -> None:
        """Draw an arrow, with a condition on it."""
        label = f'|"{escaped(text)}"|' if text else ""
        self.lines.append(f"  {start} -->{label} {end}")

    def block(self, steps: tuple[Node, ...], path: str, ends: list[str], text: str = "") -> list[str]:
        """Draw steps in order; return the nodes from which the next one is reached."""
        for number, step in enumerate(steps):
            ends, text = self.step(step, f"{path}/{number}", ends, text), ""
        return ends

    def step(self, step: Node, path: str, ends: list[str], text: str) -> list[str]:
        """Draw one step and what is inside it; return the nodes from which the next one is reached."""
        name = f"{step.name} = " if step.name else ""
        here = self.node(name + (step.title or headline(step, self.language)), *shape_of(step))
        condition = say("if", self.language, condition=step.condition) if step.condition else text
        for end in ends:
            self.edge(end, here, condition)
        blocks = list(inside(step, path))
        after = self.inner([block for block in blocks if block.kind != "if_it_fails"], here)
        for block in blocks:
            if block.kind == "if_it_fails":
                after += self.block(block.steps, block.path, [here], say("if_it_fails", self.language))
        passed = ends if step.condition else []
        return [*passed, *([] if isinstance(step, StopStep | FailStep) else after)]

    def inner(self, blocks: list[Block], here: str) -> list[str]:
        """Draw the lists of steps inside a step."""
        if not blocks:
            return [here]
        ends: list[str] = []
        for block in blocks:
            if block.kind == "together":
                parts = [(step, f"{block.path}/{number}") for number, step in enumerate(block.steps)]
                ends += [end for step, path in parts for end in self.step(step, path, [here], "")]
            else:
                ends += self.block(block.steps, block.path, [here], self.way(block))
        open_choice = blocks[0].kind == "choose" and all(block.condition for block in blocks)
        return [here, *ends] if open_choice else ends

    def way(self, block: Block) -> str:
        """Return what stands on the arrow into a branch."""
        if block.kind != "choose":
            return ""
        return (
            say("if", self.language, condition=block.condition) if block.condition else say("otherwise", self.language)
        )


def shape_of(step: Node) -> tuple[str, str]:
    """Return the brackets that draw a step's shape."""
    if step.kind == "choose":
        return "{", "}"
    return ("[[", "]]") if step.kind in {"together", "steps", "for_each"} else ("[", "]")


def escaped(text: str) -> str:
    """Return a text that Mermaid shows as it is."""
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return short.translate(ESCAPES)
