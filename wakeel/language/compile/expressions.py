"""Texts of a recipe to templates of a plan; the expressions in them are checked, never evaluated here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wakeel.language.compile.bare import bare_names
from wakeel.language.compile.known import Known
from wakeel.language.expr import ExpressionProblem, Part, Report, Scope, check, check_text, guards, split
from wakeel.language.nodes import Scalar
from wakeel.language.plan import Template
from wakeel.language.problems import Problems
from wakeel.language.types import Field
from wakeel.sdk import Calendar

UNKNOWN_NAME, BARE = "W3030", "W2419"


@dataclass(frozen=True, slots=True)
class Reader:
    """Checks the expressions of one step."""

    scope: Scope
    known: Known
    problems: Problems
    calendar: Calendar  # of the client: a moment without a zone is meant in the client's

    def condition(self, scalar: Scalar) -> str:
        """Check a bare expression that must be yes or no, and return it."""
        check(scalar.value, self.scope, self.report(scalar), condition=True)
        return scalar.value.strip()

    def template(self, scalar: Scalar, *, required: bool = True) -> tuple[Template, Field]:
        """Return a value as a template: one expression keeps its type, all else is text."""
        found = check_text(scalar.value, self.scope, self.report(scalar), required=required)
        parts = parts_of(scalar.value)
        for offset, length, mended in bare_names(parts, self.scope.names):
            self.problems.add(BARE, scalar.place_of(offset, length), mended=mended)
        return template_of(parts), found

    def report(self, scalar: Scalar) -> Report:
        """Return what turns a problem inside this text into one of the file."""

        def note(problem: ExpressionProblem) -> None:
            code, params = problem.code, problem.params
            hidden = self.known.hidden.get(params.get("name", "")) if code == UNKNOWN_NAME else None
            if hidden:
                code, params = hidden.code, {**params, "line": str(hidden.line)}
            near = () if hidden else problem.near
            self.problems.add(code, scalar.place_of(problem.offset, problem.length), near, **params)

        return note


def parts_of(text: str) -> tuple[Part, ...]:
    """Cut a text at its expressions; one that is not closed has been reported."""
    try:
        return split(text)
    except ExpressionProblem:
        return (Part(text, 0),)


def template_of(parts: Iterable[Part]) -> Template:
    """Return the plan's form of a text."""
    found = [{"$expr": part.text.strip()} if part.expression else part.text for part in parts]
    if any(isinstance(part, dict) for part in found):
        return found[0] if len(found) == 1 else {"$text": found}
    return "".join(str(part) for part in found)


def shown_by(condition: str) -> frozenset[str]:
    """Return which values a condition shows to be there; one that cannot be read shows nothing."""
    try:
        return guards(condition)
    except ExpressionProblem:
        return frozenset()
