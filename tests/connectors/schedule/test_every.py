"""What a schedule may say, so that every reader of it means the same."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from connectors.schedule import Every


@pytest.mark.parametrize(
    "words",
    [
        {"interval": "1m"},
        {"interval": "2h"},
        {"interval": "366d"},
        {"at": ["08:00"]},
        {"at": ["08:00", "17:30"], "on": ["sunday", "thursday"]},
        {"cron": "0 9 * * *"},
        {"cron": "*/15 8-17 * * MON-FRI"},
        {"cron": "0 9 1,15 jan,jul *"},
        {"cron": "30 23 29 2 *"},
    ],
)
def test_one_clear_way_to_say_when_is_taken(words: dict[str, Any]) -> None:
    assert Every.model_validate(words)


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"at": []},
        {"interval": "2h", "cron": "0 9 * * *"},
        {"interval": "2h", "at": ["08:00"]},
        {"interval": "30s"},
        {"interval": "367d"},
        {"interval": "9" * 30 + "d"},
        {"interval": "2h", "on": ["monday"]},
        {"on": ["monday"]},
        {"at": ["25:00"]},
        {"at": ["08:00:30"]},
        {"at": ["08:00+02:00"]},
        {"at": ["08:00"] * 51},
        {"at": ["08:00"], "on": ["someday"]},
    ],
)
def test_what_is_not_one_clear_way_is_refused(words: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Every.model_validate(words)


@pytest.mark.parametrize(
    "cron",
    [
        "",
        "9",
        "0 9 * *",
        "0 9 * * * *",
        "@daily",
        "CRON_TZ=UTC 0 9 * * *",
        "0 9 * * FRI#2",  # some take it for a remark, and fire each Friday
        "0 9 L * *",
        "0 9 LW * *",
        "0 9 1W * *",
        "0 9 * * 5L",
        "0 9 ? * *",
        "0 9 1 * 1",  # both for some readers, either for others
        "0 9 31 2 *",  # never
        "60 9 * * *",
        "0 22-2 * * *",
        "0 9 * * mon #x",
        "٠ ٩ * * *",
        "0\n9 * * *",
        "*/0 * * * *",
        "0 9 * * " + "1," * 60 + "1",
    ],
)
def test_a_cron_line_that_readers_differ_about_is_refused(cron: str) -> None:
    with pytest.raises(ValidationError):
        Every(cron=cron)


def test_weekdays_are_counted_from_monday_each_once() -> None:
    assert Every.model_validate({"at": ["08:00"], "on": ["sunday", "monday", "sunday"]}).weekdays() == [0, 6]
