"""Which key of a step is its verb, and what to say of the others."""

from __future__ import annotations

import re

from wakeel.language.nodes import Mapping, Node, Scalar
from wakeel.language.problems import Problems, near_names
from wakeel.language.recipe.words import ENGINE_WORDS, LATER_VERBS, UNDER, VERBS, is_call, is_verb

SPACES, DOTTED = re.compile(r"[\s/:]+"), re.compile(r"[A-Za-z]+\.[A-Za-z_-]+")
NO_VERB, TWO_VERBS, UNKNOWN_WORD, BELONGS_UNDER, LATER = "W2205", "W2204", "W2206", "W2207", "W2208"


def find_verb(step: Mapping, problems: Problems) -> Scalar | None:
    """Return the key that is the step's verb."""
    verbs = [key for key, _value in step.entries if is_verb(key.value)]
    main = [key for key in verbs if not any(key.value in UNDER.get(other.value, ()) for other in verbs)]
    if not main and (undo := step.key("undo")):
        main = [undo]
    if not main:
        no_verb(step, problems)
        return None
    for other in main[1:]:
        problems.add(TWO_VERBS, other.place, first=main[0].value, second=other.value)
    return main[0]


def no_verb(step: Mapping, problems: Problems) -> None:
    """Say that a step has no verb, or which one was perhaps meant."""
    strange = [key for key, _value in step.entries if key.value not in ENGINE_WORDS]
    if not strange:
        problems.add(NO_VERB, step.entries[0][0].place if step.entries else step.place)
    for key in strange[:1]:
        near = dotted(key.value, step.get(key.value)) or near_names(key.value, (*VERBS, *LATER_VERBS))
        problems.add(UNKNOWN_WORD, key.place, near, word=key.value)


def dotted(word: str, body: Node | None) -> tuple[str, ...]:
    """Return the verb that was meant by `trello create_card`, or by `create_card` indented under `trello`."""
    inner = body.entries[0][0].value if isinstance(body, Mapping) and len(body.entries) == 1 else ""
    whole = f"{word}.{inner}" if inner else ".".join(SPACES.split(word, maxsplit=1))
    return (whole.lower().replace("-", "_"),) if DOTTED.fullmatch(whole) else ()


def strange_keys(step: Mapping, verb: Scalar, problems: Problems) -> list[Scalar]:
    """Return the keys that perhaps belong under the verb; what means nothing anywhere is a problem."""
    known = {verb.value, *ENGINE_WORDS}
    others = [key for key, _value in step.entries if key.value not in known]
    left = [key for key in others if key.value in UNDER.get(verb.value, ())]
    if left:
        problems.add(BELONGS_UNDER, left[0].place, word=", ".join(key.value for key in left), verb=verb.value)
    for key in others:
        if key in left:
            continue
        if is_verb(key.value):
            continue  # reported as a second verb
        if is_call(verb.value):
            left.append(key)  # perhaps a field of the action: the compiler knows
        else:
            problems.add(UNKNOWN_WORD, key.place, near_names(key.value, ENGINE_WORDS), word=key.value)
    return left
