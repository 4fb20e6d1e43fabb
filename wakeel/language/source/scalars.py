"""Texts that YAML accepts, but reads as something else than was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wakeel.language.source.finding import Finding, rewriting
from wakeel.language.source.lines import Inside, apart, indent, value_end
from wakeel.language.source.pasted import odd_blank
from wakeel.language.source.places import Span
from wakeel.language.source.text import Mend, Text
from wakeel.language.source.writing import BRACES, CURLY, quoted, unquoted, with_dollar

TAB, BRACED, EMPTY_BY_COMMENT, CUT_BY_COMMENT = "W1010", "W1030", "W1033", "W1034"
UNCLOSED_QUOTE, INNER_QUOTE, CURLY_QUOTES, ARABIC_COMMA = "W1036", "W1037", "W1038", "W1039"

COMMENT = re.compile(r"[ \t]*#(.?)")


def misread(text: Text, value: str, style: str, span: Span, inside: Inside) -> Finding | None:
    """Return what YAML made of a text that nobody meant."""
    if style in ("|", ">"):
        return None
    if style:
        return behind_quote(text, style, span, inside)
    return next(plain_faults(text, value, span, inside), None)


def plain_faults(text: Text, value: str, span: Span, inside: Inside) -> Iterator[Finding]:
    """Yield what is wrong with a text without quotes."""
    if found := odd_blank(text, value, span):
        yield found
    if inside == "[" and "،" in value:
        yield arabic_comma(text, span)
    if len(value) > 1 and value[0] in CURLY and value[-1] in CURLY:
        yield curly_quotes(text, value, span)
    if "{{" in value:
        yield from braced(text, value, span)
    for number in range(span.line + 1, span.end_line + 1):
        if "\t" in text.line(number)[: indent(text.line(number))]:
            yield tab(text, number)
    yield from comment(text, value, span, inside)


def arabic_comma(text: Text, span: Span) -> Finding:
    """Refuse the comma that YAML does not know."""
    mends: list[Mend] = []
    for line in range(span.line, span.end_line + 1):
        start, end = span.column if line == span.line else 0, span.end_column if line == span.end_line else None
        row = text.line(line)[start:end]
        if "،" in row:
            mends.append(Mend(line, start, start + len(row), row.replace("،", ",")))
    first = mends[0]
    column = text.line(first.line).index("،", first.start)
    return Finding(ARABIC_COMMA, first.line, column, column + 1, {}, tuple(mends))


def curly_quotes(text: Text, value: str, span: Span) -> Finding:
    """Refuse quotes that a word processor made."""
    if span.line == span.end_line:
        return rewriting(CURLY_QUOTES, text, Mend(span.line, span.column, span.end_column, quoted(unquoted(value))))
    first = Mend(span.line, span.column, span.column + 1, '"')
    last = Mend(span.end_line, span.end_column - 1, span.end_column, '"')
    return Finding(CURLY_QUOTES, span.line, span.column, None, {"mended": '"…"'}, (first, last))


def braced(text: Text, value: str, span: Span) -> Iterator[Finding]:
    """Refuse `{{ x }}`, which is another tool's way to write a value."""
    if span.line == span.end_line and BRACES.search(value):
        yield rewriting(BRACED, text, Mend(span.line, span.column, span.end_column, with_dollar(value)))
    for number in range(span.line, span.end_line + 1):
        if found := BRACES.search(text.line(number)):
            yield rewriting(BRACED, text, Mend(number, found.start(), found.end(), with_dollar(found[0])))


def comment(text: Text, value: str, span: Span, inside: Inside) -> Iterator[Finding]:
    """Refuse a `#` that stands right before a character, and one that cuts a `${…}` in two."""
    line = text.line(span.end_line)
    found = COMMENT.match(line, span.end_column)
    cut = value.count("${") > value.count("}")
    if not found or not (cut or found[1].strip()):
        return
    begin = span.column if span.line == span.end_line else indent(line)
    start, code = (begin, CUT_BY_COMMENT) if value else (found.start(1) - 1, EMPTY_BY_COMMENT)
    end = len(line.rstrip()) if cut else max(value_end(line, found.start(1), inside), found.start(1))
    yield rewriting(code, text, Mend(span.end_line, start, end, quoted(line[start:end])), key=apart(line).key or "-")


def behind_quote(text: Text, quote: str, span: Span, inside: Inside) -> Finding | None:
    """Refuse a character right behind a closing quote: that quote opened, or closed too early."""
    behind = text.line(span.end_line)[span.end_column : span.end_column + 1]
    if not behind or behind in " \t,]}:":
        return None
    return unclosed_quote(text, quote, span) if span.line < span.end_line else inner_quote(text, quote, span, inside)


def unclosed_quote(text: Text, quote: str, span: Span) -> Finding:
    """Refuse a quote without an end; the end of its line is a likely one."""
    line = text.line(span.line)
    brackets = " \t]}" if apart(line).value.startswith(("[", "{")) else " \t"
    end = max(len(line.rstrip(brackets)), span.column + 1)
    mend = Mend(span.line, end, end, quote)
    params = {"line": span.line + 1, "quote": quote}
    return Finding(UNCLOSED_QUOTE, span.line, span.column, end, params, (mend,), guess=True)


def inner_quote(text: Text, quote: str, span: Span, inside: Inside) -> Finding:
    """Refuse a quote inside of the text that it ends."""
    end = max(value_end(text.line(span.line), span.column, inside), span.end_column)
    inner = text.line(span.line)[span.column : end]
    new = quoted(unquoted(inner) if inner[-1] == quote else inner)
    return rewriting(INNER_QUOTE, text, Mend(span.line, span.column, end, new), quote=quote)


def tab(text: Text, number: int) -> Finding:
    """Refuse tabs as indentation, once for all lines."""
    lines = [(n, line[: indent(line)]) for n, line in enumerate(text.lines)]
    mends = [Mend(n, 0, len(blanks), blanks.replace("\t", "  ")) for n, blanks in lines if "\t" in blanks]
    return Finding(TAB, number, 0, indent(text.line(number)), {}, tuple(mends), guess=True)
