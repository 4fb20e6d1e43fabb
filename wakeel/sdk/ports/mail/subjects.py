"""Subjects without what mail programs put in front of them."""

from __future__ import annotations

import re

from wakeel.sdk.ports.mail.folding import fold

REPLY = ("re", "aw", "sv", "antw", "رد", "الرد")
FORWARD = ("fw", "fwd", "wg", "tr", "اعاده توجيه", "تحويل", "محول", "محوله")
OUTSIDE = ("ext", "external", "extern", "خارجي", "خارجيه")
LONGEST = 24  # characters of a prefix with its number
BRACKET = re.compile(r"\s*\[([^\[\]]{1,40})\]")
COUNT = re.compile(r"(\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3})?\s*$")


def clean_subject(subject: str) -> str:
    """Take away Re, Fw, رد, إعادة توجيه, `[ext]` and their like, in any mix and number."""
    rest = subject.strip()
    while (shorter := without_prefix(rest)) != rest:
        rest = shorter
    return rest


def without_prefix(subject: str) -> str:
    """Take away one prefix or tag of outside mail."""
    if (tag := BRACKET.match(subject)) and fold(tag[1]).strip() in OUTSIDE:
        return subject[tag.end() :].lstrip(" \t:")
    return subject[split:].strip() if prefix(subject) and (split := colon(subject)) else subject


def prefix(subject: str) -> str:
    """Return the folded word in front of the first colon where it is a known prefix, else an empty text."""
    word = fold(COUNT.sub("", subject[: max(colon(subject) - 1, 0)].strip())).strip()
    return word if word in REPLY + FORWARD else ""


def colon(subject: str) -> int:
    """Return the place behind the first colon, 0 where there is none early enough for a prefix."""
    found = [n for n, c in enumerate(subject[:LONGEST]) if c in ":："]
    return found[0] + 1 if found else 0


def is_reply(subject: str) -> bool:
    """Say whether the subject calls itself an answer."""
    return prefix(subject.strip()) in REPLY


def is_forward(subject: str) -> bool:
    """Say whether the subject calls itself handed on."""
    return prefix(subject.strip()) in FORWARD


def thread_subject(subject: str) -> str:
    """Fold a subject for comparing conversations: no prefixes, no tags of lists, single spaces."""
    rest = subject
    while (shorter := BRACKET.sub("", clean_subject(rest), count=1)) != rest:
        rest = shorter
    return " ".join(fold(rest).split())
