"""The language's own words: which stand beside a verb, which are verbs, which come later."""

from __future__ import annotations

ENGINE_WORDS = ("as", "if", "using", "retry", "timeout", "if_it_fails", "undo", "title")
VERBS = ("set", "stop", "fail", "choose", "together", "steps", "for_each", "wait", "note", "tell")
LATER_VERBS = ("repeat", "wait_until", "wait_for", "approve", "ask", "run_recipe", "undo")

TOP = ("recipe", "format", "title", "about", "when", "settings", "steps", "if_it_fails", "always", "stuck")
LATER_TOP = ("outputs", "limits")

RUN_CONTROL = ("only_if", "once_per", "one_at_a_time_per", "if_busy")
LATER_RUN_CONTROL = ("wait_for_quiet", "at_most", "shape")
LATER_BUSY = ("skip", "restart", "parallel")

# What stands under a verb, and is often written beside it.
UNDER = {
    "for_each": ("in", "item", "at_once", "steps", "collect"),
    "tell": ("who", "text", "subject"),
    "repeat": ("until", "every", "at_most", "steps"),
    "wait_for": ("any", "at_most"),
    "approve": ("show", "who", "may_edit", "remind_every", "expires_after", "if_no_answer", "escalate_to"),
    "ask": ("question", "options", "form", "who", "expires_after"),
    "run_recipe": ("recipe", "settings"),
}

# Engine words that mean something only beside a call to a service.
CALL_WORDS = ("using", "retry", "timeout", "undo")
NAMED_VERBS = ("for_each",)  # verbs of the language whose result can have a name

RESERVED = frozenset(
    [
        "event",
        "settings",
        "client",
        "run",
        "now",
        "failure",
        "item",
        "true",
        "false",
        "none",
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "else",
    ]
)


def is_call(verb: str) -> bool:
    """Say whether a verb belongs to a connector."""
    return "." in verb


def is_verb(word: str) -> bool:
    """Say whether a key of a step can only be its verb."""
    return is_call(word) or word in VERBS or (word in LATER_VERBS and word != "undo")
