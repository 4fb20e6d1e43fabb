from __future__ import annotations

import datetime as clock
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakeel.language.values import MISSING, ExpressionError, kind_of, plain, revive, text_of
from wakeel.sdk import WorkingDuration

WORKING = st.builds(WorkingDuration, amount=st.integers(0, 999), unit=st.sampled_from(["days", "hours", "minutes"]))
SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(),
    "number": st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    "yes/no": st.booleans(),
    "moment": st.datetimes(timezones=st.timezones(), allow_imaginary=False, min_value=datetime(1900, 1, 1)),  # noqa: DTZ001
    "date": st.dates(),
    "time": st.times(),
    "duration": st.timedeltas(timedelta(days=-9999), timedelta(days=9999)) | WORKING,
    "working duration": WORKING,
}
PAIRS = st.recursive(
    st.sampled_from(sorted(SIMPLE)).flatmap(lambda kind: st.tuples(st.just(kind), SIMPLE[kind])),
    lambda inner: st.one_of(
        inner.map(lambda pair: ({"list": pair[0]}, [pair[1], None])),
        inner.map(lambda pair: ({"values": pair[0]}, {"k": pair[1]})),
        st.tuples(inner, inner).map(
            lambda two: ({"map": {"a": two[0][0], "b": two[1][0]}}, {"a": two[0][1], "b": two[1][1]})
        ),
    ),
    max_leaves=5,
)


@given(PAIRS)
def test_a_value_survives_the_way_through_json(pair: tuple[Any, Any]) -> None:
    shape, value = pair
    travelled = json.loads(json.dumps(plain(value)))
    assert revive(travelled, shape) == value


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_free_form_data_passes_untouched(data: Any) -> None:
    assert revive(data, "any") == data
    assert plain(data) == data


@given(PAIRS, st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_data_of_another_shape_is_left_as_it_is(pair: tuple[Any, Any], data: Any) -> None:
    revive(data, pair[0])


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [
        ("2026-11-22T09:30:00Z", "moment", datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
        ("2026-11-22T09:30:00", "moment", datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
        ("soon", "moment", "soon"),
        ("2026-11-22", "date", clock.date(2026, 11, 22)),
        ("2026-02-30", "date", "2026-02-30"),
        ("09:30", "time", clock.time(9, 30)),
        ("PT30M", "duration", timedelta(minutes=30)),
        ("30m", "duration", timedelta(minutes=30)),
        (90, "duration", timedelta(seconds=90)),
        ({"amount": 2, "unit": "days"}, "duration", WorkingDuration(amount=2, unit="days")),
        ({"amount": 2, "unit": "moons"}, "working duration", {"amount": 2, "unit": "moons"}),
        ("1.10", "number", 1.1),
        ("abc", "number", "abc"),
        ({"sha256": "x"}, "file", {"sha256": "x"}),
        ({"a": "2026-11-22", "new": 1}, {"map": {"a": "date"}}, {"a": clock.date(2026, 11, 22), "new": 1}),
        (None, "moment", None),
    ],
)
def test_json_is_revived_by_its_shape(value: Any, shape: Any, expected: Any) -> None:
    assert revive(value, shape) == expected


def test_missing_values_are_left_out() -> None:
    assert plain({"a": MISSING, "b": [1, MISSING]}) == {"b": [1]}
    assert not MISSING
    assert repr(MISSING) == "missing"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"),
        (5, "5"),
        (5.0, "5"),
        (2.50, "2.5"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (Decimal("1.10"), "1.1"),
        (True, "true"),
        (False, "false"),
        (timedelta(minutes=90), "90m"),
        (timedelta(days=2), "2d"),
        (timedelta(0), "0s"),
        (timedelta(seconds=1.5), "1.5s"),
        (WorkingDuration(amount=1, unit="days"), "1 working day"),
    ],
)
def test_a_value_joins_a_text(value: Any, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (datetime(2026, 11, 22, tzinfo=ZoneInfo("Africa/Cairo")), "W3110"),
        (clock.date(2026, 11, 22), "W3110"),
        (clock.time(9), "W3110"),
        ([1], "W3110"),
        ({"a": 1}, "W3110"),
        (MISSING, "W3102"),
        (None, "W3102"),
    ],
)
def test_what_has_no_single_way_to_be_written_joins_none(value: Any, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        text_of(value)
    assert caught.value.code == code


def test_kinds_are_told_apart() -> None:
    values = ["x", True, 1, 1.5, datetime.now(UTC), clock.date.min, clock.time.min, timedelta(), [], (), {}, MISSING]
    kinds = "text,yes/no,number,number,moment,date,time,duration,list,list,map,nothing"
    assert ",".join(kind_of(value) for value in values) == kinds
