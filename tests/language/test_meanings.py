"""What people write in place of a word of the language leads to that word, and only to words that there are."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from wakeel.catalog import catalog
from wakeel.language.expr import FILTERS
from wakeel.language.meanings import WRITTEN, meanings
from wakeel.language.problems import near_names
from wakeel.language.readers import READERS
from wakeel.language.recipe import words
from wakeel.language.workspace.model import Client
from wakeel.language.workspace.people import REACH
from wakeel.language.workspace.settings import TYPES
from wakeel.language.workspace.week import DAYS

OWN = {
    *words.TOP,
    *words.ENGINE_WORDS,
    *words.VERBS,
    *words.RUN_CONTROL,
    *(field for fields in words.UNDER.values() for field in fields),
    *FILTERS,
    *READERS,
    *TYPES,
    *DAYS,
    *REACH,
    *words.RESERVED,
    *available_timezones(),
    *("otherwise", "by_hand", "queue", "live", "paused", "draft", "observe", "send", "trusted", "ar", "en", "tls"),
    *("list of text", "next_free"),
}


def fields() -> set[str]:
    connectors = [found for name in catalog().names() if (found := catalog().connector(name))]
    models = [model for one in connectors for action in one.actions.values() for model in (action.input, action.output)]
    models += [
        model for one in connectors for trigger in one.triggers.values() for model in (trigger.args, trigger.event)
    ]
    inner = {info.alias or name for model in models for name, info in model.model_fields.items()}
    return inner | {"address"} | {*catalog().names()} | {*Client.__dataclass_fields__}


def test_every_meaning_is_a_word_that_there_is() -> None:
    meant = {line.rpartition(": ")[0] for line in WRITTEN.strip().splitlines()}
    assert meant - OWN - fields() == set()


def test_no_meaning_is_written_twice_on_one_line() -> None:
    for line in WRITTEN.strip().splitlines():
        others = line.rpartition(": ")[2].split()
        assert len(others) == len(set(others)), line


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("خطوات", words.TOP, "steps"),
        ("If It Fails", words.TOP, "if_it_fails"),
        ("on-error", words.TOP, "if_it_fails"),
        ("الأحد", DAYS, "sunday"),
        ("مُدة", tuple(TYPES), "duration"),
        ("title", ("list", "name", "desc"), "name"),
        ("stesp", words.TOP, "steps"),
    ],
)
def test_a_word_leads_to_the_one_that_was_meant(written: str, known: tuple[str, ...], meant: str) -> None:
    assert near_names(written, known)[:1] == (meant,)


def test_a_word_never_leads_to_itself_and_a_very_long_one_to_nothing() -> None:
    assert near_names("steps", ("steps",)) == ()
    assert near_names("steps" * 100, ("steps",)) == ()
    assert all(word not in others for word, others in meanings().items())
