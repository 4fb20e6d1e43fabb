"""`mail.classify` chooses by words that it can name, and the same each time."""

from __future__ import annotations

from typing import Any, cast

import pytest

from wakeel.sdk import Call, Effect
from wakeel.sdk.ports.mail import Classified, Classify, MailText, mail

SIX = ["urgent", "important", "later", "promo", "support", "other"]
NO_CALL = cast("Call[None]", None)


async def label(
    subject: str, text: str = "", into: list[str] = SIX, urgent: tuple[str, ...] = (), **more: Any
) -> Classified:
    judged = MailText(subject=subject, text=text, **more)
    args = Classify(mail=judged, into=into, urgent_if_contains=list(urgent))
    found: Classified = await mail.actions["classify"].run(args, NO_CALL)
    return found


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("RE: [ext] عاجل: عقد الصيانة", "نرجو الاجتماع لمناقشة عقد الصيانة", "urgent"),
        ("URGENT: server down", "please call", "urgent"),
        ("طَارِئ", "", "urgent"),
        ("Invoice 12", "attached", "important"),
        ("بخصوص العقد والفاتورة", "", "important"),
        ("للعلم", "محضر اجتماع الأمس", "later"),
        ("FYI", "no rush", "later"),
        ("خصومات الجمعة البيضاء", "تسوق الآن، إلغاء الإشتراك", "promo"),
        ("مشكلة في الدخول", "كلمة المرور لا تعمل", "support"),
        ("It does not work", "I get an error", "support"),
        ("Hello", "just saying hi", "other"),
    ],
)
async def test_labels_follow_from_words(subject: str, text: str, expected: str) -> None:
    assert (await label(subject, text)).label == expected


async def test_a_newsletter_in_a_hurry_is_still_a_newsletter() -> None:
    found = await label("Newsletter", "Urgent: 50% off, unsubscribe", list_id="<news.test>")
    assert found.label == "promo"
    assert "List-Id" in found.reasons


async def test_a_mail_that_denies_its_urgency_is_believed() -> None:
    assert (await label("Question", "This is not urgent", urgent=("urgent",))).label != "urgent"


async def test_the_words_of_the_recipe_count_most_and_are_named() -> None:
    found = await label("نقل البضاعة", "الشحنة في الجمارك", urgent=("جمارك",))
    assert (found.label, found.reasons) == ("urgent", ["جمارك"])


async def test_what_fits_nowhere_gets_other_or_the_last_label() -> None:
    assert (await label("x", into=["urgent", "other", "later"])).label == "other"
    assert (await label("x", into=["urgent", "later"])).label == "later"


async def test_a_label_of_the_recipes_own_is_found_by_its_name() -> None:
    assert (await label("عرض من Travel Agency", into=["travel", "rest"])).label == "travel"


async def test_the_same_mail_always_gets_the_same_answer() -> None:
    answers = [await label("Urgent contract", "support invoice help") for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]


def test_the_connector_is_pure_and_stands_behind_the_port() -> None:
    assert mail.port == "mail"
    assert mail.connection.model_fields == {}
    assert mail.actions["classify"].effect is Effect.READ
