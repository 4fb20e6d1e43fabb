"""What a call promises, in sentences: its effect, its attempts, and how it is taken back."""

from __future__ import annotations

import re

from wakeel.i18n import words
from wakeel.language.catalog import Catalog
from wakeel.language.plan import ActionStep
from wakeel.language.written import length
from wakeel.sdk import Effect

SAID = re.compile("(?:exactly|at most) once: *", re.IGNORECASE)  # what the sentence around it says already


def say(code: str, language: str, **params: str) -> str:
    """Return a sentence of `explain`."""
    return words(f"explain.{code}", "message", language, params)


def promise(step: ActionStep, catalog: Catalog, language: str) -> str:
    """Say what a repeat of this call does; where only the run knows, promise the weaker."""
    if step.effect is None:
        return say("undecided", language)
    if step.effect is Effect.READ:
        return say("read", language)
    why = why_of(step, catalog)
    return say(step.effect if why else f"{step.effect}.plain", language, why=why)


def why_of(step: ActionStep, catalog: Catalog) -> str:
    """Return the connector's own words for what makes a repeat safe."""
    home, _, name = step.action.partition(".")
    connector = catalog.connector(home)
    action = connector.actions.get(name) if connector else None
    return SAID.sub("", action.why).rstrip(".") if action else ""


def attempts(step: ActionStep, language: str) -> str:
    """Say how often and for how long a call is tried."""
    retry = step.retry
    if retry.times == 1:
        return say("retry.none", language)
    if retry.times is None and retry.wait is None and retry.at_most is None:
        return say("retry.once" if step.weakest is Effect.ONCE else "retry", language)
    times = str(retry.times) if retry.times else say("retry.any", language)
    return say("retry.own", language, times=times, wait=length(retry.wait or 1), at_most=length(retry.at_most or 86400))


def undo(step: ActionStep, language: str) -> str:
    """Say how a call is taken back; nothing is by itself."""
    if step.weakest is Effect.READ:
        return say("undo.read", language)
    if step.undo_steps:
        return say("undo.steps", language)
    return say("undo", language, undo=step.undo) if step.undo else say("undo.none", language)


def authority(step: ActionStep, language: str) -> str:
    """Name the class of what a call does."""
    return say(f"authority.{step.authority}", language)
