"""What a break of YAML's syntax inside of `[ ]` or `{ }` means."""

from __future__ import annotations

from wakeel.language.source.finding import Finding, rewriting
from wakeel.language.source.lines import apart, item_end
from wakeel.language.source.text import Mend
from wakeel.language.source.trouble import Trouble
from wakeel.language.source.writing import quoted

COLON, EXPRESSION, CUT_BY_COMMENT, UNCLOSED = "W1031", "W1032", "W1034", "W1035"
ARABIC_COMMA, NO_COMMA, STRAY, OPENS_TEXT = "W1039", "W1042", "W1043", "W1047"
CLOSING = {"[": "]", "{": "}"}


def expression(at: Trouble) -> Finding | None:
    """A `${…}` without quotes inside of `[ ]` or `{ }`."""
    if not at.in_flow or at.row.text[at.column - 1 : at.column + 1] != "${":
        return None
    opening = at.text.line(at.opened[0])[at.opened[1] : at.opened[1] + 1]
    opening = opening if opening in CLOSING else at.inside or "["
    marks = {"open": opening, "close": CLOSING[opening]}
    return rewriting(EXPRESSION, at.text, Mend(at.line, *at.item, quoted(at.row.text[slice(*at.item)])), **marks)


def arabic_comma(at: Trouble) -> Finding | None:
    """An Arabic comma between the parts of a `{ }` map."""
    column = at.row.text.rfind("،", 0, at.column) if at.in_flow else -1
    if column < 0:
        return None
    return Finding(ARABIC_COMMA, at.line, column, column + 1, {}, (Mend(at.line, column, column + 1, ","),))


def flow_comment(at: Trouble) -> Finding | None:
    """A `#` inside of `[ ]` or `{ }`, which makes a comment of the closing bracket."""
    line, column = at.opened
    text = at.text.line(line)
    start = max(text.find(mark, column) for mark in ("[#", "{#", " #"))
    if not at.context.startswith("while parsing a flow") or start < 0:
        return None
    end = item_end(text, start + 1)
    return rewriting(CUT_BY_COMMENT, at.text, Mend(line, start + 1, end, quoted(text[start + 1 : end])))


def text_in_brackets(at: Trouble) -> Finding | None:
    """A text that begins with `[` or `{`, such as `[urgent] Offer`."""
    value = at.row.value
    close = value.find(CLOSING[value[0]]) if value[:1] in CLOSING else -1
    behind = value[close + 1 :].strip()
    if close < 0 or not behind or behind.startswith(",") or behind.endswith(("]", "}")) or "mapping" in at.problem:
        return None
    return rewriting(OPENS_TEXT, at.text, Mend(at.line, at.row.start, at.row.end, quoted(value)), open=value[0])


def bracket(at: Trouble) -> Finding | None:
    """A `[` or `{` without an end, or two items without a comma."""
    line, column = at.opened
    opening = at.text.line(line)[column : column + 1]
    if not at.context.startswith("while parsing a flow") or opening not in CLOSING:
        return None
    close, row = CLOSING[opening], apart(at.text.line(line))
    outside = at.line >= len(at.text.lines) or (at.line > line and (at.row.indent <= row.indent or at.char == ":"))
    if not outside and at.char not in "]}":
        return without_comma(at, close)
    stop = at.column if at.line == line else max(row.end, column + 1)
    params = {"open": opening, "close": close, "line": line + 1}
    return Finding(UNCLOSED, line, column, column + 1, params, (Mend(line, stop, stop, close),), guess=at.line != line)


def without_comma(at: Trouble, close: str) -> Finding:
    """Two items of a list side by side, or a `: ` inside of one."""
    if at.char == ":":
        start, end = at.item
        return rewriting(COLON, at.text, Mend(at.line, start, end, quoted(at.row.text[start:end])))
    comma = Mend(at.line, at.column, at.column, ", ")
    return Finding(NO_COMMA, at.line, at.column, at.column + 1, {"close": close}, (comma,), guess=True)


def stray_bracket(at: Trouble) -> Finding | None:
    """A closing bracket that nothing opened."""
    if not at.char or at.char not in "]}":
        return None
    blank = Mend(at.line, at.column, at.column + 1, " ")
    return Finding(STRAY, at.line, at.column, at.column + 1, {"char": at.char}, (blank,))
