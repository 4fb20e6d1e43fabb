"""The new part of a mail's text: without the mail it answers and without the signature, in English and Arabic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wakeel.sdk.ports.mail.folding import fold

MOST_LINES = 5_000
# All words below are folded: no vowel marks, ا for أ إ آ, ه for ة, ي for ى.
OPENING = re.compile(
    r"(on|le|am)\b.{4,200}\b(wrote|ecrit|schrieb)\s*:"  # On Mon, 2 Nov 2026, Mona wrote:
    r"|في .{4,200}(كتب|كتبت|كتب/ت)\b.{0,120}:"  # في الاثنين، ٢ نوفمبر ... كتب Mona:
    r"|(كتب|كتبت) .{2,200} في .{4,120}:"
    r"|.{4,250}تمت كتابه ما يلي بواسطه.{0,200}:?"  # Gmail
    r"|.{2,120}<[^<>]{3,120}@[^<>]{3,120}>\s*(wrote|كتب|كتبت)\s*:"
)
RULER = re.compile(r"[-_*\s]{3,}(.{0,40}?)[-_*\s]{3,}|_{10,}")
ORIGINAL = {"original message", "original appointment", "رساله اصليه", "الرساله الاصليه"}
LABELS = {
    "from", "sent", "date", "to", "cc", "subject", "reply-to",
    "من", "تم الارسال", "ارسلت", "مرسل", "التاريخ", "تاريخ", "الي", "نسخه", "نسخه الي", "الموضوع",
}  # fmt: skip
DEVICE = re.compile(
    r"(sent from (my|yahoo|outlook|mail)|get outlook for|sent with |تم الارسال من |ارسلت من |مرسل من |احصل علي outlook).{0,60}"
)
GOODBYE = {
    "best regards", "kind regards", "warm regards", "regards", "best", "many thanks", "thanks", "thank you",
    "thanks and regards", "yours sincerely", "sincerely", "yours faithfully", "cheers", "best wishes",
    "مع التحيه", "مع تحياتي", "تحياتي", "مع خالص التحيه", "مع اطيب التحيات", "اطيب التحيات", "خالص التحيه",
    "مع الشكر", "شكرا", "شكرا لكم", "مع الشكر والتقدير", "مع خالص الشكر والتقدير", "وتفضلوا بقبول فائق الاحترام",
    "وتفضلوا بقبول فائق الاحترام والتقدير", "والسلام عليكم", "مع تحيات", "دمتم بخير", "تقبلوا تحياتي",
}  # fmt: skip
FAREWELLS = frozenset(map(fold, GOODBYE))
SIGNATURE_LINES, SIGNATURE_WIDTH = 8, 70


def visible(text: str, *, forward: bool = False) -> str:
    """Return what the sender wrote; in a mail handed on the rest belongs to it. Never empty where the mail is not."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_LINES]
    folded = [fold(line).strip() for line in lines]
    end = len(lines) if forward else quote_start(folded)
    kept = [n for n in range(end) if forward or not folded[n].startswith(">")]
    kept = kept[: signature_start([folded[n] for n in kept])]
    shown = squeeze([lines[n].rstrip() for n in kept])
    return shown or squeeze([line.rstrip() for line in lines])


def quote_start(lines: Sequence[str]) -> int:
    """Return the line at which the answered mail begins, or the number of lines."""
    for here, line in enumerate(lines):
        if line and begins_quote(lines, here):
            return here
    return len(lines)


def begins_quote(lines: Sequence[str], here: int) -> bool:
    """Say whether the answered mail begins at this line."""
    if ruled(lines[here]) in ORIGINAL:
        return True
    if (lines[here].startswith("___") or label(lines[here])) and block(lines[here : here + 10]):
        return True
    return opens(lines, here)


def opens(lines: Sequence[str], here: int) -> bool:
    """Say whether "On … wrote:" stands here, perhaps over three lines, with a quote or the end behind it."""
    if lines[here].startswith(">"):
        return False
    for last in range(here + 1, min(here + 4, len(lines) + 1)):
        sentence = " ".join(lines[here:last])[:500]
        if OPENING.fullmatch(sentence.rstrip()) and sentence.rstrip().endswith((":", ">")):
            return True
        if not lines[last - 1]:
            return False
    return False


def ruled(line: str) -> str:
    """Return the words between two rulers: `-----Original Message-----`."""
    found = RULER.fullmatch(line[:120]) if line[:1] in "-_*" else None
    return (found[1] or "").strip() if found else ""


def label(line: str) -> str:
    """Return the label of a header line as Outlook writes it (`From:`, `*من:*`), else an empty text."""
    name = line.lstrip("* ").partition(":")[0].strip("* ")
    return name if ":" in line and name in LABELS else ""


def block(lines: Sequence[str]) -> bool:
    """Say whether a block of header lines stands at the top: three different labels close together."""
    return len({found for line in lines if (found := label(line))}) >= 3


def signature_start(lines: Sequence[str]) -> int:
    """Return the line at which the signature begins, or the number of lines."""
    for here, line in enumerate(lines):
        if line == "--" or (here and DEVICE.fullmatch(line)):
            return here
    last = max((n for n, line in enumerate(lines) if line), default=0)
    for here in range(max(1, last - SIGNATURE_LINES), last + 1):
        if lines[here].rstrip(" ,.،!؛") in FAREWELLS and all(len(x) <= SIGNATURE_WIDTH for x in lines[here:]):
            return here
    return len(lines)


def squeeze(lines: Sequence[str]) -> str:
    """Join lines, with at most one empty line between two."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
