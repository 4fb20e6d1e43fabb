"""The compiled plan and what travels with it: frozen, JSON-stable, free of text to parse but expressions.

Templates (`Template`) are JSON: a literal stands for itself; `{"$expr": "card.url"}` is an
expression whose value keeps its type; `{"$text": ["Re: ", {"$expr": "event.subject"}]}` is joined
text; `{"$map": {...}}` is a map whose keys would otherwise read as one of these. An expression may
carry `"keep": [names]`: of a map only these fields are sent on; and `"as": "text"`: a number or a
yes/no becomes its text.

Shapes (`Shape`) are JSON too and say how to read a JSON value back into a language value:
`"text"`, `"number"`, `"yes/no"`, `"moment"`, `"date"`, `"time"`, `"duration"`, `"working duration"`,
`"file"`, `"any"`, `{"list": Shape}`, `{"map": {name: Shape}}`, `{"values": Shape}`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from wakeel.sdk.action import Authority, Effect
from wakeel.sdk.calendar import Calendar

ENGINE = 1  # the interpreter branches on this number; a released engine's histories are replayed for ever

Template = Any
Shape = Any


class Frozen(BaseModel):
    """A part of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Retry(Frozen):
    """How often and for how long a step is tried; None is the default of the effect. Seconds."""

    times: int | None = None
    wait: float | None = None
    at_most: float | None = None


class Step(Frozen):
    """What every step has beside its verb."""

    name: str | None = None  # `as`
    condition: str | None = None  # `if`
    on_failure: Literal["continue"] | tuple[Node, ...] | None = None  # `if_it_fails`
    title: str = ""
    line: int = 0  # in the recipe's file, for messages


class ActionStep(Step):
    """One call to one service."""

    kind: Literal["action"]
    verb: str  # as written: calendar.hold
    action: str  # resolved, and the activity's type: caldav.hold
    role: str = ""
    connection: str | None = None  # None: a pure action
    args: dict[str, Template] = {}
    shape: Shape = "any"
    effect: Effect | None = None  # None: it hangs on a value of the run; the worker resolves it before the act
    weakest: Effect  # what `explain` promises
    authority: Authority = "read"
    retry: Retry = Retry()
    timeout: float = 60.0  # seconds for one attempt
    undo: str | None = None  # the resolved inverse
    undo_steps: tuple[Node, ...] | None = None  # `undo:` beside the step; () is `none`


class SetStep(Step):
    """Names for later steps."""

    kind: Literal["set"]
    values: dict[str, Template]
    shapes: dict[str, Shape] = {}


class StopStep(Step):
    """End the run, completed."""

    kind: Literal["stop"]
    text: Template


class FailStep(Step):
    """End the run, failed."""

    kind: Literal["fail"]
    text: Template


class NoteStep(Step):
    """A line in the run's journal."""

    kind: Literal["note"]
    text: Template


class WaitStep(Step):
    """A durable pause; a working duration counts in the client's calendar."""

    kind: Literal["wait"]
    span: Template  # seconds, {"amount", "unit"}, or an expression


class Branch(Frozen):
    """One way of a choice; no condition is `otherwise`."""

    condition: str | None = None
    steps: tuple[Node, ...]


class ChooseStep(Step):
    """The first branch that holds."""

    kind: Literal["choose"]
    branches: tuple[Branch, ...]


class TogetherStep(Step):
    """Steps at the same time: all finish, then the first failure in written order counts."""

    kind: Literal["together"]
    steps: tuple[Node, ...]


class GroupStep(Step):
    """Steps that share the engine words beside them."""

    kind: Literal["steps"]
    steps: tuple[Node, ...]


class ForEachStep(Step):
    """Steps for each item of a list."""

    kind: Literal["for_each"]
    over: Template
    over_shape: Shape = "any"
    item: str = "item"
    at_once: int = 1
    steps: tuple[Node, ...]
    collect: Template | None = None
    shape: Shape = "any"  # of one collected value


Node = Annotated[
    ActionStep
    | SetStep
    | StopStep
    | FailStep
    | NoteStep
    | WaitStep
    | ChooseStep
    | TogetherStep
    | GroupStep
    | ForEachStep,
    Field(discriminator="kind"),
]


class Person(Frozen):
    """A person of a client."""

    name: str
    email: str = ""
    slack: str = ""
    reach: tuple[str, ...] = ("mail",)


class ClientFacts(Frozen):
    """What a run knows about its client, frozen when the recipe was compiled."""

    id: str
    name: str
    language: Literal["en", "ar"] = "en"
    calendar: Calendar = Calendar()
    people: dict[str, Person] = {}
    facts: dict[str, Any] = {}


class Start(Frozen):
    """One trigger of a recipe: its source, and the run-control words."""

    trigger: str  # as written: mail.received
    kind: str  # resolved: imap.received
    source: str  # one durable owner each: `{connection}/{kind}`, a schedule is its own
    connection: str | None = None
    args: dict[str, Any] = {}
    shape: Shape = "any"  # of the event
    only_if: str | None = None
    once_per: Template | None = None
    one_at_a_time_per: Template | None = None
    if_busy: Literal["queue"] = "queue"


class Plan(Frozen):
    """One activation, compiled: recipe + client + settings."""

    engine: int = ENGINE
    recipe: str
    client: ClientFacts
    title: str = ""
    state: Literal["live", "rehearsal", "paused"] = "live"
    settings: dict[str, Any] = {}
    settings_shape: Shape = "any"
    starts: tuple[Start, ...] = ()
    by_hand: Shape = "any"  # shape of an event that a person gives, where no trigger says it
    steps: tuple[Node, ...]
    if_it_fails: tuple[Node, ...] = ()
    always: tuple[Node, ...] = ()

    @property
    def activation(self) -> str:
        """Name of the activation: `{client}/{recipe}`."""
        return f"{self.client.id}/{self.recipe}"

    def text(self) -> str:
        """Return the canonical JSON: equal plans give equal texts."""
        return json.dumps(
            self.model_dump(mode="json", exclude_defaults=True),
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )

    def version(self) -> str:
        """Return the plan's version: the first 16 digits of the SHA-256 of its text."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:16]


class Failure(BaseModel):
    """Why a run, or a step, failed: in scope as `failure`."""

    step: str
    message: str
    code: str
    advice: str = ""


class RunStart(BaseModel):
    """The argument of a run."""

    plan: Plan
    event: Any
    start: int | None = None  # which of the plan's starts fired; None: a person gave the event
    root: str  # workflow id of the run that the event started: the first part of every key
    url: str = ""  # the run's page
    offset: float = 0.0  # seconds between the run's `now` and the workflow's clock
    attributes: bool = True  # the time-skipping server knows no search attributes
    heartbeat: float = 10.0  # seconds without a sign of life until a worker counts as dead; also the lease
    started: datetime | None = None  # of the first history, after continue-as-new
    journal: dict[str, Entry] = {}  # filled after continue-as-new
    notes: list[str] = []


class Entry(BaseModel):
    """What the journal holds of one step: enough to walk past it without asking again."""

    state: Literal["done", "skipped", "failed", "entered"]
    value: Any = None  # the result; of `choose` the branch; of a loop its list
    failure: Failure | None = None


class RunResult(BaseModel):
    """What a run leaves: its state, the words it ended with, and its journal by step path."""

    state: Literal["completed", "stopped", "failed"] = "completed"
    message: str = ""
    failure: Failure | None = None
    journal: dict[str, Entry] = {}
    notes: list[str] = []


class CallInput(BaseModel):
    """The argument of an action's activity."""

    key: str
    run: str  # the root run
    step: str
    client: str
    connection: str | None = None
    args: dict[str, Any]
    effect: Effect | None = None
    now: datetime
    calendar: Calendar
    timeout: float  # seconds for the act
    wait: float | None = None  # seconds until the service is asked again; it doubles with each attempt
    heartbeat: float


class SourceStart(BaseModel):
    """The argument of a trigger's owner: one event source and how far it was read."""

    source: str
    kind: str  # imap.received
    client: str
    connection: str
    version: str = ""  # of the connection: what it says now is what the source is read with
    asked: list[dict[str, Any]]  # the args of every live activation; the trigger merges them
    every: float | None = None  # seconds between polls; None: the trigger is watched
    cursor: Any = None
    heartbeat: float = 10.0


class Tick(BaseModel):
    """The argument of a schedule's firing."""

    source: str
    kind: str  # schedule.every
    client: str
    time_zone: str
    every_time: bool = False  # fires in both hours where the clock is set back; else a time of day is due once
