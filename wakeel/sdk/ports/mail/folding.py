"""Text folded for comparison: spellings that people take for equal become equal. What is shown keeps the original."""

from __future__ import annotations

import unicodedata

from wakeel.sdk.ports.mail.models import Language

MARKS = (*range(0x064B, 0x0660), 0x0670, 0x0640)  # tashkeel and tatweel
UNSEEN = (0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0xFEFF)
LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ی": "ي", "ک": "ك"}
DIGITS = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
FOLDS: dict[int, str | None] = dict.fromkeys((*MARKS, *UNSEEN)) | str.maketrans(LETTERS | DIGITS)
ASCII_DIGITS = str.maketrans(DIGITS)
ARABIC_FROM = 0.3  # of all letters: Arabic business mail is full of Latin names and links


def fold(text: str) -> str:
    """Fold spellings: NFKC, no vowel marks or joiners, one form for each letter, ASCII digits, small letters."""
    return unicodedata.normalize("NFKC", text).translate(FOLDS).casefold()


def ascii_digits(text: str) -> str:
    """Write Arabic and Persian digits as ASCII; the length stays the same."""
    return text.translate(ASCII_DIGITS)


def language_of(text: str) -> Language:
    """Tell Arabic from English by the share of Arabic letters."""
    letters = [c for c in text[:8192] if c.isalpha()]
    arabic = sum("\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufefc" for c in letters)
    return "ar" if arabic and arabic >= ARABIC_FROM * len(letters) else "en"
