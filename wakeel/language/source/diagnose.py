"""What a break of YAML's syntax means in words of ours, and the mend that lets the reading go on."""

from __future__ import annotations

from collections.abc import Callable

from wakeel.language.source.brackets import (
    COLON,
    arabic_comma,
    bracket,
    expression,
    flow_comment,
    stray_bracket,
    text_in_brackets,
)
from wakeel.language.source.finding import Finding, rewriting
from wakeel.language.source.keys import CONDITIONS
from wakeel.language.source.lines import apart, item_end, item_start
from wakeel.language.source.places import Span
from wakeel.language.source.properties import unquoted_sign
from wakeel.language.source.scalars import inner_quote, tab, unclosed_quote
from wakeel.language.source.text import Mend
from wakeel.language.source.trouble import Trouble
from wakeel.language.source.writing import BRACES, CURLY, quoted, turned, unquoted, with_dollar

SECOND_DOCUMENT, INDENTATION, NO_COLON, UNREADABLE = "W1007", "W1011", "W1012", "W1013"
ANCHOR, TAG, FIRST_CHARACTER, BRACED = "W1020", "W1022", "W1023", "W1030"
CURLY_QUOTES, CONDITION, ESCAPE = "W1038", "W1040", "W1041"


def tabs(at: Trouble) -> Finding | None:
    """A tab before the first character of the line."""
    return tab(at.text, at.line) if "\t" in at.row.text[: at.row.indent] else None


def endless_quote(at: Trouble) -> Finding | None:
    """A quote that is open at the end of the file, or closed by the quote of another text."""
    if at.context == "while scanning a quoted scalar" and "escape" not in at.problem:
        line, column = at.opened
        return unclosed_quote(at.text, at.text.line(line)[column : column + 1], Span(line, column, at.line, at.column))
    span = at.before
    if span and at.last.style in ("'", '"') and span.line < span.end_line == at.line:
        return unclosed_quote(at.text, at.last.style, span)
    return None


def braces(at: Trouble) -> Finding | None:
    """`{{ x }}` with more text around it."""
    if at.row.value.startswith(('"', "'")) or not BRACES.search(at.row.value):
        return None
    if at.in_flow and (found := BRACES.search(at.row.text)):
        start, end = item_start(at.row.text, found.start()), item_end(at.row.text, found.end())
        return rewriting(BRACED, at.text, Mend(at.line, start, end, quoted(with_dollar(at.row.text[start:end]))))
    return rewriting(BRACED, at.text, Mend(at.line, at.row.start, at.row.end, with_dollar(at.row.value)))


def curly(at: Trouble) -> Finding | None:
    """Curly quotes around a text that needs real ones."""
    value = at.row.value
    if len(value) < 2 or value[0] not in CURLY or value[-1] not in CURLY:
        return None
    return rewriting(CURLY_QUOTES, at.text, Mend(at.line, at.row.start, at.row.end, quoted(unquoted(value))))


def condition(at: Trouble) -> Finding | None:
    """A condition that begins with a quote, a bracket or `!`."""
    if at.row.key not in CONDITIONS or not at.row.value.startswith(("'", '"', "[", "{", "!")):
        return None
    return rewriting(CONDITION, at.text, Mend(at.line, at.row.start, at.row.end, turned(at.row.value)))


def first_character(at: Trouble) -> Finding | None:
    """A value that begins with a sign of YAML's own."""
    line, column = at.opened if at.char not in "@`%" or not at.char else (at.line, at.column)
    sign = at.text.line(line)[column : column + 1]
    if sign and sign in "&*!" and ("alias" in at.context or "anchor" in at.context or "tag" in at.context + at.problem):
        return unquoted_sign(TAG if sign == "!" else ANCHOR, at.text, line, column, at.inside)
    listed = "entries are not allowed" in at.problem or "keys are not allowed" in at.problem
    if not sign or "directive" in at.context or not (sign in "@`%|>" or (listed and column == at.row.start)):
        return None
    start, end = at.item if at.in_flow else (column, max(at.row.end, column + 1))
    written = at.text.line(line)[start:end]
    return rewriting(FIRST_CHARACTER, at.text, Mend(line, start, end, quoted(written)), char=sign)


def escape(at: Trouble) -> Finding | None:
    r"""A `\` inside `"…"` that begins nothing that YAML knows."""
    if at.context not in ("while parsing a quoted scalar", "while scanning a double-quoted scalar"):
        return None
    column = at.row.text.rfind("\\", 0, at.column + 1)
    line, start = at.opened
    if column < 0 or line != at.line:
        return Finding(ESCAPE, at.line, at.column, at.column + 1, {"mended": "\\\\"})
    close = at.row.text.find('"', column)
    end = close + 1 if close >= 0 else at.row.end
    return rewriting(ESCAPE, at.text, Mend(line, start, end, quoted(unquoted(at.row.text[start:end]))))


def quote_in_quotes(at: Trouble) -> Finding | None:
    """A text that goes on behind its closing quote."""
    span = at.before
    if not span or at.last.style not in ("'", '"') or span.end_line != at.line or span.line != span.end_line:
        return None
    return inner_quote(at.text, at.last.style, span, at.inside) if at.row.text[at.column :].strip() else None


def colon(at: Trouble) -> Finding | None:
    """A `: ` inside of a value."""
    value = at.row.value
    if not at.problem.startswith("mapping values") or not (": " in value or value.endswith(":")):
        return None
    if not at.row.key or at.column < at.row.start:
        return None
    return rewriting(COLON, at.text, Mend(at.line, at.row.start, at.row.end, quoted(value)))


def no_colon(at: Trouble) -> Finding | None:
    """A key without its colon, or without the space behind it."""
    span = at.before
    if at.problem.startswith("could not find expected ':'"):
        number = at.opened[0]
    elif span and not at.last.style and at.problem.startswith("mapping values") and span.line < at.line:
        number = span.line
    else:
        return None
    row = apart(at.text.line(number))
    if row.key:
        return None
    glued = row.value.find(":")
    end = glued + row.start + 1 if glued > 0 else row.end
    new = row.text[row.start : end] + " " if glued > 0 else row.value + ":"
    whole = new + row.text[end : row.end] if glued > 0 else new
    mended = row.shown(row.start, whole)
    mend = (Mend(number, row.start, end, new),)
    return Finding(NO_COLON, number, row.start, row.end, {"mended": mended}, mend, guess=True)


def document(at: Trouble) -> Finding | None:
    """More text behind the end of the document."""
    ended = any(line.startswith("...") for line in at.text.lines[: at.line])
    return Finding(SECOND_DOCUMENT, at.line, at.column) if ended and "document start" in at.problem else None


def indentation(at: Trouble) -> Finding | None:
    """A line that belongs to none of those above it."""
    fits = ("mapping values", "did not find expected key", "did not find expected '-'", "expected <block end>")
    if not at.problem.startswith((*fits, "block sequence entries", "sequence entries", "could not find")):
        return None
    return Finding(INDENTATION, at.line, at.row.indent) if at.row.text.strip() else None


RULES: tuple[Callable[[Trouble], Finding | None], ...] = (
    tabs, endless_quote, braces, curly, condition, expression, arabic_comma, flow_comment, first_character,
    escape, quote_in_quotes, text_in_brackets, bracket, stray_bracket, colon, no_colon, document, indentation,
)  # fmt: skip


def diagnose(at: Trouble) -> Finding:
    """Return what a break means; the first rule that knows it counts."""
    found = next((finding for rule in RULES if (finding := rule(at))), None)
    return found or Finding(UNREADABLE, at.line, at.column)
