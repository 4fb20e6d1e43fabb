"""Reads one expression: Jinja2's grammar, guarded before the parser runs and by an allow-list after it.

Nothing is ever compiled or rendered by Jinja2. Its nodes know lines only, so the parser is given each
token on a line of its own, and lines are turned back into places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import TemplateSyntaxError, nodes
from jinja2.parser import Parser

from wakeel.language.expr.allowed import refuse_forbidden
from wakeel.language.expr.problem import ExpressionProblem
from wakeel.language.expr.tokens import GRAMMAR, Token, balanced, tokens_of, unexpected


@dataclass(frozen=True, slots=True)
class Parsed:
    """An allowed tree, and the tokens that it was read from."""

    tree: nodes.Expr
    tokens: tuple[Token, ...]
    lines: dict[int, int]  # line in the text given to the parser -> number of the token

    def token(self, node: nodes.Node, further: int = 0) -> Token:
        """Return the token that a node begins with, or one further on."""
        return token_at(self.tokens, self.lines, node.lineno, further)

    def problem(self, node: nodes.Node, code: str, near: tuple[str, ...] = (), **params: object) -> ExpressionProblem:
        """Make a problem that points at everything a node is made of."""
        parts = [part for part in (node, *node.find_all(nodes.Node)) if not isinstance(part, LATE)]
        numbers = [self.number(part) + isinstance(part, nodes.Getattr) for part in parts]
        first, last = balanced(self.tokens, min(numbers), max(numbers))
        start, end = self.tokens[first].offset, self.tokens[last].offset + len(self.tokens[last].text)
        return ExpressionProblem(code, start, end - start, near, **params)

    def number(self, node: nodes.Node) -> int:
        """Return which token a node begins with."""
        return self.lines.get(node.lineno, len(self.tokens) - 1)


LATE = (nodes.Compare, nodes.Operand, nodes.Pair)  # their line is that of whatever follows


def token_at(tokens: tuple[Token, ...], lines: dict[int, int], line: int, further: int = 0) -> Token:
    """Return the token on a line; the last one where the parser had reached the end."""
    return tokens[min(lines.get(line, len(tokens) - 1) + further, len(tokens) - 1)]


@lru_cache(maxsize=4096)
def read(text: str) -> Parsed:
    """Return the allowed tree of an expression; raise ExpressionProblem."""
    tokens = tokens_of(text)
    lines, at = {}, 2
    for number, token in enumerate(tokens):
        lines[at] = number
        at += 1 + token.text.count("\n")
    tree = parsed(tokens, lines)
    found = Parsed(tree, tokens, lines)
    refuse_forbidden(found)
    return found


def parsed(tokens: tuple[Token, ...], lines: dict[int, int]) -> nodes.Expr:
    """Run Jinja2's parser over the tokens, and accept exactly one expression."""
    source = "\n".join(("{{", *(token.text for token in tokens), "}}"))
    try:
        body = Parser(GRAMMAR, source).parse().body
    except TemplateSyntaxError as error:
        found = token_at(tokens, lines, error.lineno)
        raise unexpected(found, tokens[: tokens.index(found)]) from None
    except (RecursionError, ValueError, OverflowError):
        raise tokens[0].problem("W3004", most=25) from None
    if len(body) == 1 and isinstance(body[0], nodes.Output) and len(body[0].nodes) == 1:
        return body[0].nodes[0]
    raise tokens[0].problem("W3005", found=tokens[0].text[:40])


def parse(text: str) -> nodes.Expr:
    """Return the tree of an expression, made of allowed nodes only; raise ExpressionProblem."""
    return read(text).tree
