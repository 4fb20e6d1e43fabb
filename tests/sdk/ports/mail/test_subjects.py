"""Subjects lose what programs put before them, and spellings that people take for equal are equal."""

from __future__ import annotations

import pytest

from wakeel.sdk.ports.mail import clean_subject, fold, language_of
from wakeel.sdk.ports.mail.subjects import is_forward, is_reply, thread_subject


@pytest.mark.parametrize(
    "written",
    [
        "RE: [ext] عاجل: عقد الصيانة",
        "Re[2]: Fwd: رد: عاجل: عقد الصيانة",
        "ردّ: إعادة توجيه: [EXT] Fw: عاجل: عقد الصيانة",
        "[خارجي] تحويل: عاجل: عقد الصيانة",
        "  re : عاجل: عقد الصيانة ",
    ],
)
def test_prefixes_go_in_any_mix_and_number(written: str) -> None:
    assert clean_subject(written) == "عاجل: عقد الصيانة"


@pytest.mark.parametrize("subject", ["Reminder: call", "Regarding: x", "[Website] header", "رداء: مقاس", "", "Re:"])
def test_what_is_no_prefix_stays(subject: str) -> None:
    assert clean_subject(subject) == ("" if subject == "Re:" else subject)


def test_answers_and_mails_handed_on_are_told_apart() -> None:
    assert is_reply("رد: x")
    assert is_forward("Fwd: x")
    assert not is_reply("Report: x")


def test_one_conversation_has_one_subject() -> None:
    assert thread_subject("[list] Re: العقد  الجديد") == thread_subject("Re: [list] العَقد الجديد")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إلغاء الإشتراك", "الغاء الاشتراك"),
        ("مُحَمَّد", "محمد"),
        ("فاتـــورة", "فاتوره"),
        ("ﻓﺎﺗﻮرة", "فاتورة"),
        ("مستشفى", "مستشفي"),
        ("١٢٣", "123"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_that_people_take_for_equal_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "language"),
    [("مرحبا", "ar"), ("Hello", "en"), ("", "en"), ("عقد Wakeel الجديد v2", "ar"), ("Hi منى, ok then", "en")],
)
def test_the_language_is_told_by_the_share_of_arabic_letters(text: str, language: str) -> None:
    assert language_of(text) == language
