"""What connectors say is a phrase of one form, and is there in Arabic too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from wakeel.catalog import catalog
from wakeel.i18n import SAID, catalogue, said
from wakeel.sdk import Action, Effect

ROOT = Path(__file__).parents[2]
ACTIONS = [
    (f"{name}.{action.name}", action)
    for name in catalog().names()
    if (connector := catalog().connector(name))
    for action in connector.actions.values()
    if action.why
]


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[name for name, _action in ACTIONS])
def test_why_a_repeat_is_safe_is_a_phrase_in_both_languages(name: str, action: Action[Any, Any, Any]) -> None:
    assert not action.why[0].isupper()
    assert not action.why.endswith(".")
    if action.effect is not Effect.READ:
        assert re.search("[\u0621-\u064a]", said(action.why, "ar"))


def test_every_phrase_that_is_put_into_arabic_is_said_somewhere() -> None:
    folders = (ROOT / "connectors", ROOT / "wakeel" / "sdk")
    written = " ".join(path.read_text("utf-8") for folder in folders for path in folder.glob("**/*.py"))
    joined = re.sub(r'"\s+"', "", written)
    phrases = [entry["en"] for name, entry in catalogue().items() if name.startswith(SAID)]
    assert phrases
    assert [phrase for phrase in phrases if phrase not in joined] == []


def test_what_nobody_has_put_into_arabic_stays_english() -> None:
    assert said("the moon is out", "ar") == "the moon is out"
