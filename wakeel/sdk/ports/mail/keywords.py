"""The words by which rules judge a mail."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    "urgent": (
        "urgent", "asap", "as soon as possible", "immediately", "emergency", "critical", "right away", "right now",
        "time sensitive", "time-sensitive", "عاجل", "عاجله", "طارئ", "طارئه", "مستعجل", "مستعجله", "فورا", "فوري",
        "فوريه", "حالا", "علي وجه السرعه", "باسرع وقت", "في اسرع وقت", "ضروري جدا", "هام وعاجل",
    ),
    "important": (
        "important", "contract", "agreement", "legal", "invoice", "payment", "overdue", "deadline", "proposal",
        "quotation", "quote", "approval", "confirm", "confirmation", "meeting", "interview", "مهم", "مهمه", "هام",
        "هامه", "عقد", "اتفاقيه", "قانوني", "فاتوره", "دفعه", "سداد", "متاخره", "موعد نهائي", "عرض سعر", "اعتماد",
        "موافقه", "تاكيد", "اجتماع", "مقابله",
    ),
    "later": (
        "fyi", "for your information", "no rush", "when you have time", "whenever you", "no hurry", "next month",
        "minutes of", "للعلم", "للاطلاع", "للاحاطه", "لا داعي للعجله", "ليس عاجلا", "وقت فراغك", "عندما يتسني",
        "متي تيسر", "الشهر القادم", "محضر",
    ),
    "promo": (
        "unsubscribe", "newsletter", "% off", "discount", "sale", "special offer", "limited time", "free trial",
        "coupon", "deal", "deals", "webinar", "black friday", "shop now", "الغاء الاشتراك", "نشره", "خصم", "خصومات",
        "تخفيضات", "عرض خاص", "عروض", "لفتره محدوده", "كوبون", "تسوق الان", "مجانا", "الجمعه البيضاء",
    ),
    "support": (
        "support", "help", "problem", "issue", "error", "bug", "not working", "does not work", "doesn't work",
        "broken", "cannot log in", "can't log in", "password", "refund", "complaint", "ticket", "دعم", "مساعده",
        "مشكله", "خطا", "عطل", "معطل", "لا يعمل", "لا تعمل", "لا استطيع", "لم اتمكن", "كلمه المرور", "شكوي",
        "استرداد", "استرجاع", "تذكره",
    ),
}  # fmt: skip
NOT_URGENT = ("not urgent", "isn't urgent", "no rush", "ليس عاجلا", "غير عاجل", "ليست عاجله", "لا داعي للعجله")
ORDER = ("urgent", "support", "promo", "important", "later")  # which wins where scores are equal
PRESSING = 3.0  # a word of `urgent` outweighs what else the mail is about
BULK = 3.0  # what a list header adds to `promo`
GIVEN = 5.0  # what a word of the recipe's own adds to `urgent`
