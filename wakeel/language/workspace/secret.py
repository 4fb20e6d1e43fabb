"""Secrets stay out of files: how a reference to one is written, and what a literal one looks like."""

from __future__ import annotations

import re

from wakeel.language.nodes import Scalar
from wakeel.language.problems import Problems

LITERAL = "W4020"  # whoever prints this problem must not print the line it stands in
PREFIX = "secret://"
REFERENCE = re.compile(r"secret://[A-Z][A-Z0-9_]{0,99}")

KEYS = re.compile(
    r"(?:[a-z0-9]+[_-])*(?:password|passwd|pwd|token|secret|api[_-]?key|private[_-]?key|authorization|cookie)",
    re.IGNORECASE,
)
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"\bxox[a-z]-[\w-]{6,}",  # Slack
        r"\bxapp-[\w-]{6,}",
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
        r"\bwhsec_[\w+/=]{8,}",  # Standard Webhooks
        r"\bgh[pousr]_\w{20,}",  # GitHub
        r"\bsk-[\w-]{20,}",
        r"\bAKIA[0-9A-Z]{16}\b",  # AWS
        r"\beyJ[\w-]{10,}\.[\w-]{10,}\.",  # JSON Web Token
        r"\bATTA[0-9a-fA-F]{32,}",  # Trello
        r"\b[Bb]earer\s+(?=\S*\d)[\w.~+/-]{8,}",
        r"://[^\s/:@]+:(?!\$\{)[^\s/@]+@",  # a password inside an address
    )
)
SAID = re.compile(
    r"(?:password|passwd|pwd|token|secret|api[_-]?key|كلمة (?:المرور|السر))\s*[:=]\s*(?P<value>[^\s$]\S{7,})",
    re.IGNORECASE,
)
RUN = re.compile(r"(?<![\w+/=.:-])[A-Za-z0-9+/_-]{40,}={0,2}(?![\w+/.:-])")


def looks_secret(text: str, key: str = "") -> bool:
    """Say whether a text, or a value under such a key, looks like a password or a token."""
    if text.startswith(PREFIX) or ("${" in text and KEYS.fullmatch(key)):
        return False
    if text and KEYS.fullmatch(key):
        return True
    return any(shape.search(text) for shape in SHAPES) or _says_one(text) or any(map(_random, RUN.findall(text)))


def _says_one(text: str) -> bool:
    """Find `password: tr0ub4dor` in prose: letters and digits, no address."""
    said = SAID.search(text)
    if said is None or "://" in said["value"]:
        return False
    return any(map(str.isdigit, said["value"])) and any(map(str.isalpha, said["value"]))


def _random(run: str) -> bool:
    """Tell a token from a path or a long name: capitals, small letters and digits, well mixed."""
    kinds = (str.isupper, str.islower, str.isdigit)
    if re.fullmatch(r"[0-9a-f]+", run):
        return any(map(str.isdigit, run)) and any(map(str.isalpha, run))
    return all(sum(map(kind, run)) >= 3 for kind in kinds) and len(set(run)) >= 16


def refuse_literal(scalar: Scalar, key: str, problems: Problems) -> bool:
    """Note a value that looks like a secret, without ever echoing it; say whether it does."""
    found = looks_secret(scalar.value, key)
    if found:
        problems.add(LITERAL, scalar.place, key=key)
    return found
