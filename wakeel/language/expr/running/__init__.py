"""Turns an allowed tree into nested functions, once for each text; each call of one is a counted visit."""

from __future__ import annotations

from functools import lru_cache

from wakeel.language.expr.running import data, logic, operations
from wakeel.language.expr.running.registry import Program, build
from wakeel.language.expr.tree import parse

MODULES = (data, logic, operations)  # importing them registers their builders


@lru_cache(maxsize=4096)
def program(text: str) -> Program:
    """Return an expression as a function of the state; raise ExpressionProblem."""
    return build(parse(text))
