"""YAML events become nodes; what recipes do not use of YAML is refused on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from wakeel.language.nodes import Mapping, Node, Place, Scalar, Sequence
from wakeel.language.problems import Problems
from wakeel.language.source.finding import Broken, Finding, Refused, note, rewriting
from wakeel.language.source.keys import CONDITIONS, Keys
from wakeel.language.source.lines import Inside, apart, item_end
from wakeel.language.source.places import Span, locator
from wakeel.language.source.properties import CONDITION, foreign_property
from wakeel.language.source.scalars import BRACED, misread
from wakeel.language.source.text import Mend, Text
from wakeel.language.source.writing import BRACES, quoted, turned, with_dollar

SECOND_DOCUMENT, TOO_DEEP, TOO_MANY = "W1007", "W1008", "W1009"
DEEPEST, MOST_NODES = 30, 20_000


class Composer:
    """Builds the nodes of one reading of a text."""

    def __init__(self, text: Text, problems: Problems, loader: Any) -> None:
        self.text = text
        self.problems = problems
        self.events: Iterator[Any] = yaml.parse(text.whole, Loader=loader)
        self.last: Any = None  # the newest event; where the syntax breaks, it tells what stood before
        self.inside: list[Inside] = [""]
        self.opened: list[Any] = []  # where the maps and lists begin that are not yet closed
        self.count = 0

    def document(self) -> Node | None:
        """Return the document's node, or None where there is none."""
        root: Node | None = None
        while not isinstance(event := self.next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                note(SECOND_DOCUMENT, self.place(event, 3), self.problems)
                break
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, 1)
        return root

    def next(self) -> Any:
        """Return the next event."""
        self.last = next(self.events)
        return self.last

    def node(self, event: Any, depth: int) -> Node:
        """Return the node that begins with an event."""
        self.limit(event, depth)
        self.refuse(foreign_property(self.text, event, self.inside[-1]))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        flow: Inside = "{" if isinstance(event, yaml.MappingStartEvent) else "["
        self.inside.append(flow if event.flow_style else "")
        self.opened.append(event.start_mark)
        node = self.mapping(event, depth) if flow == "{" else self.sequence(event, depth)
        self.inside.pop()
        self.opened.pop()
        return node

    def refuse(self, finding: Finding | None) -> None:
        """Stop for a finding that has to be mended first."""
        if finding:
            raise Broken(finding)

    def limit(self, event: Any, depth: int) -> None:
        """Count a node, and end the reading of a file that has too many or nests too deep."""
        self.count += 1
        if depth > DEEPEST:
            note(TOO_DEEP, self.place(event, 1), self.problems, most=DEEPEST)
            raise Refused
        if self.count > MOST_NODES:
            note(TOO_MANY, self.place(event, 1), self.problems, most=f"{MOST_NODES:,}")
            raise Refused

    def place(self, event: Any, width: int | None = None) -> Place:
        """Return the place where an event begins, to the end of its line or so many characters wide."""
        start = event.start_mark
        return self.text.place(start.line, start.column, None if width is None else start.column + width)

    def scalar(self, event: Any) -> Scalar:
        """Return a text with its place."""
        start, end, style = event.start_mark, event.end_mark, event.style or ""
        span = Span(start.line, start.column, end.line, end.column)
        self.refuse(misread(self.text, event.value, style, span, self.inside[-1]))
        place = self.text.place(start.line, start.column, end.column if end.line == start.line else None)
        return Scalar(event.value, place, style, locator(self.text, span, style, event.value))

    def sequence(self, event: Any, depth: int) -> Sequence:
        """Return a list."""
        items = []
        while not isinstance(item := self.next(), yaml.SequenceEndEvent):
            items.append(self.node(item, depth + 1))
        return Sequence(items, self.place(event))

    def mapping(self, event: Any, depth: int) -> Mapping:
        """Return a map."""
        if event.flow_style:
            self.refuse(double_braces(self.text, event.start_mark, self.inside[-2]))
        keys, entries = Keys(self.problems), []
        while not isinstance(first := self.next(), yaml.MappingEndEvent):
            key = keys.accept(self.node(first, depth + 1))
            second = self.next()
            if key and key.value in CONDITIONS and not event.flow_style:
                self.refuse(bracketed_condition(self.text, second))
            value = self.node(second, depth + 1)
            if key:
                entries.append((key, value))
        return Mapping(entries, self.place(event))


def double_braces(text: Text, mark: Any, inside: Inside) -> Finding | None:
    """Return a finding where `{{ x }}` stands."""
    found = BRACES.match(text.line(mark.line), mark.column)
    if not found:
        return None
    if inside:
        end = item_end(found.string, found.end())
        return rewriting(
            BRACED, text, Mend(mark.line, mark.column, end, quoted(with_dollar(found.string[mark.column : end])))
        )
    line = apart(text.line(mark.line))
    start, end = found.start(), max(line.end, found.end())
    return rewriting(BRACED, text, Mend(mark.line, start, end, with_dollar(line.text[start:end])))


def bracketed_condition(text: Text, event: Any) -> Finding | None:
    """Return a finding where a list or a map stands for a condition."""
    if not getattr(event, "flow_style", False):
        return None
    line = apart(text.line(event.start_mark.line))
    start, end = event.start_mark.column, max(line.end, event.start_mark.column + 1)
    return rewriting(CONDITION, text, Mend(event.start_mark.line, start, end, turned(line.text[start:end])))
