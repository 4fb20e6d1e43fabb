"""`extract.message` finds what a mail says, on the client's clock, in English and Arabic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.extract.connector import Facts, Message, extract
from connectors.extract.dates import find_days
from wakeel.sdk import Calendar, Call

CAIRO = Calendar(time_zone="Africa/Cairo", weekend=(4, 5))
SUNDAY = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)  # 09:00 in Cairo


async def facts(subject: str = "", text: str = "", **more: Any) -> Facts:
    args = Message.model_validate({"mail": {"subject": subject, "text": text}} | more)
    call = cast("Call[None]", Call(None, "k", False, SUNDAY, CAIRO, cast("Any", None)))
    found: Facts = await extract.actions["message"].run(args, call)
    return found


@pytest.mark.parametrize(
    ("text", "day", "clock", "kind"),
    [
        ("2027-03-12", "2027-03-12", None, "date"),
        ("٢٠٢٧/٠٣/١٢", "2027-03-12", None, "date"),
        ("12/3/2027", "2027-03-12", None, "date"),
        ("on 12 March 2027", "2027-03-12", None, "date"),
        ("١٢ مارس ٢٠٢٧", "2027-03-12", None, "date"),
        ("12 آذار 2027", "2027-03-12", None, "date"),
        ("٥ كانون الأول ٢٠٢٦", "2026-12-05", None, "date"),
        ("March 12th, 2027", "2027-03-12", None, "date"),
        ("before 5 Dec 2026", "2026-12-05", None, "deadline"),
        ("آخر موعد ٣٠ نوفمبر", "2026-11-30", None, "deadline"),
        ("خلال ٣ أيام", "2026-11-25", None, "deadline"),
        ("within two weeks", "2026-12-06", None, "deadline"),
        ("خلال يومين", "2026-11-24", None, "deadline"),
        ("tomorrow", "2026-11-23", None, "date"),
        ("غداً الساعة 3 مساءً", "2026-11-23", "15:00", "date"),
        ("بعد غد", "2026-11-24", None, "date"),
        ("نلتقي بكرة", "2026-11-23", None, "meeting"),
        ("الأحد القادم", "2026-11-29", None, "date"),
        ("let's meet next Tuesday at 10:30", "2026-11-24", "10:30", "meeting"),
        ("اجتماع يوم الخميس 4 ديسمبر الساعة 3 مساءً", "2026-12-04", "15:00", "meeting"),
        ("قبل يوم الأحد ٦ ديسمبر ٢٠٢٦ الساعة ٥ عصرا", "2026-12-06", "17:00", "deadline"),
        ("see you tomorrow at noon", "2026-11-23", "12:00", "meeting"),
        ("call today at 3pm", "2026-11-22", "15:00", "meeting"),
        ("1 May", "2027-05-01", None, "date"),
    ],
)
def test_a_date_is_found(text: str, day: str, clock: str | None, kind: str) -> None:
    [found] = find_days(f"Hello. {text}. Thanks.", CAIRO.local(SUNDAY))
    assert (str(found.date), found.time and f"{found.time:%H:%M}", found.kind) == (day, clock, kind)


@pytest.mark.parametrize(
    "text",
    [
        "call me on 0501234567, may I ask",
        "هاتف ٠٥٠١٢٣٤٥٦٧",
        "invoice no 12/03/2027",
        "رقم 12/03/2027",
        "IBAN EG38 0019 0005 0000 0000 2631 8000 2",
        "30.02.2027",
        "the sun is out and I sat down",
        "3.5% growth, 10 people, v2.11.2026",
        "15 رمضان 1448",
        "may 4567",
    ],
)
def test_a_number_that_is_no_date_stays_a_number(text: str) -> None:
    assert find_days(text, CAIRO.local(SUNDAY)) == []


BITS = [*"0123456789/-: .,\nالساعةغدقبليوم", "may", "at ", "pm", "مارس", "2027"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=120).map("".join))
def test_no_text_stops_the_finder_and_each_find_stands_in_the_text(text: str) -> None:
    for found in find_days(text, SUNDAY):
        assert found.text in text
        assert abs(found.date.year - 2026) < 100


async def test_moments_are_on_the_clients_clock() -> None:
    found = await facts(text="Meeting tomorrow at 10:00. Send it by 1 December 2026.")
    assert found.first_meeting == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert found.first_deadline == datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # when work ends
    assert [date.whole_day for date in found.dates] == [False, True]


async def test_tomorrow_is_the_day_after_the_mail_came() -> None:
    came = SUNDAY - timedelta(days=3)
    found = await facts(mail={"subject": "", "text": "tomorrow", "received_at": came.isoformat()})
    assert found.dates[0].start.date().isoformat() == "2026-11-20"


async def test_what_is_over_is_no_first_deadline() -> None:
    assert (await facts(text="It was due by 1 November 2026")).first_deadline is None


async def test_only_what_is_asked_for_is_found() -> None:
    found = await facts("Re: x", "tomorrow", find=["subject"])
    assert (found.subject, found.dates, found.summary) == ("x", [], "")


async def test_the_summary_leaves_greetings_out() -> None:
    text = "السلام عليكم ورحمة الله وبركاته،\nنرجو تجديد عقد الصيانة."
    assert (await facts("عقد", text)).summary == "نرجو تجديد عقد الصيانة."
    assert (await facts("x", "Dear Mona,\nI hope you are well.\nWe need it.")).summary == "We need it."
    assert (await facts("Only a subject", "")).summary == "Only a subject"


async def test_kind_and_size_are_told() -> None:
    found = await facts("Invoice", "word " * 200)
    assert (found.kind, found.size) == ("payment", "medium")
    assert (await facts("سؤال", "متى الافتتاح؟")).kind == "question"
