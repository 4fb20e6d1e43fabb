"""What a call promises, in sentences: its effect, its attempts, and how it is taken back."""

from __future__ import annotations

from wakeel.i18n import named, said, words
from wakeel.language.catalog import Catalog
from wakeel.language.plan import ActionStep
from wakeel.sdk import Effect

DAY = 86400.0  # seconds
UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


def say(code: str, language: str, **params: str) -> str:
    """Return a sentence of `explain`."""
    return words(f"explain.{code}", "message", language, params)


def promise(step: ActionStep, catalog: Catalog, language: str) -> str:
    """Say what a repeat of this call does; where only the run knows, promise the weaker."""
    if step.effect is None:
        return say("undecided", language)
    if step.effect is Effect.READ:
        return say("read", language)
    why = said(why_of(step, catalog), language)
    return say(step.effect if why else f"{step.effect}.plain", language, why=why)


def why_of(step: ActionStep, catalog: Catalog) -> str:
    """Return the connector's own words for what makes a repeat safe: a phrase without its full stop."""
    home, _, name = step.action.partition(".")
    connector = catalog.connector(home)
    action = connector.actions.get(name) if connector else None
    return action.why.rstrip(".") if action else ""


def attempts(step: ActionStep, language: str) -> str:
    """Say how often and for how long a call is tried."""
    retry = step.retry
    if retry.times == 1:
        return say("retry.none", language)
    if retry.times is None and retry.wait is None and retry.at_most is None:
        return say("retry.once" if step.weakest is Effect.ONCE else "retry", language)
    wait, at_most = length_in(retry.wait or 1, language), length_in(retry.at_most or DAY, language)
    if retry.times is None:
        return say("retry.any", language, wait=wait, at_most=at_most)
    return say("retry.own", language, times=str(retry.times), wait=wait, at_most=at_most)


def length_in(seconds: float, language: str) -> str:
    """Say a length of time in the largest unit that is whole."""
    unit, size = next((name, size) for name, size in UNITS if seconds % size == 0 or size == 1)
    count = int(seconds // size)
    form = "one" if count == 1 else "two" if count == 2 else "few" if 3 <= count <= 10 else "many"
    return say(f"length.{unit}.{form}", language, count=str(count))


def undo(step: ActionStep, language: str) -> str:
    """Say how a call is taken back; nothing is by itself."""
    if step.weakest is Effect.READ:
        return say("undo.read", language)
    if step.undo_steps:
        return say("undo.steps", language)
    return say("undo", language, undo=step.undo) if step.undo else say("undo.none", language)


def authority(step: ActionStep, language: str) -> str:
    """Name the class of what a call does."""
    return named(f"term.class.{step.authority}", language)
