"""Values of the recipe language: from JSON into values, back, and into text."""

from __future__ import annotations

import datetime as clock
import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from wakeel.language.kinds import term
from wakeel.sdk.calendar import Duration, WorkingDuration

DEEPEST = 100  # levels of lists and maps in one value
BIGGEST: Final = 10**18  # of any number
DURATIONS: Final = TypeAdapter[timedelta](Duration)


class Missing:
    """Stands where there is no value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "missing"

    def __bool__(self) -> bool:
        return False


MISSING: Final = Missing()


class ExpressionError(ValueError):
    """An expression that has no value for what stands in scope; `code` and `params` make the sentence."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = {key: str(value) for key, value in params.items()}
        super().__init__(f"{code} {self.params}")


KINDS: dict[type, str] = {
    str: "text",
    bool: "yes/no",
    int: "number",
    float: "number",
    Decimal: "number",
    datetime: "moment",
    clock.date: "date",
    clock.time: "time",
    timedelta: "duration",
    WorkingDuration: "working duration",
    list: "list",
    tuple: "list",
    dict: "map",
    Missing: "nothing",
    type(None): "nothing",
}


def kind_of(value: Any) -> str:
    """Return the kind of a value, as the types name it."""
    return KINDS.get(type(value)) or next((k for t, k in KINDS.items() if isinstance(value, t)), "map")


def revive(value: Any, shape: Any) -> Any:
    """Read a JSON value by its shape; what does not fit the shape stays as it is."""
    if value is None or shape == "any":
        return value
    if isinstance(shape, str):
        reader = READERS.get(shape)
        return reader(value) if reader else value
    if (item := shape.get("list")) is not None:
        return [revive(part, item) for part in value] if isinstance(value, list) else value
    if not isinstance(value, dict):
        return value
    if (item := shape.get("values")) is not None:
        return {key: revive(part, item) for key, part in value.items()}
    fields = shape["map"]
    return {key: revive(part, fields.get(key, "any")) for key, part in value.items()}


def moment(text: str) -> datetime:
    """Read an ISO 8601 moment; one without a zone counts in UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def span(value: Any) -> timedelta | WorkingDuration:
    """Read a length of clock time or of working time."""
    return WorkingDuration.model_validate(value) if isinstance(value, dict) else DURATIONS.validate_python(value)


def lenient(read: Callable[[Any], Any], *takes: type) -> Callable[[Any], Any]:
    """Make a reader that leaves alone what it cannot read: using it is an error in words."""

    def reader(value: Any) -> Any:
        try:
            return read(value) if isinstance(value, takes) else value
        except (ValueError, ArithmeticError):
            return value

    return reader


READERS: dict[str, Callable[[Any], Any]] = {
    "number": lenient(lambda text: tidy(Decimal(text)), str),  # a Decimal travels as text
    "moment": lenient(moment, str),
    "date": lenient(clock.date.fromisoformat, str),
    "time": lenient(clock.time.fromisoformat, str),
    "duration": lenient(span, str, int, float, dict),
    "working duration": lenient(WorkingDuration.model_validate, dict),
}


def plain(value: Any, room: int = DEEPEST) -> Any:
    """Return the JSON form of a value; a missing value in a list or map is left out."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if room == 0:
        raise ExpressionError("W3107")
    if isinstance(value, Mapping):
        return {str(key): plain(part, room - 1) for key, part in value.items() if part is not MISSING}
    if isinstance(value, list | tuple):
        return [plain(part, room - 1) for part in value if part is not MISSING]
    return plain_simple(value)


def plain_simple(value: Any) -> Any:
    """Return the JSON form of a value without parts."""
    if isinstance(value, clock.date | clock.time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, timedelta):
        return DURATIONS.dump_python(value, mode="json")
    if isinstance(value, Decimal):
        return tidy(value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    return None


def tidy(number: Decimal | float) -> int | float:
    """Return a number as people mean it: whole ones without a fraction."""
    if not math.isfinite(number) or not -BIGGEST <= number <= BIGGEST:
        raise ExpressionError("W3106")
    whole = int(number)
    return whole if whole == number else float(number)


def text_of(value: Any) -> str:
    """Return how a value joins a text; a moment, list or map has no single way and raises."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return text_of_number(value)
    if isinstance(value, timedelta):
        return text_of_duration(value)
    if isinstance(value, WorkingDuration):
        return str(value)
    if value is MISSING or value is None:
        raise ExpressionError("W3102", name="…")
    raise ExpressionError("W3110", kind=term(kind_of(value)))


def text_of_number(value: float | Decimal) -> str:
    """Write a number out: no `.0`, no exponent."""
    if isinstance(value, int):
        return text_of_whole(value)
    written = f"{Decimal(str(value)):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def text_of_whole(value: int) -> str:
    """Write a whole number out; Python refuses more than 4,300 digits."""
    try:
        return str(value)
    except ValueError:
        raise ExpressionError("W3106") from None


def text_of_duration(value: timedelta) -> str:
    """Write a length of time as a recipe does, in the largest unit that is whole."""
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60)):
        if value and not value % timedelta(seconds=seconds):
            return f"{value // timedelta(seconds=seconds)}{unit}"
    return f"{text_of_number(value.total_seconds())}s"
