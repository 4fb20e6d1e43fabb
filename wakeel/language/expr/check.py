"""Checks expressions and texts against the types in scope, before anything runs."""

from __future__ import annotations

from wakeel.language.expr.parts import Part, split
from wakeel.language.expr.problem import ExpressionProblem, Report
from wakeel.language.expr.scope import Scope, Seen
from wakeel.language.expr.seeing import Checker
from wakeel.language.expr.tree import read
from wakeel.language.kinds import ANY, TEXT, Field, term

COUNTED = ("list", "map", "text")
UNKNOWN = Field(ANY)


def check(
    text: str, scope: Scope, report: Report, *, condition: bool = False, required: bool = False, offset: int = 0
) -> Field:
    """Return what an expression gives; report what is wrong with it.

    A condition must be yes or no. `required` reports a value that may be missing; a condition's always is.
    Offsets of problems count from the beginning of the text, moved on by `offset`.
    """

    def moved(problem: ExpressionProblem) -> None:
        report(problem.moved(offset))

    try:
        found = checked(text, scope, moved, condition=condition, required=required)
    except ExpressionProblem as problem:
        moved(problem)
        return UNKNOWN
    return Field(found.type, maybe=bool(found.missing))


def checked(text: str, scope: Scope, report: Report, *, condition: bool, required: bool) -> Seen:
    """Read and check one expression; raise ExpressionProblem where it cannot be read."""
    if condition and text.lstrip().startswith("${"):
        raise ExpressionProblem("W3015", 0, len(text), mended="".join(part.text for part in split(text)).strip())
    checker = Checker(read(text), text, scope, report)
    tree = checker.parsed.tree
    found = checker.see(tree)
    if required or condition:
        checker.need(found, tree)
    if condition and found.type.kind not in ("yes/no", "any"):
        code = "W3052" if found.type.kind in COUNTED else "W3037"
        checker.report(checker.parsed.problem(tree, code, kind=term(found.type), source=checker.source(tree)))
    return found


def check_text(text: str, scope: Scope, report: Report, *, required: bool = False) -> Field:
    """Return what a field's text gives: the type of its one `${…}`, else a joined text; report what is wrong."""
    try:
        parts = split(text)
    except ExpressionProblem as problem:
        report(problem)
        return UNKNOWN
    for part in parts:
        if not part.expression:
            refuse_blocks(part, report)
    if len(parts) == 1 and parts[0].expression:
        return check(parts[0].text, scope, report, required=required, offset=parts[0].offset)
    for part in parts:
        if part.expression:
            check_joined(part, scope, report)
    return Field(TEXT)


def refuse_blocks(part: Part, report: Report) -> None:
    """Refuse `{% … %}`, which only reply templates have."""
    start = part.text.find("{%")
    end = part.text.find("%}", start)
    if 0 <= start < end:
        report(ExpressionProblem("W3014", part.offset + start, end + 2 - start))


def check_joined(part: Part, scope: Scope, report: Report) -> None:
    """Check one of several parts: it must be there, and join a text in one way only."""

    def moved(problem: ExpressionProblem) -> None:
        report(problem.moved(part.offset))

    try:
        checker = Checker(read(part.text), part.text, scope, moved)
        checker.join(checker.parsed.tree)
    except ExpressionProblem as problem:
        moved(problem)
