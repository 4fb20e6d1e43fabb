"""What a mail is about, and how much there is to read: rough, for choosing a checklist."""

from __future__ import annotations

from typing import Literal

from wakeel.sdk.ports.mail import MailText, fold

Kind = Literal["meeting", "payment", "complaint", "job", "question", "information"]
Size = Literal["small", "medium", "large"]
WORDS: dict[Kind, tuple[str, ...]] = {
    "complaint": ("complaint", "disappointed", "refund", "unacceptable", "شكوي", "استرداد", "غير مقبول", "مستاء"),
    "payment": ("invoice", "payment", "receipt", "transfer", "overdue", "فاتوره", "دفعه", "سداد", "ايصال", "حواله"),
    "meeting": ("meeting", "meet", "appointment", "zoom", "reschedule", "اجتماع", "موعد", "لقاء", "نلتقي", "مقابله"),
    "job": ("please prepare", "we need", "order", "quote", "quotation", "design", "translate", "نرجو اعداد", "نحتاج",
            "طلب", "عرض سعر", "تصميم", "ترجمه", "تجهيز"),
}  # fmt: skip
SMALL, MEDIUM = 80, 300  # words


def kind_of(mail: MailText) -> Kind:
    """Say what a mail is about: the kind with the most words, the first where equal."""
    text = fold(f"{mail.subject}\n{mail.subject}\n{mail.text}")
    points = {kind: sum(text.count(fold(word)) for word in words) for kind, words in WORDS.items()}
    best = max(points, key=lambda kind: points[kind])
    if points[best]:
        return best
    return "question" if "?" in text or "؟" in text else "information"


def size_of(mail: MailText) -> Size:
    """Say how much there is to read."""
    words = len(mail.text.split()) + 100 * len(mail.attachments)
    return "small" if words <= SMALL else "medium" if words <= MEDIUM else "large"
