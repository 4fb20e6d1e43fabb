"""Follows the types through a tree of one expression."""

from wakeel.language.expr.seeing import data, logic, operations
from wakeel.language.expr.seeing.checker import INTO_TEXT, Checker

MODULES = (data, logic, operations)  # importing them registers their seers

__all__ = ["INTO_TEXT", "MODULES", "Checker"]
