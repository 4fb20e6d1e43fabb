"""An answer counts once, comes by a link that was signed here, and holds only what was asked."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from connectors.form.connection import FormConnection
from connectors.form.links import CreateLink, Link, create_link, opened
from connectors.form.submitted import Answers, Submitted, submitted
from tests.connectors.calls import KEY, NOW, a_call
from wakeel.sdk import AuthError, Event, Rejected, Request, WorkingDuration

FIELDS = {
    "name": "text",
    "email": "mail address",
    "phone": "phone",
    "budget": "number",
    "start": "date",
    "notes": "long text",
    "vip": "yes/no",
    "time": "one of",
    "topics": "several of",
}
FORM = FormConnection.model_validate(
    {
        "secret": "a long random text",
        "url": "https://wakeel.example.com/forms/intake",
        "title": "استقبال عميل جديد",
        "fields": FIELDS,
        "labels": {"name": "الاسم الكامل"},
        "options": {"time": ["صباحًا", "مساءً"], "topics": ["بريد", "تقويم"]},
        "optional": ["phone", "budget", "start", "notes", "topics"],
    }
)
ANSWERS = {"name": "نور  الهدى", "email": "nour@example.com", "time": "صباحًا"}


async def a_link(key: str = KEY, **fields: Any) -> Link:
    return await create_link(CreateLink.model_validate(fields), a_call(FORM, key))


def send(
    link: Link, answers: dict[str, Any] = ANSWERS, *, later: timedelta = timedelta(), **more: str
) -> list[Event[Submitted]]:
    body = urlencode({"token": link.token, **answers, **more}, doseq=True).encode()
    return post(body, "application/x-www-form-urlencoded; charset=utf-8", later=later)


def post(body: bytes, content_type: str, *, later: timedelta = timedelta()) -> list[Event[Submitted]]:
    assert submitted.hook is not None
    return submitted.hook(Request("POST", {"content-type": content_type}, body, NOW + later), FORM)


async def test_the_same_step_always_gives_the_same_link() -> None:
    first = await a_link(expires_after="3d", about={"thread": "<a@b>"})
    assert await a_link(expires_after="3d", about={"thread": "<a@b>"}) == first
    assert first.url == f"https://wakeel.example.com/forms/intake/{first.token}"
    assert first.expires_at == NOW + timedelta(days=3)
    assert (await a_link("another/step")).link != first.link


async def test_a_link_may_end_by_working_time() -> None:
    link = await a_link(expires_after={"amount": 2, "unit": "days"})
    assert link.expires_at == a_call(FORM).calendar.plus(NOW, WorkingDuration(amount=2, unit="days"))


async def test_answers_come_by_field_with_what_the_link_is_about() -> None:
    link = await a_link(about={"thread": "<a@b>", "client": "نور"})
    answers = {
        **ANSWERS,
        "phone": "+٢٠ ١٠٠ ١٢٣-٤٥٦٧",
        "budget": "١٬٢٥٠٫٥",
        "start": "2026-12-01",
        "notes": "سطر\r\nآخر",
        "vip": "on",
        "topics": ["بريد", "تقويم"],
    }
    [event] = send(link, answers)
    assert event.data.values == {
        "name": "نور الهدى",
        "email": "nour@example.com",
        "phone": "+201001234567",
        "budget": 1250.5,
        "start": "2026-12-01",
        "notes": "سطر\nآخر",
        "vip": True,
        "time": "صباحًا",
        "topics": ["بريد", "تقويم"],
    }
    assert (event.data.about, event.data.link) == ({"thread": "<a@b>", "client": "نور"}, link.link)
    assert submitted.fits(Answers(link=link.link), event.data)
    assert submitted.fits(Answers(), event.data)
    assert not submitted.fits(Answers(link="f" * 32), event.data)


async def test_what_stays_empty_is_missing() -> None:
    [event] = send(await a_link())
    assert (event.data.values["phone"], event.data.values["topics"], event.data.values["vip"]) == (None, [], False)


async def test_a_link_for_one_answer_has_one_event_and_a_second_answer_is_seen_to_differ() -> None:
    link = await a_link()
    [first], [again] = send(link, submission="page-0001"), send(link, submission="page-0002")
    [other] = send(link, {**ANSWERS, "name": "غيرها"})
    assert first.key == again.key == other.key == f"f:{link.link}"
    assert first.body == again.body != other.body


async def test_a_link_for_many_has_one_event_for_each_time_the_page_was_shown() -> None:
    link = await a_link(once=False)
    keys = [send(link, submission=shown)[0].key for shown in ("page-0001", "page-0001", "page-0002")]
    assert keys[0] == keys[1] != keys[2]
    [one], [same], [other] = send(link), send(link), send(link, {**ANSWERS, "name": "غيرها"})
    assert one.key == same.key != other.key


async def test_a_program_that_fills_the_hidden_field_starts_nothing_and_is_told_nothing() -> None:
    assert send(await a_link(), homepage="https://spam.example") == []


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("name", "", "missing"),
        ("name", " \u00a0", "missing"),
        ("name", "x" * 501, "too_long"),
        ("notes", "x" * 20_001, "too_long"),
        ("email", "nour", "no_mail_address"),
        ("email", "a@b.c\nBcc: x@y.z", "no_mail_address"),
        ("phone", "abc", "no_phone"),
        ("budget", "كثير", "no_number"),
        ("budget", "1e999", "no_number"),
        ("start", "2026-02-30", "no_date"),
        ("vip", "maybe", "no_option"),
        ("time", "ليلًا", "no_option"),
        ("topics", ["بريد", "غيره"], "no_option"),
    ],
)
async def test_an_answer_that_cannot_be_taken_is_named_by_its_field(field: str, value: Any, fault: str) -> None:
    with pytest.raises(Rejected) as error:
        send(await a_link(), {**ANSWERS, field: value})
    assert str(error.value) == f"look at {field} ({fault})"


async def test_only_what_is_asked_is_taken() -> None:
    [event] = send(await a_link(), {**ANSWERS, "admin": "yes", "__class__": "x", "values": "y"})
    assert set(event.data.values) == set(FIELDS)


async def test_a_link_ends() -> None:
    link = await a_link(expires_after="1h")
    assert send(link, later=timedelta(hours=1))
    with pytest.raises(Rejected, match="has ended"):
        send(link, later=timedelta(hours=1, seconds=1))


async def test_a_link_that_was_changed_or_is_anothers_opens_nothing() -> None:
    link = await a_link(about={"client": "nour"})
    said, _, signed = link.token.partition(".")
    longer = (await a_link("x", expires_after="300d")).token.partition(".")[0]
    other = FORM.model_copy(update={"secret": SecretStr("another random text")})
    elsewhere = FORM.model_copy(update={"url": "https://wakeel.example.com/forms/other"})
    for token in (
        "",
        ".",
        said,
        f"{said}.",
        f".{signed}",
        f"{longer}.{signed}",
        f"{said}.{signed}x",
        link.token.lower(),
    ):
        with pytest.raises(AuthError):
            opened(token, FORM, NOW)
    for connection in (other, elsewhere):
        with pytest.raises(AuthError):
            opened(link.token, connection, NOW)


@given(st.text(max_size=300))
def test_junk_for_a_link_is_a_wrong_link_and_never_a_fault_of_ours(token: str) -> None:
    with pytest.raises(AuthError):
        opened(token, FORM, NOW)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"token": "x", "files": [{"filepath": "/etc/passwd"}]}', "application/json"),
        (
            b"--x\r\nContent-Disposition: form-data; name=f; filename=/etc/passwd\r\n\r\nx\r\n--x--",
            "multipart/form-data; boundary=x",
        ),
        (b"token=x&files[0][filepath]=/etc/passwd", "application/x-www-form-urlencoded"),
        (b"a=1&" * 1000, "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"", ""),
    ],
)
async def test_no_body_opens_a_file_or_breaks_the_door(body: bytes, content_type: str) -> None:
    seen = list[str]()
    watching = [True]
    sys.addaudithook(lambda name, args: seen.append(str(args[0])) if watching and name == "open" else None)
    with pytest.raises((Rejected, AuthError)):
        post(body, content_type)
    watching.clear()
    assert not any("passwd" in path for path in seen)


@pytest.mark.parametrize(
    "fields",
    [
        {"fields": {}},
        {"fields": {"Name": "text"}},
        {"fields": {"token": "text"}},
        {"fields": {"homepage": "text"}},
        {"fields": {"time": "one of"}},
        {"fields": {"name": "text"}, "options": {"name": ["x"]}},
        {"fields": {"name": "text"}, "labels": {"other": "x"}},
        {"fields": {"name": "password"}},
        {"fields": {"name": "text"}, "secret": "short"},
        {"fields": {"name": "text"}, "url": "javascript:alert(1)"},
    ],
)
def test_a_form_that_cannot_work_is_refused_when_it_is_written(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FormConnection.model_validate({"secret": "a long random text", "url": "https://example.com/f", **fields})
