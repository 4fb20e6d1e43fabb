"""The ways to write a value so that YAML reads it as it was meant."""

from __future__ import annotations

import re

BRACES = re.compile(r"\$?\{\{([^{}]*)\}\}")
CURLY = "“”„‟‘’‚‛"
SEPARATORS = re.compile(r"[,،;؛]|\s+(?:and|و)\s+")
LITERAL_FIRST = re.compile(r"""("[^"]*"|'[^']*')\s*(==|!=)\s*([\w.]+)$""")


def quoted(value: str) -> str:
    """Put a value into the quotes that change nothing in it."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquoted(value: str) -> str:
    """Return a value without the straight or curly quotes around it."""
    quotes = CURLY + "\"'"
    return value[value[:1] in quotes : len(value) - (len(value) > 1 and value[-1] in quotes)] if value else value


def with_dollar(value: str) -> str:
    """Turn `{{ x }}` into `${x}`, in quotes where it needs them."""
    return readable(BRACES.sub(lambda found: "${" + found[1].strip() + "}", value))


def turned(condition: str) -> str:
    """Write a condition so that it does not begin with a quote, `[`, `{` or `!`."""
    if condition.startswith("!"):
        return readable(f"not {condition[1:].strip()}")
    literal = LITERAL_FIRST.match(condition)
    return readable(f"{literal[3]} {literal[2]} {literal[1]}" if literal else f"({condition})")


def readable(value: str) -> str:
    """Put a value into quotes only where YAML needs them."""
    return quoted(value) if ": " in value or " #" in value else value


def list_form(key: str, value: str = "") -> str:
    """Write a text as the list that it may have been meant as."""
    items = ", ".join(part.strip() for part in SEPARATORS.split(value) if part.strip())
    return f"{key}: [{items or '…, …'}]"
