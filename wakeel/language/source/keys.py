"""The keys of one map: plain words, each once, nothing invisible in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wakeel.language.nodes import Node, Scalar
from wakeel.language.problems import Problems
from wakeel.language.source.finding import note

NO_KEY, INVISIBLE_IN_KEY, TWICE, MERGE = "W1014", "W1015", "W1016", "W1021"
CONDITIONS = frozenset({"if", "only_if", "until"})  # their expressions stand bare
# No-break and zero-width spaces, joiners, direction marks and controls, soft hyphen, byte-order mark.
INVISIBLE = re.compile("[\u00a0\u00ad\u034f\u061c\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff]")


@dataclass(slots=True)
class Keys:
    """Accepts the keys of one map in written order."""

    problems: Problems
    first: dict[str, int] = field(default_factory=dict[str, int])

    def accept(self, key: Node) -> Scalar | None:
        """Return a key that can be used, or None where the entry is dropped."""
        if not isinstance(key, Scalar) or not (key.value or key.style):
            note(NO_KEY, key.place, self.problems)
            return None
        if key.value == "<<" and not key.style:
            note(MERGE, key.place, self.problems)
            return None
        if found := INVISIBLE.search(key.value):
            key.value, place = INVISIBLE.sub("", key.value), key.place_of(found.start())
            note(INVISIBLE_IN_KEY, place, self.problems, key=key.value, char=f"U+{ord(found[0]):04X}")
        return key if self.once(key) else None

    def once(self, key: Scalar) -> bool:
        """Say whether the key is new in this map."""
        if key.value in self.first:
            note(TWICE, key.place, self.problems, key=key.value, line=self.first[key.value])
            return False
        self.first[key.value] = key.place.line
        return True
