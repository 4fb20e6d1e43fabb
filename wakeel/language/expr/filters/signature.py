"""What a filter is: a pure, bounded function whose annotations are its signature."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, get_type_hints

from wakeel.language.kinds import ANY, MOMENT, NUMBER, TEXT, YES_NO, Field, Type, term
from wakeel.language.values import ExpressionError, kind_of
from wakeel.sdk.calendar import WorkingDuration

Number = int | float
Items = list[Any]
Day = datetime | date
Span = timedelta | WorkingDuration | str
Orders = Callable[..., Field]

ALL = frozenset[str]()  # stands for every kind
KINDS: dict[Any, frozenset[str]] = {
    str: frozenset({"text"}),
    int: frozenset({"number"}),
    Number: frozenset({"number"}),
    Number | dict[str, Any]: frozenset({"number", "map"}),
    bool: frozenset({"yes/no"}),
    Items: frozenset({"list"}),
    str | Items | dict[str, Any]: frozenset({"text", "list", "map"}),
    str | int: frozenset({"text", "number"}),
    str | Number: frozenset({"text", "number"}),
    Day: frozenset({"moment", "date"}),
    datetime | time: frozenset({"moment", "time"}),
    Span: frozenset({"text", "duration", "working duration"}),
    Any: ALL,
}
GIVES: dict[Any, Type] = {str: TEXT, Number: NUMBER, int: NUMBER, bool: YES_NO, datetime: MOMENT}


@dataclass(frozen=True, slots=True)
class Param:
    """A value that a filter takes in its brackets."""

    name: str
    kinds: frozenset[str]
    required: bool
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """A value as the checker sees it: its type, and itself where it is written out."""

    type: Type
    fixed: Any = None


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a filter, for those whose result hangs on what they are given."""

    receiver: Type
    args: tuple[Argument, ...]
    refuse: Callable[..., None]  # (number of the argument, code, near=(), **params); -1: the receiver


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: what it takes and gives, and two examples that the tests run."""

    name: str
    takes: frozenset[str]  # kinds of value before the `|`; none named: all
    params: tuple[Param, ...]
    gives: Type | Callable[[Use], Field]
    run: Callable[..., Any]  # (state, value, *args); it counts in the state before it builds
    doc: str
    examples: tuple[tuple[str, Any], ...]
    tolerant: bool = False  # takes a missing value too
    least: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "least", sum(param.required for param in self.params))

    @property
    def form(self) -> str:
        """Return how the filter is written: `replace(old, new)`."""
        return f"{self.name}({', '.join(param.name for param in self.params)})" if self.params else self.name

    def fit(self, value: Any) -> Any:
        """Return the value if the filter takes its kind; raise ExpressionError."""
        if self.takes and (kind := kind_of(value)) not in self.takes:
            raise ExpressionError("W3103", what=self.name, kind=term(kind))
        return value

    def fit_argument(self, param: Param, value: Any) -> Any:
        """Return a value in the brackets if its kind fits; raise ExpressionError."""
        kind = kind_of(value)
        if kind == "nothing":
            raise ExpressionError("W3102", name=f"{self.name}({param.name})")
        if (param.kinds and kind not in param.kinds) or (param.whole and not isinstance(value, int)):
            raise ExpressionError("W3103", what=self.name, kind=term(kind))
        return value


FILTERS: dict[str, Filter] = {}


def filter_(
    *examples: tuple[str, Any], gives: Type | Callable[[Use], Field] | None = None, tolerant: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function `(state, value, *args)` under its name; a trailing `_` is dropped."""

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        hints, name = get_type_hints(run), run.__name__.rstrip("_")
        _state, value, *others = inspect.signature(run).parameters.values()
        params = tuple(Param(p.name, KINDS[hints[p.name]], p.default is p.empty, hints[p.name] is int) for p in others)
        given = gives or GIVES.get(hints["return"], ANY)
        doc = inspect.getdoc(run) or ""
        FILTERS[name] = Filter(name, KINDS[hints[value.name]], params, given, run, doc, examples, tolerant)
        return run

    return register
