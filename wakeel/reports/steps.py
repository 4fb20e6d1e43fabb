"""A run's steps in the order of its recipe, each with what the journal and the ledger hold of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from wakeel.language.headlines import headline
from wakeel.language.plan import ActionStep, Entry, Failure, Node
from wakeel.language.walk import Block, blocks_of, inside
from wakeel.reports.gathering import Report
from wakeel.store import EffectRow

Kind = Literal["done", "skipped", "failed", "running", "pending", "group"]
GROUPS = {"together", "steps", "choose"}
TELLING = ("name", "title", "subject", "label", "text")
MACHINE = re.compile(r"(^|_)(id|ts|etag|url|uid|sha256|channel|references)$")
HASH = re.compile(r"[0-9a-f]{16,}")
LONGEST = 160  # characters of a result in short
TURNS = 20  # turns of a loop that are shown, from its end
NUMBER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a run."""

    path: str
    depth: int
    title: str
    kind: str
    action: str
    connection: str
    state: Kind
    brief: str
    links: dict[str, str]
    failure: Failure | None
    effect: EffectRow | None


@dataclass(slots=True)
class Walk:
    """Walks a plan beside a journal."""

    journal: Mapping[str, Entry]
    failure: Failure | None
    effects: dict[str, EffectRow]
    over: bool
    language: str
    entered: set[str] = field(default_factory=set[str])

    def block(self, steps: Iterable[Node], at: str, depth: int) -> Iterator[StepRow]:
        """Yield the steps of a block and of the parts of it that were entered."""
        for number, step in enumerate(steps):
            path = f"{at}/{number}"
            yield self.row(step, path, depth)
            for part in inside(step, path):
                for place in self.places(part):
                    yield from self.block(part.steps, place, depth + 1)

    def places(self, part: Block) -> list[str]:
        """Return where a part ran: nowhere, once, or once for each turn of a loop."""
        if not part.path.endswith("[n]"):
            return [part.path] if part.path in self.entered or part.kind in GROUPS - {"choose"} else []
        opening = part.path.removesuffix("[n]")
        turns = {m[0] for p in self.entered if p.startswith(f"{opening}[") and (m := NUMBER.match(p, len(opening)))}
        return [opening + turn for turn in sorted(turns, key=lambda t: int(t[1:-1]))[-TURNS:]]

    def row(self, step: Node, path: str, depth: int) -> StepRow:
        """Describe one step."""
        entry, effect = self.journal.get(path), self.effects.get(path)
        call = step if isinstance(step, ActionStep) else None
        failure = self.failed(entry, path)
        return StepRow(
            path=path,
            depth=depth,
            title=step.title or headline(step, self.language),
            kind=step.kind,
            action=call.action if call else "",
            connection=(call.connection or "") if call else "",
            state=self.state(step, entry, effect, failure),
            brief=brief(entry.value) if entry and entry.state == "done" else "",
            links=links(entry.value) if entry and entry.state == "done" else {},
            failure=failure,
            effect=effect,
        )

    def failed(self, entry: Entry | None, path: str) -> Failure | None:
        """Return why a step failed; the one that ended the run is not in the journal."""
        if entry is not None:
            return entry.failure
        return self.failure if self.failure and self.failure.step == path else None

    def state(self, step: Node, entry: Entry | None, effect: EffectRow | None, failure: Failure | None) -> Kind:
        """Say where a step stands."""
        if failure is not None:
            return "failed"
        if entry is not None and entry.state in ("done", "skipped"):
            return "done" if entry.state == "done" else "skipped"
        if step.kind in GROUPS:
            return "group"
        begun = effect is not None or entry is not None
        return "running" if begun and not self.over else "pending"


def rows(report: Report, language: str) -> list[StepRow]:
    """Return the steps of a run; empty where its plan is not known any more."""
    if report.plan is None:
        return []
    result = report.result
    entered = {path[: cut.start()] for path in result.journal for cut in re.finditer(r"/\d+(?=/|\[|$)", path)}
    effects = {effect.step: effect for effect in report.effects}
    walk = Walk(result.journal, result.failure, effects, report.run.state != "running", language, entered)
    blocks = [block for block in blocks_of(report.plan) if block.kind == "steps" or block.path in entered]
    return list(waited(report, [row for block in blocks for row in walk.block(block.steps, block.path, 0)]))


def waited(report: Report, found: list[StepRow]) -> Iterator[StepRow]:
    """Yield the rows, with the steps under way that a run waits for; neither journal nor ledger holds those."""
    actions = [one.action for one in report.waits]
    for row in found:
        if row.state == "pending" and row.action in actions:
            actions.remove(row.action)
            yield replace(row, state="running")
        else:
            yield row


def brief(value: Any) -> str:
    """Return a result in a few words."""
    line = " ".join(told(value).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def told(value: Any) -> str:
    """Return what of a result says something to a person; ids and addresses do not."""
    if isinstance(value, dict):
        named = next((value[name] for name in TELLING if isinstance(value.get(name), str) and value[name]), "")
        return named or " · ".join(f"{key}: {told(part)}" for key, part in value.items() if tells(key, part))
    if isinstance(value, list):
        return ", ".join(filter(None, map(told, value)))
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def tells(key: str, value: Any) -> bool:
    """Say whether a field is worth a person's look."""
    return value not in (None, "", [], {}) and not MACHINE.search(key) and not HASH.fullmatch(str(value))


def links(value: Any) -> dict[str, str]:
    """Return the addresses in a result by their field's name; nothing but http leads out of a page."""
    if not isinstance(value, dict):
        return {}
    return {
        name: found
        for name, found in value.items()
        if isinstance(found, str) and found.startswith(("http://", "https://"))
    }
