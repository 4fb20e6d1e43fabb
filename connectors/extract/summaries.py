"""A summary by choice: the first sentences that say something, as they were written."""

from __future__ import annotations

import re

from wakeel.sdk.ports.mail import fold

LONGEST = 400
SENTENCE = re.compile(r"(?<=[.!?؟])\s+|\n+")
GREETING = re.compile(
    r"(dear|hi|hello|hey|good (morning|afternoon|evening)|greetings|السلام عليكم.{0,30}|وعليكم السلام.{0,30}|"
    r"تحيه طيبه.{0,20}|مرحبا|اهلا|صباح الخير|مساء الخير|عزيزي|عزيزتي|السيد|السيده|الاستاذ|الاستاذه|حضره)\b[^.?!؟]{0,40}"
)
SMALL_TALK = re.compile(r"(i )?hope (this|you|all).{0,60}|(ا|ن)تمني ان تكون.{0,60}|(ا|ن)رجو ان تكون.{0,60}|طاب يومكم")


def summary(text: str) -> str:
    """Return the first sentences without greetings, at most 400 characters."""
    said = [" ".join(s.split()) for s in SENTENCE.split(text[: 4 * 1024]) if any(c.isalnum() for c in s)]
    kept = [s for s in said if not is_greeting(s)] or said
    return cut(" ".join(kept))


def is_greeting(sentence: str) -> bool:
    """Say whether a sentence only greets."""
    folded = fold(sentence).strip(" ,.،!:")
    return bool(GREETING.fullmatch(folded) or SMALL_TALK.fullmatch(folded))


def cut(text: str) -> str:
    """Cut between words."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
