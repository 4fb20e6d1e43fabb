"""Cuts an expression into tokens and refuses, before the parser runs, what would mislead or exhaust it."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from jinja2 import Environment, TemplateSyntaxError

from wakeel.language.expr.problem import ExpressionProblem

codecs.lookup("unicode_escape")  # Jinja2's lexer would import it later, inside a workflow
GRAMMAR = Environment(autoescape=True)
BEFORE, AFTER = "{{ ", " }}"
LONGEST = 4000  # characters
DEEPEST = 25  # levels of brackets, prefixes and `else`
DIGITS = 18  # of a number
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
ESCAPES = "\\'\"nt"
INSTEAD = {"&": "and", "!": "not", "?": "… if … else …", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "،": ","}
INSTEAD_OF_WORDS = dict.fromkeys(("contains", "includes", "like", "matches", "has", "يحتوي"), '"…" in …')
INSTEAD_OF_WORDS |= {"و": "and", "أو": "or", "او": "or", "ليس": "not", "في": "in", "وإلا": "else", "إذا": "if"}
INSTEAD |= {"‘": "'", "’": "'", "٪": "/", "×": "*", "÷": "/", "−": "-", "≥": ">=", "≤": "<=", "≠": "!="}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression and where it stands."""

    kind: str
    text: str
    offset: int

    @property
    def opens(self) -> int:
        """Return 1 for an opening bracket, -1 for a closing one."""
        return (self.text in OPENING) - (self.text in CLOSING)

    def problem(self, code: str, near: tuple[str, ...] = (), **params: object) -> ExpressionProblem:
        """Make a problem that points here."""
        return ExpressionProblem(code, self.offset, len(self.text), near, **params)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of an expression, white space left out; raise ExpressionProblem."""
    if len(text) > LONGEST:
        raise ExpressionProblem("W3003", 0, len(text), found=len(text), most=LONGEST)
    if not text.strip():
        raise ExpressionProblem("W3002", 0, len(text))
    found = tuple(lexed(text))
    refuse_deep(found)
    for before, token in zip((found[0], *found), found, strict=False):
        CHECKS.get(token.kind, refuse_strange)(before, token)
    return found


def lexed(text: str) -> Iterator[Token]:
    """Yield what Jinja2's lexer finds between our own delimiters."""
    at = -len(BEFORE)
    source = BEFORE + text.replace("\r", " ") + AFTER
    try:
        for _line, kind, word in GRAMMAR.lexer.tokeniter(source, None):
            if kind != "whitespace" and 0 <= at < len(text):
                yield Token(kind, word, at)
            at += len(word)
    except TemplateSyntaxError:
        raise unreadable(text, at) from None


def unreadable(text: str, at: int) -> ExpressionProblem:
    """Say what to write instead of a character that the grammar does not know."""
    wrong = text[at : at + 1]
    if wrong == "$":
        return ExpressionProblem("W3026", at, 2)
    if wrong and unicodedata.category(wrong) == "Cf":
        return ExpressionProblem("W3058", at, 1, char=f"U+{ord(wrong):04X}")
    if wrong in INSTEAD:
        return ExpressionProblem("W3020", at, 1, wrong=wrong, write=INSTEAD[wrong])
    return ExpressionProblem("W3005", min(at, len(text) - 1), 1, found=wrong or text[-1:])


def unexpected(token: Token, before: tuple[Token, ...]) -> ExpressionProblem:
    """Say what to write instead of a word that the grammar does not expect here."""
    word = token.text.casefold()
    if word in INSTEAD_OF_WORDS or (word in ("and", "or", "not", "in", "is") and word != token.text):
        return token.problem("W3020", wrong=token.text, write=INSTEAD_OF_WORDS.get(word, word))
    if token.kind in ("integer", "float", "string") and len(before) > 1 and before[-2].text == "|":
        return token.problem("W3028", filter=before[-1].text, value=token.text[:40])
    if before and before[-1].text == "is":
        return before[-1].problem("W3020", wrong="is", write="==")
    if token.kind == "name" and before and before[-1].kind == "integer":
        return before[-1].problem("W3029", amount=before[-1].text, unit=token.text[:40])
    return token.problem("W3005", found=token.text[:40])


def refuse_deep(tokens: tuple[Token, ...]) -> None:
    """Refuse what would make the parser call itself too often."""
    brackets = prefixes = branches = 0
    for token in tokens:
        brackets += token.opens
        prefixes = prefixes + 1 if token.text in ("not", "-", "+") else 0
        branches += token.text == "else"
        if brackets + prefixes + branches > DEEPEST:
            raise token.problem("W3004", most=DEEPEST)


def check_operator(before: Token, token: Token) -> None:
    """Refuse operators that are not part of the language."""
    if token.text == "=":
        raise token.problem("W3006")
    if token.text in ("**", "%"):
        raise token.problem("W3008", operator=token.text)
    if token.text == "|" and before.text == "|" and before.offset == token.offset - 1:
        raise before.problem("W3020", wrong="||", write="or")


def check_number(before: Token, token: Token) -> None:
    """Refuse numbers in forms that two people read in two ways."""
    if before.text == ".":
        raise token.problem("W3010", index=token.text)
    digits = token.text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= DIGITS):
        raise token.problem("W3013", found=token.text[:40])


def check_string(before: Token, token: Token) -> None:
    """Refuse texts side by side, and escapes that mean nothing."""
    if before.kind == "string" and before.offset != token.offset:
        raise token.problem("W3021")
    escape = token.text.find("\\")
    while escape >= 0:
        if token.text[escape + 1] not in ESCAPES:
            raise token.problem("W3022", escape=token.text[escape : escape + 2])
        escape = token.text.find("\\", escape + 2)


def check_name(_before: Token, token: Token) -> None:
    """Refuse hidden names, and digits that the grammar takes for a name."""
    if token.text.startswith("_"):
        raise token.problem("W3012", name=token.text[:40])
    if token.text[0].isdecimal():
        raise token.problem("W3013", found=token.text[:40])
    if not token.text.isidentifier():
        raise token.problem("W3005", found=token.text[:40])


def refuse_strange(_before: Token, token: Token) -> None:
    """Refuse whatever else Jinja2's templates know."""
    raise token.problem("W3005", found=token.text[:40])


CHECKS: dict[str, Callable[[Token, Token], None]] = {
    "operator": check_operator,
    "integer": check_number,
    "float": check_number,
    "string": check_string,
    "name": check_name,
}


def balanced(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int]:
    """Widen a run of tokens until its brackets are closed."""
    levels = list(accumulate(token.opens for token in tokens[first : last + 1]))
    before, behind = min(0, *levels), levels[-1] - min(0, *levels)
    while before < 0 < first:
        first -= 1
        before += tokens[first].opens
    while behind > 0 and last + 1 < len(tokens):
        last += 1
        behind += tokens[last].opens
    return first, last
