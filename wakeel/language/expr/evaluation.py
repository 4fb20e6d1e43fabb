"""Evaluates expressions and fills templates over the values in scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wakeel.language.expr.running import program
from wakeel.language.expr.state import OUTPUT, State
from wakeel.language.kinds import term
from wakeel.language.plan import Template
from wakeel.language.values import MISSING, ExpressionError, kind_of, plain, text_of
from wakeel.sdk.calendar import Calendar

EXPRESSION, TEXT, MAP, KEEP, AS = "$expr", "$text", "$map", "keep", "as"


class Evaluation:
    """The values that expressions see, and the calendar and language of the client."""

    __slots__ = ("calendar", "language", "scope")

    def __init__(self, scope: Mapping[str, Any], calendar: Calendar, language: str) -> None:
        self.scope = scope
        self.calendar = calendar
        self.language = "ar" if language == "ar" else "en"

    def value(self, text: str) -> Any:
        """Return the value of an expression, or MISSING; raise ExpressionError."""
        try:
            return program(text)(State(self.scope, self.calendar, self.language))
        except RecursionError:
            raise ExpressionError("W3107") from None

    def holds(self, text: str) -> bool:
        """Say whether a condition holds; raise ExpressionError where it is neither yes nor no."""
        value = self.value(text)
        if isinstance(value, bool):
            return value
        if value is MISSING:
            raise ExpressionError("W3102", name=text[:80])
        raise ExpressionError("W3104", kind=term(kind_of(value)))

    def fill(self, template: Template) -> Any:
        """Return a template's value as JSON, or MISSING; what is missing inside a map or list is left out."""
        if isinstance(template, Mapping):
            return self._fill_map(template)
        if isinstance(template, list | tuple):
            return [found for part in template if (found := self.fill(part)) is not MISSING]
        return template

    def _fill_map(self, template: Mapping[str, Any]) -> Any:
        if EXPRESSION in template:
            value = self.value(template[EXPRESSION])
            if template.get(AS) == "text" and value is not MISSING:
                return text_of(value)
            return MISSING if value is MISSING else plain(kept(value, template.get(KEEP)))
        if TEXT in template:
            return self._join(template[TEXT])
        parts = template.get(MAP, template)
        return {key: found for key, part in parts.items() if (found := self.fill(part)) is not MISSING}

    def _join(self, parts: list[Any]) -> str:
        texts: list[str] = []
        room = OUTPUT
        for part in parts:
            texts.append(part if isinstance(part, str) else self._text(part[EXPRESSION]))
            room -= len(texts[-1])
            if room < 0:
                raise ExpressionError("W3107")
        return "".join(texts)

    def _text(self, expression: str) -> str:
        value = self.value(expression)
        if value is MISSING:
            raise ExpressionError("W3102", name=expression[:80])
        return text_of(value)


def kept(value: Any, fields: list[str] | None) -> Any:
    """Return a map, or each map of a list, with the named fields only."""
    if fields is None:
        return value
    if isinstance(value, list | tuple):
        return [kept(item, fields) for item in value]
    return {key: value[key] for key in fields if key in value} if isinstance(value, Mapping) else value
