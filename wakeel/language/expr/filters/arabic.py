"""Filters for Arabic: one spelling for comparing, digits of both scripts, forms of address."""

from __future__ import annotations

import unicodedata
from typing import Any

from wakeel.language.expr.filters.signature import Number, filter_
from wakeel.language.expr.state import State
from wakeel.language.values import ExpressionError, text_of

MARKS = [*range(0x064B, 0x0660), 0x0670, 0x0640, 0x200C, 0x200D, 0x200E, 0x200F, 0x061C, 0xFEFF]
MARKS += [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]  # tashkeel, tatweel, joiners, directions
ONE_SPELLING = dict.fromkeys(MARKS, "") | {
    ord(written): folded
    for folded, forms in {"ا": "أإآٱ", "ي": "ىئی", "ه": "ة", "و": "ؤ", "ك": "ک"}.items()
    for written in forms
}
ARABIC, PERSIAN = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"
TO_LATIN = str.maketrans(ARABIC + PERSIAN, "0123456789" * 2)
TO_ARABIC = str.maketrans("0123456789" + PERSIAN, ARABIC * 2)
LONG_LIGATURES = "\ufdfa\ufdfb"  # one character that NFKC writes out as up to eighteen
MASCULINE, FEMININE = ("male", "masculine", "m", "ذكر"), ("female", "feminine", "f", "أنثى")


def folded(text: str) -> str:
    """Return the one spelling under which texts are compared and found; what is shown keeps its own."""
    digits = unicodedata.normalize("NFKC", text).translate(ONE_SPELLING)
    if not digits.isascii():
        digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in digits)
    return digits.casefold()


@filter_(('"مُحَمَّد" | fold', "محمد"), ('"فاتـــورة" | fold == "فاتوره" | fold', True))
def fold(state: State, text: str) -> str:
    """Write a text for comparing: no marks, one form of each letter, Latin digits, small letters."""
    state.grow(4 * len(text) + 18 * sum(map(text.count, LONG_LIGATURES)))
    return folded(text)


@filter_(('"١٢٣" | digits', "123"), ('2026 | digits("arab")', "٢٠٢٦"))
def digits(state: State, text: str | Number, script: str = "latn") -> str:
    """Write the digits of a text or number in Latin (`latn`, 123) or Arabic form (`arab`, ١٢٣)."""
    if script not in ("latn", "arab"):
        raise ExpressionError("W3114", script=script[:40])
    written = text_of(text)
    state.grow(len(written))
    return written.translate(TO_LATIN if script == "latn" else TO_ARABIC)


@filter_(
    ('{"gender": "female"} | gender("أستاذ", "أستاذة")', "أستاذة"),
    ('{"name": "نور"} | gender("عزيزي", "عزيزتي")', "عزيزي/عزيزتي"),
    tolerant=True,
)
def gender(state: State, person: Any, masculine: str, feminine: str) -> str:
    """Choose the form of address by `gender` of a person; both forms where it is not known."""
    known = person.get("gender") if isinstance(person, dict) else person
    if known in MASCULINE or known in FEMININE:
        return masculine if known in MASCULINE else feminine
    state.grow(len(masculine) + len(feminine) + 1)
    return f"{masculine}/{feminine}"
