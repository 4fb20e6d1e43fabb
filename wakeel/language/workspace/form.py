"""A mapping of a workspace's file, read key by key; what does not fit becomes a problem with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wakeel.language.nodes import Mapping, Node, Place, Scalar, Sequence
from wakeel.language.problems import Problems, near_names
from wakeel.language.readers import Unreadable, read
from wakeel.language.readers.digits import BLANKS
from wakeel.language.source.writing import list_form
from wakeel.language.workspace.secret import refuse_literal

UNKNOWN_KEY, MISSING_KEY, NOT_KEYS, NOT_ONE, NOT_LIST = "W4002", "W4003", "W4004", "W4005", "W4006"
EMPTY, NO_OPTION = "W4007", "W4008"


@dataclass(frozen=True, slots=True)
class Form:
    """Keys and values under one key; `where` is what messages call it, `place` is where it is named."""

    node: Mapping
    where: str
    place: Place
    problems: Problems

    def only(self, names: Iterable[str]) -> None:
        """Refuse keys that are not among these."""
        known = tuple(names)
        for key, _value in self.node.entries:
            if key.value not in known:
                near = near_names(key.value, known)
                self.problems.add(UNKNOWN_KEY, key.place, near, key=key.value, where=self.where)

    def need(self, *names: str) -> bool:
        """Note which of these keys are missing; say whether all are there."""
        missing = [name for name in names if self.node.get(name) is None]
        for name in missing:
            self.problems.add(MISSING_KEY, self.place, key=name, where=self.where)
        return not missing

    def scalar(self, name: str) -> Scalar | None:
        """Return the single value of a key that may be missing; a secret is refused before anybody quotes it."""
        node = self.node.get(name)
        found = None if node is None else one(node, name, self.problems)
        return None if found is None or refuse_literal(found, name, self.problems) else found

    def read(self, name: str, kind: str = "text") -> Any | None:
        """Return the value of a key, read by its kind; None where it is missing or unreadable."""
        scalar = self.scalar(name)
        return None if scalar is None else value_of(kind, scalar, name, self.problems)

    def option(self, name: str, options: Iterable[str]) -> str | None:
        """Return a value that must be one of a few words."""
        scalar = self.scalar(name)
        return None if scalar is None else option_of(scalar, name, options, self.problems)

    def form(self, name: str) -> Form | None:
        """Return the keys under a key; None where there are none."""
        key, node = self.node.key(name), self.node.get(name)
        return form_of(node, key, self.problems) if key and node else None

    def forms(self, name: str) -> Iterator[tuple[Scalar, Form]]:
        """Yield the names under a key, each with the keys under it."""
        for key, node in self.entries(name):
            if found := form_of(node, key, self.problems):
                yield key, found

    def entries(self, name: str) -> Iterator[tuple[Scalar, Node]]:
        """Yield the names under a key with their values."""
        found = self.form(name)
        yield from found.node.entries if found else ()

    def items(self, name: str) -> list[Node]:
        """Return the items of a list; a key that is missing has none."""
        node = self.node.get(name)
        if node is None or blank(node):
            return []
        if isinstance(node, Sequence):
            return node.items
        refuse_list(node, name, self.problems)
        return []

    def words(self, name: str, language: str) -> str:
        """Return a text that may be given as `{en: …, ar: …}`, in this language where it has it."""
        node = self.node.get(name)
        return text_in(node, name, language, self.problems) if node else ""


def form_of(node: Node, key: Scalar, problems: Problems) -> Form | None:
    """Return a node as keys and values; one with nothing in it is None."""
    if isinstance(node, Mapping):
        return Form(node, key.value, key.place, problems)
    if not blank(node):
        problems.add(NOT_KEYS, node.place, key=key.value)
    return None


def refuse_list(node: Node, name: str, problems: Problems) -> None:
    """Say how a list is written, with what stands there unless it is a secret."""
    if not isinstance(node, Scalar) or not refuse_literal(node, name, problems):
        written = node.value if isinstance(node, Scalar) else ""
        problems.add(NOT_LIST, node.place, key=name, mended=list_form(name, written))


def blank(node: Node) -> bool:
    """Say whether a key was left without a value."""
    return isinstance(node, Scalar) and not node.value and not node.style


def one(node: Node, name: str, problems: Problems) -> Scalar | None:
    """Return a node that must be a single value."""
    if not isinstance(node, Scalar):
        problems.add(NOT_ONE, node.place, key=name)
        return None
    if blank(node):
        problems.add(EMPTY, node.place, key=name)
        return None
    return node


def value_of(kind: str, scalar: Scalar, name: str, problems: Problems) -> Any | None:
    """Read a value by its kind; a secret is refused before a message could echo it."""
    if refuse_literal(scalar, name, problems):
        return None
    try:
        return read(kind, scalar.value)
    except Unreadable as error:
        place = scalar.place_of(error.offset) if error.offset else scalar.place
        problems.add(error.code, place, **error.params)
        return None


def option_of(scalar: Scalar, name: str, options: Iterable[str], problems: Problems) -> str | None:
    """Return a value that must be one of a few words."""
    known, word = tuple(options), scalar.value.strip(BLANKS)
    if word in known:
        return word
    if not refuse_literal(scalar, name, problems):
        near = near_names(scalar.value, known)
        problems.add(NO_OPTION, scalar.place, near, value=scalar.value, key=name, options=", ".join(known))
    return None


def text_in(node: Node, name: str, language: str, problems: Problems) -> str:
    """Return a text, or the one of this language out of `{en: …, ar: …}`."""
    if not isinstance(node, Mapping):
        scalar = one(node, name, problems)
        return "" if scalar is None else value_of("text", scalar, name, problems) or ""
    both = Form(node, name, node.place, problems)
    both.only(("en", "ar"))
    texts = {lang: both.read(lang) for lang in ("en", "ar")}
    return texts.get(language) or next((text for text in texts.values() if text), "")
