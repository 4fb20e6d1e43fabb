"""What holds for one recipe while it is compiled: whose it is, what everybody can see, where problems go."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from wakeel.language.catalog import Catalog
from wakeel.language.compile.expressions import Reader
from wakeel.language.compile.known import Known
from wakeel.language.expr import Scope
from wakeel.language.problems import Problems
from wakeel.language.recipe import Recipe, Step
from wakeel.language.types import Field
from wakeel.language.workspace import Client, Workspace
from wakeel.sdk import Calendar

UTC = Calendar()  # where no client says what time it is


@dataclass
class Making:
    """One recipe for one client; without a client it is checked, and no plan comes of it."""

    recipe: Recipe
    catalog: Catalog
    problems: Problems
    workspace: Workspace
    client: Client | None = None
    lines: dict[str, int] = field(default_factory=dict[str, int])  # of the step that makes a name
    fixed: dict[str, Field] = field(default_factory=dict[str, Field])  # what every step sees
    trigger: str = ""
    faulty: bool = False  # something outside the recipe is wrong, and reported there

    def reader(self, known: Known, line: int) -> Reader:
        """Return what checks the expressions of a step."""
        later = {name: at for name, at in self.lines.items() if at > line and name not in known.names}
        names = {**self.fixed, **known.names}
        scope = Scope(names, later, known.present, self.trigger)
        return Reader(scope, known, self.problems, self.client.facts.calendar if self.client else UTC)

    def reader_of(self, step: Step, known: Known) -> Reader:
        """Return what checks the expressions of this step."""
        return self.reader(known, step.line)

    @property
    def no_plan(self) -> bool:
        """Say whether nothing that is compiled now will ever run."""
        return bool(self.problems) or self.client is None or self.faulty

    @cached_property
    def language(self) -> str:
        """The language of titles: the client's."""
        return self.client.facts.language if self.client else "en"
