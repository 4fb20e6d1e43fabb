"""Expressions: read by Jinja2's grammar, checked by types, evaluated by ourselves; pure and bounded."""

from wakeel.language.expr.check import check, check_text
from wakeel.language.expr.evaluation import Evaluation
from wakeel.language.expr.filters import FILTERS
from wakeel.language.expr.parts import Part, split
from wakeel.language.expr.paths import guards, path_of
from wakeel.language.expr.problem import ExpressionProblem, Report
from wakeel.language.expr.scope import Scope
from wakeel.language.expr.seeing import INTO_TEXT
from wakeel.language.expr.tree import parse
from wakeel.language.values import MISSING, ExpressionError

__all__ = [
    "FILTERS",
    "INTO_TEXT",
    "MISSING",
    "Evaluation",
    "ExpressionError",
    "ExpressionProblem",
    "Part",
    "Report",
    "Scope",
    "check",
    "check_text",
    "guards",
    "parse",
    "path_of",
    "split",
]
