"""What a word processor or a chat leaves in a text that was copied out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wakeel.language.source.finding import Finding
from wakeel.language.source.places import Span
from wakeel.language.source.text import Mend, Text

ODD_BLANK, FENCE_LINE, CHAT_LINE = "W1044", "W1045", "W1046"
ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # blanks that YAML does not take for spaces
INDENT = re.compile(rf"[ \t{ODD}]*[{ODD}][ \t{ODD}]*")
AFTER_COLON = re.compile(rf"[\w.\"'-]+:([{ODD}])")
FENCE = re.compile(r"(?:```|~~~)\w*\s*")
CHAT = re.compile(
    r"[\u200e\u200f]?\[?\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?[,،]? [^\]\n]{3,20}?(?:\]| -) [^:\n]{1,60}:(?: |$)"
)


def pasted(text: Text) -> Iterator[Finding]:
    """Yield the fences of a code block, and the dates and senders before lines of a chat, each kind once."""
    fences = [(n, len(line)) for n, line in enumerate(text.lines) if line[:1] in ("`", "~") and FENCE.fullmatch(line)]
    chats = [(n, found.end()) for n, line in enumerate(text.lines) if (found := CHAT.match(line))]
    for code, lines in ((FENCE_LINE, fences), (CHAT_LINE, chats)):
        mends = tuple(Mend(number, 0, end, " " * (end if code == FENCE_LINE else 0)) for number, end in lines)
        if lines:
            yield Finding(code, lines[0][0], 0, lines[0][1], {}, mends)


def odd_blank(text: Text, value: str, span: Span) -> Finding | None:
    """Refuse blanks that look like spaces and are none, where they indent a line or stand behind a colon."""
    number = span.line
    line = text.line(number)
    if found := INDENT.match(line):
        mends = tuple(
            Mend(n, 0, lead.end(), " " * lead.end()) for n, row in enumerate(text.lines) if (lead := INDENT.match(row))
        )
        return blank_at(text, number, found[0].index(found[0].strip(" \t")), mends)
    behind = AFTER_COLON.match(value)
    if behind is None:
        return None
    column = line.index(behind[0], span.column) + behind.start(1)
    return blank_at(text, number, column, (Mend(number, column, column + 1, " "),))


def blank_at(text: Text, number: int, column: int, mends: tuple[Mend, ...]) -> Finding:
    """Return the finding of one such blank."""
    char = f"U+{ord(text.line(number)[column]):04X}"
    return Finding(ODD_BLANK, number, column, column + 1, {"char": char}, mends, guess=True)
