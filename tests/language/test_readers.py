"""What a person writes in a typed field becomes a value, or a problem that says how to write it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakeel.i18n import words
from wakeel.language.readers import READERS, Unreadable, read, within
from wakeel.sdk import WorkingDuration

READ: list[tuple[str, str, Any]] = [
    ("text", "  0123 ", "  0123 "),
    ("long text", "a\nb", "a\nb"),
    ("number", "0123", 123),
    ("number", "-2.50", -2.5),
    ("number", "١٬٢٠٠٫٥", 1200.5),
    ("number", "۱۲۳", 123),
    ("number", "\u200f١٢", 12),
    ("whole number", "٢٠", 20),
    ("whole number", "3.0", 3),
    ("yes/no", "true", True),
    ("yes/no", "No", False),
    ("yes/no", "نعم", True),
    ("yes/no", "لا", False),
    ("duration", "45s", timedelta(seconds=45)),
    ("duration", "30m", timedelta(minutes=30)),
    ("duration", "٢h", timedelta(hours=2)),
    ("duration", "1 day", timedelta(days=1)),
    ("duration", "2 days", timedelta(days=2)),
    ("duration", "3 hours", timedelta(hours=3)),
    ("working duration", "2 working days", WorkingDuration(amount=2, unit="days")),
    ("working duration", "1 working day", WorkingDuration(amount=1, unit="days")),
    ("working duration", "٣ working hours", WorkingDuration(amount=3, unit="hours")),
    ("span", "15 working minutes", WorkingDuration(amount=15, unit="minutes")),
    ("span", "15m", timedelta(minutes=15)),
    ("time", "9:30", time(9, 30)),
    ("time", "٠٩:٣٠", time(9, 30)),
    ("time", "23:59:59", time(23, 59, 59)),
    ("date", "2026-11-22", date(2026, 11, 22)),
    ("date", "٢٠٢٨-٠٢-٢٩", date(2028, 2, 29)),
    ("moment", "2026-11-22 09:00", datetime(2026, 11, 22, 9)),  # noqa: DTZ001 - the caller gives the zone
    ("moment", "2026-11-22T09:00:05Z", datetime(2026, 11, 22, 9, 0, 5, tzinfo=UTC)),
    ("moment", "2026-11-22 09:00+03:00", datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=3)))),
    ("moment", "2026-11-22 09:00 Africa/Cairo", datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Africa/Cairo"))),
    ("money", "120.50 SAR", {"amount": 120.5, "currency": "SAR"}),
    ("money", "usd 120", {"amount": 120, "currency": "USD"}),
    ("money", "١٬٢٠٠ ر.س", {"amount": 1200, "currency": "SAR"}),
    ("money", "€12", {"amount": 12, "currency": "EUR"}),
    ("mail address", " bob@x.test ", "bob@x.test"),
    ("mail address", "\u200fbob@x.test\u200e", "bob@x.test"),
]

REFUSED = [
    ("number", "many", "W2150", "“many” is not a number."),
    ("number", "1e999", "W2150", "“1e999”"),
    ("number", "inf", "W2150", "Write digits"),
    ("number", "1_000", "W2150", "Write digits"),
    ("number", "", "W2150", "is not a number"),
    ("number", "1,200", "W2152", "can be read in two ways"),
    ("number", "9" * 5000, "W2153", "too large or too long"),
    ("whole number", "2.5", "W2151", "is not a whole number"),
    ("yes/no", "on", "W2154", "Write `yes` or `no`."),
    ("duration", "5", "W2156", "Say the unit: `5s`, `5m`, `5h`."),
    ("duration", "٥", "W2156", "Say the unit: `5s`, `5m`, `5h`."),
    ("duration", "soon", "W2155", "“soon” is not a length of time."),
    ("duration", "1.5h", "W2168", "Write `90m`."),
    ("duration", "2 weeks", "W2168", "Write `14d`."),
    ("duration", "1h 30m", "W2168", "Write `90m`."),
    ("duration", "half an hour", "W2168", "Write `30m`."),
    ("duration", "٥ دقائق", "W2168", "Write `5m`."),
    ("duration", "نصف ساعة", "W2168", "Write `30m`."),
    ("duration", "يومين", "W2168", "Write `2d`."),
    ("duration", "1 month", "W2155", "`45s`, `30m`, `2h`, `3d`"),
    ("span", "٥ أيام عمل", "W2168", "Write `5 working days`."),
    ("span", "2 business days", "W2168", "Write `2 working days`."),
    ("span", "يوم عمل", "W2168", "Write `1 working day`."),
    ("duration", "-5m", "W2159", "must be between 0s and 3650d"),
    ("duration", "9999d", "W2159", "must be between 0s and 3650d"),
    ("duration", "2 working days", "W2157", "Write `2 days`."),
    ("working duration", "1 day", "W2158", "Write `1 working day`."),
    ("working duration", "30s", "W2158", "Write `30 working minutes`."),
    ("span", "3 working seconds", "W2155", "is not a length of time"),
    ("time", "9.30", "W2160", "`9:30`"),
    ("time", "9:30 pm", "W2160", "`21:30`"),
    ("time", "12 AM", "W2160", "`0:00`"),
    ("time", "٩ ص", "W2160", "`9:00`"),
    ("time", "5 مساءً", "W2160", "`17:00`"),
    ("time", "17", "W2160", "`17:00`"),
    ("time", "24:00", "W2160", "hours (0 to 23)"),
    ("date", "30.02.2026", "W2161", "Write it as `2026-02-28`."),
    ("date", "2026-02-30", "W2161", "“2026-02-30” is not a real date."),
    ("date", "2026-13-01", "W2161", "`2026-12-01`"),
    ("date", "0000-00-00", "W2161", "`0001-01-01`"),
    ("date", "22.11.2026", "W2162", "Write year-month-day: `2026-11-22`."),
    ("date", "11/22/2026", "W2162", "`2026-11-22`"),
    ("date", "2026/11/22", "W2162", "`2026-11-22`"),
    ("date", "5/6/2026", "W2162", "`2026-06-05` / `2026-05-06`"),
    ("date", "1448-10-01", "W2169", "no date of the Gregorian calendar"),
    ("date", "١٤٤٨/١٠/٠١ هـ", "W2169", "Write the Gregorian date"),
    ("date", "tomorrow", "W2162", "is not written as a date"),
    ("moment", "2026-11-22", "W2163", "`2026-11-22 09:00`"),
    ("moment", "22/11/2026 5 مساء", "W2163", "`2026-11-22 17:00`"),
    ("moment", "غدا", "W2163", "`2026-11-22 09:00 Africa/Cairo`"),
    ("moment", "2026-02-30 09:00", "W2161", "`2026-02-28`"),
    ("moment", "2026-11-22 25:00", "W2160", "is not a time of the day"),
    ("moment", "2026-11-22 09:00 Africa/Kairo", "W2164", "No time zone “Africa/Kairo”."),
    ("moment", "2026-11-22 09:00 ../../etc/passwd", "W2164", "No time zone"),
    ("moment", "2026-11-22 09:00 Africa", "W2164", "No time zone"),
    ("moment", "2026-11-22 09:00 +25:00", "W2164", "No time zone"),
    ("money", "lots", "W2165", "is not an amount of money"),
    ("money", "$5", "W2166", "Write its three letters"),
    ("money", "5 XQZ", "W2166", "does not say which currency"),
    ("money", "1,200 SAR", "W2152", "can be read in two ways"),
    ("mail address", "bob@", "W2167", "Not a mail address, at character 5."),
    ("mail address", "bob@x.test, eve@y.test\nBcc: c@z.test", "W2167", "at character 11."),
    ("mail address", "Bob <bob@x.test>", "W2167", "at character 4. Write one address, without a name: `bob@x.test`."),
    ("mail address", "mailto:bob@x.test", "W2167", "`bob@x.test`"),
    ("mail address", "a@b@c", "W2167", "at character 4."),
    ("mail address", "", "W2167", "at character 1."),
]


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_a_literal_is_read_as_its_kind(kind: str, text: str, value: object) -> None:
    found = read(kind, text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("kind", "text", "code", "english"), REFUSED)
def test_what_is_no_literal_is_refused_with_the_way_to_write_it(kind: str, text: str, code: str, english: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(kind, text)
    error = refused.value
    assert error.code == code
    assert english in said(error, "en")
    assert not re.search(r"\{\w+\}", said(error, "en") + said(error, "ar"))


@pytest.mark.parametrize("text", ["-5m", "0s", "9999d"])
def test_a_length_of_time_outside_of_a_range_names_the_range(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        within("duration", text, timedelta(seconds=1), timedelta(days=90))
    assert "must be between 1s and 90d" in said(refused.value, "en")
    assert "بين 1s و90d" in said(refused.value, "ar")


def test_the_ends_of_a_range_belong_to_it() -> None:
    ends = timedelta(seconds=1), timedelta(days=90)
    assert [within("duration", text, *ends) for text in ("1s", "90d")] == list(ends)
    assert within("span", "3 working days", *ends) == WorkingDuration(amount=3, unit="days")


@pytest.mark.parametrize("kind", sorted(READERS))
@given(text=st.text(max_size=60))
def test_no_text_makes_a_reader_fail_in_another_way(kind: str, text: str) -> None:
    try:
        read(kind, text)
    except Unreadable as refused:
        error = refused
    else:
        return
    assert said(error, "en")
    assert 0 <= error.offset <= len(text)


@given(st.integers(-(10**18), 10**18))
def test_every_whole_number_is_read_as_written_in_any_digits(number: int) -> None:
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert read("whole number", str(number)) == read("number", arabic) == number


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31)))  # noqa: DTZ001 - the caller gives the zone
def test_every_moment_is_read_as_python_writes_it(moment: datetime) -> None:
    assert read("moment", moment.replace(microsecond=0).isoformat()) == moment.replace(microsecond=0)


def said(error: Unreadable, language: str) -> str:
    return " ".join(words(error.code, what, language, error.params) for what in ("message", "hint"))
