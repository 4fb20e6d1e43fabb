"""The fixed list of filters, by name."""

from wakeel.language.expr.filters import arabic, lists, moments, numbers, picking, texts, wording
from wakeel.language.expr.filters.signature import FILTERS, Argument, Filter, Param, Use

MODULES = (texts, arabic, numbers, lists, picking, moments, wording)

__all__ = ["FILTERS", "MODULES", "Argument", "Filter", "Param", "Use"]
