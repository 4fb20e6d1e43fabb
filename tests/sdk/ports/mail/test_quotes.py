"""The answered mail and the signature are taken off, in English and Arabic; the new text stays."""

from __future__ import annotations

import pytest

from wakeel.sdk.ports.mail.quotes import visible

QUOTES = [
    "On Mon, 2 Nov 2026 at 10:15, Mona Ali <mona@example.com> wrote:\n> hello",
    "On Mon, 2 Nov 2026 at 10:15, Mona Ali <\nmona@example.com> wrote:\n> hello",
    "في الاثنين، ٢ نوفمبر ٢٠٢٦ في ١٠:١٥ ص كتب منى علي <mona@example.com>:\n> مرحبا",
    "كتبت منى علي في ٢ نوفمبر ٢٠٢٦:\n> مرحبا",
    "في الاثنين، 2 نوفمبر 2026 في 10:15 ص تمت كتابة ما يلي بواسطة منى <mona@example.com>:\n\n> مرحبا",
    "-----Original Message-----\nFrom: Mona\nSent: Monday\nhello",
    "-----رسالة أصلية-----\nمن: منى\nمرحبا",
    "من: منى علي\nتم الإرسال: الاثنين\nإلى: نور\nالموضوع: عقد\n\nمرحبا",
    "________________________________\nFrom: Mona\nSent: Monday\nTo: Nour\nSubject: x\n\nhello",
    "*From:* Mona\n*Date:* Monday\n*To:* Nour\n\nhello",
    "> only\n> quotes",
]
SIGNATURES = [
    "-- \nMona Ali\n+20 100 000 0000",
    "Sent from my iPhone",
    "تم الإرسال من iPhone",
    "Best regards,\nMona Ali\nSales",
    "مع خالص التحية،\nمنى علي\n٠١٠٠٠٠٠٠٠٠",
    "وتفضلوا بقبول فائق الاحترام\nمنى",
    "Get Outlook for iOS",
]


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("text", ["Yes, that works.", "نعم، الموعد مناسب."])
def test_the_answered_mail_is_taken_off(text: str, quote: str) -> None:
    assert visible(f"{text}\n\n{quote}\n") == text


@pytest.mark.parametrize("signature", SIGNATURES)
def test_the_signature_is_taken_off(signature: str) -> None:
    assert visible(f"نعم\nYes\n\n{signature}\n") == "نعم\nYes"


@pytest.mark.parametrize("quote", QUOTES)
def test_a_mail_that_holds_nothing_else_is_shown_whole(quote: str) -> None:
    assert visible(quote) != ""


def test_answers_between_the_quoted_lines_stay() -> None:
    assert visible("> When?\nTomorrow.\n> Where?\nHere.") == "Tomorrow.\nHere."


def test_a_mail_handed_on_keeps_what_it_hands_on() -> None:
    handed = "FYI\n\n-----Original Message-----\nFrom: Mona\n\nThe pump is broken."
    assert "The pump is broken." in visible(handed, forward=True)


@pytest.mark.parametrize(
    "text", ["On Monday I wrote to you: no answer.", "من: القاهرة\nإلى: الرياض", "Subject: to change"]
)
def test_text_that_only_looks_a_little_like_a_quote_stays(text: str) -> None:
    assert visible(f"Hello\n\n{text}\n\nThe end of it.") == f"Hello\n\n{text}\n\nThe end of it."
