"""`mail.classify`: labels by rules that a person can read; the same mail always gets the same label."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, Field

from wakeel.sdk.action import Call, Effect
from wakeel.sdk.connector import Connector
from wakeel.sdk.ports.mail import keywords
from wakeel.sdk.ports.mail.folding import fold
from wakeel.sdk.ports.mail.models import MailText
from wakeel.sdk.ports.mail.subjects import clean_subject

# Letters that Arabic writes onto the next word: and, so, with, to, as, the.
ONTO = ("ال", "و", "وال", "ف", "ب", "بال", "ل", "لل", "ك", "كال")
MOST_REASONS = 8

mail: Connector[None] = Connector("mail", port="mail", title="Mail")


class Classify(BaseModel):
    """A mail, and the labels to choose from."""

    mail: MailText = Field(description="The mail to judge.")
    into: list[str] = Field(
        min_length=1, description="Labels to choose from; the last one, or `other`, is for what fits nowhere."
    )
    urgent_if_contains: list[str] = Field(default=[], description="Further words that make a mail urgent.")


class Classified(BaseModel):
    """The label of a mail, and why."""

    label: str = Field(description="One of the labels in `into`.")
    score: float = Field(description="How sure the rules are, from 0 to 1.")
    reasons: list[str] = Field(description="The words and headers that decided.")


@mail.action(Effect.READ, why="it only looks at the mail's text: asking again gives the same label")
async def classify(args: Classify, call: Call[None]) -> Classified:  # noqa: ARG001 - rules need no account
    """Choose a label for a mail by rules.

    Example:
        - mail.classify:
            mail: ${event}
            into: [urgent, important, later, promo, support, other]
            urgent_if_contains: [contract, عقد]
    """
    texts = (plain(clean_subject(args.mail.subject)), plain(args.mail.text))
    found = {label: reasons(label, args, texts) for label in dict.fromkeys(args.into)}
    totals = {label: sum(points for _, points in why) for label, why in found.items()}
    best = max(totals, key=lambda label: (totals[label], -rank(label)))
    if not totals[best]:
        return Classified(label=fallback(args.into), score=0.0, reasons=[])
    why = [reason for reason, _ in sorted(found[best], key=lambda r: -r[1])][:MOST_REASONS]
    return Classified(label=best, score=round(totals[best] / (sum(totals.values()) + 1), 3), reasons=why)


def reasons(label: str, args: Classify, texts: tuple[str, str]) -> list[tuple[str, float]]:
    """Return what speaks for a label, with points: what stands in the subject counts double."""
    name = plain(label).strip()
    words = dict.fromkeys(keywords.WORDS.get(name, (name,) if name not in ("", "other") else ()), 1.0)
    if name == "urgent":
        words = urgent_words(args)
        texts = (undenied(texts[0]), undenied(texts[1]))
    subject, text = texts
    found = {w: p * (2 if stands(spelled(w), subject) else stands(spelled(w), text)) for w, p in words.items()}
    if name == "promo" and args.mail.list_id is not None:
        found["List-Id"] = keywords.BULK
    return [(word, points) for word, points in found.items() if points]


def urgent_words(args: Classify) -> dict[str, float]:
    """Return the words of urgency: weaker in bulk mail, which always is in a hurry; the recipe's own are strongest."""
    base = 1.0 if args.mail.list_id is not None or args.mail.automatic else keywords.PRESSING
    given = {word.strip(): keywords.GIVEN for word in args.urgent_if_contains if spelled(word).strip()}
    return dict.fromkeys(keywords.WORDS["urgent"], base) | given


def undenied(text: str) -> str:
    """Take out of a text where it says that it can wait: “not urgent” holds the word “urgent”."""
    for words in keywords.NOT_URGENT:
        text = text.replace(spelled(words), " ")
    return text


def plain(text: str) -> str:
    """Fold a text to words with single spaces, one before and one behind."""
    spaced = "".join(c if c.isalnum() or c in "%'" else " " for c in fold(text))
    return f" {' '.join(spaced.split())} "


@lru_cache(maxsize=1024)
def spelled(word: str) -> str:
    """Return a word of the tables, or of a recipe, as it is looked for."""
    return plain(word)


def stands(word: str, text: str) -> bool:
    """Say whether a word stands in a text by itself, or with an Arabic prefix."""
    if word.startswith(" %"):
        return word[1:] in text
    return word in text or (not word.isascii() and any(f" {onto}{word[1:]}" in text for onto in ONTO))


def rank(label: str) -> int:
    """Return which label wins where two have the same points: lower is stronger."""
    name = plain(label).strip()
    return keywords.ORDER.index(name) if name in keywords.ORDER else len(keywords.ORDER)


def fallback(into: list[str]) -> str:
    """Return the label for what fits nowhere."""
    return next((label for label in into if plain(label).strip() == "other"), into[-1])
