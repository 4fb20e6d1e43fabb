"""Names of months, weekdays and days near by, in English and Arabic, folded."""

from __future__ import annotations

from wakeel.sdk.ports.mail import fold


def folded(*words: str) -> tuple[str, ...]:
    """Fold words as the text is folded that they are looked for in."""
    return tuple(map(fold, words))


MONTHS: dict[str, int] = {
    fold(name): number
    for number, names in enumerate(
        (
            ("january", "jan", "يناير", "كانون الثاني", "جانفي"),
            ("february", "feb", "فبراير", "شباط", "فيفري"),
            ("march", "mar", "مارس", "اذار"),
            ("april", "apr", "ابريل", "نيسان", "افريل"),
            ("may", "مايو", "ايار", "ماي"),
            ("june", "jun", "يونيو", "يونيه", "حزيران", "جوان"),
            ("july", "jul", "يوليو", "يوليه", "تموز", "جويليه"),
            ("august", "aug", "اغسطس", "اب", "اوت"),
            ("september", "sept", "sep", "سبتمبر", "ايلول"),
            ("october", "oct", "اكتوبر", "تشرين الاول"),
            ("november", "nov", "نوفمبر", "تشرين الثاني"),
            ("december", "dec", "ديسمبر", "كانون الاول"),
        ),
        1,
    )
    for name in names
}
WEEKDAYS: dict[str, int] = {
    fold(name): number
    for number, names in enumerate(
        (
            ("monday", "mon", "الاثنين", "الاتنين"),
            ("tuesday", "tue", "tues", "الثلاثاء", "التلات"),
            ("wednesday", "wed", "الاربعاء", "الاربع"),
            ("thursday", "thu", "thurs", "الخميس"),
            ("friday", "fri", "الجمعه"),
            ("saturday", "sat", "السبت"),
            ("sunday", "sun", "الاحد"),
        )
    )
    for name in names
}
NEAR: dict[str, int] = {
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "tomorrow": 1,
    "today": 0,
    "tonight": 0,
    "بعد غد": 2,
    "بعد بكره": 2,
    "غدا": 1,
    "غد": 1,
    "بكره": 1,
    "اليوم": 0,
    "الليله": 0,
}
NUMBERS: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "واحد": 1, "ثلاثه": 3, "ثلاث": 3, "اربعه": 4, "اربع": 4, "خمسه": 5, "خمس": 5, "سته": 6, "ست": 6, "سبعه": 7,
    "سبع": 7, "ثمانيه": 8, "ثماني": 8, "تسعه": 9, "تسع": 9, "عشره": 10, "عشر": 10,
}  # fmt: skip
UNITS: dict[str, int] = {
    "day": 1, "days": 1, "week": 7, "weeks": 7, "يوم": 1, "ايام": 1, "يوما": 1, "اسبوع": 7, "اسابيع": 7,
    "يومين": 2, "اسبوعين": 14,
}  # fmt: skip
DEADLINE = folded(
    "deadline", "due", "no later than", "not later than", "before", "by", "until", "till", "expires", "within",
    "قبل", "بحد اقصي", "موعد اقصاه", "في موعد اقصاه", "اخر موعد", "الموعد النهائي", "موعد نهائي", "خلال", "حتي",
    "ينتهي", "تنتهي", "مهله", "تاريخ الاستحقاق", "استحقاق", "التسليم",
)  # fmt: skip
MEETING = folded(
    "meet", "meeting", "call", "appointment", "zoom", "teams", "interview", "visit", "see you", "schedule", "lunch",
    "اجتماع", "الاجتماع", "اجتماعنا", "لقاء", "لقاؤنا", "نلتقي", "نجتمع", "مكالمه", "اتصال", "موعد", "موعدنا",
    "مقابله", "زياره", "حضور", "نتقابل",
)  # fmt: skip
# Behind these words numbers are no dates.
NUMBERED = folded(
    "phone", "tel", "mobile", "fax", "whatsapp", "iban", "account", "invoice", "order", "ref", "reference", "no", "po",
    "ticket", "هاتف", "جوال", "موبايل", "تلفون", "فاكس", "واتساب", "رقم", "ايبان", "حساب", "فاتوره", "طلب", "مرجع",
)  # fmt: skip
