"""Every sentence for people is there in both languages, and says the same of the same things."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from wakeel.i18n import catalogue, words

CODE = re.compile(r"W\d{4}")
WORD = re.compile(r"[a-z_]+(\.[a-z_]+)*")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
LETTER = re.compile(r"[a-z]")
ARABIC = re.compile("[\u0621-\u064a]")
TOML = sorted(f.name for f in (files("wakeel.i18n") / "problems").iterdir() if f.name.endswith(".toml"))
ENTRIES = sorted(catalogue())


def entries(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((files("wakeel.i18n") / "problems" / name).read_text("utf-8"))


def test_no_code_is_given_twice() -> None:
    count = Counter(code for name in TOML for code in entries(name))
    assert [code for code, times in count.items() if times > 1] == []


@pytest.mark.parametrize("code", ENTRIES)
def test_an_entry_says_the_same_in_both_languages(code: str) -> None:
    entry = catalogue()[code]
    assert set(entry) <= {"en", "ar", "fix_en", "fix_ar"}
    assert CODE.fullmatch(code) or WORD.fullmatch(code)
    assert entry["en"]
    assert entry["ar"]
    assert bool(entry.get("fix_en")) == bool(entry.get("fix_ar"))
    for english, arabic in (("en", "ar"), ("fix_en", "fix_ar")):
        assert placeholders(entry, english) == placeholders(entry, arabic)


@pytest.mark.parametrize("code", [code for code in ENTRIES if CODE.fullmatch(code)])
def test_a_problem_is_worded_in_arabic_letters_and_says_how_to_mend_it(code: str) -> None:
    entry = catalogue()[code]
    assert {"fix_en", "fix_ar"} <= set(entry)
    for english, arabic in (("en", "ar"), ("fix_en", "fix_ar")):
        assert bool(LETTER.search(spoken(entry[english]))) == bool(ARABIC.search(entry[arabic]))


def test_a_value_that_looks_like_a_placeholder_stands_as_it_is() -> None:
    params = {"mended": "{char}", "char": "@"}
    assert words("W1023", "hint", "en", params) == "Write `{char}`."


def spoken(sentence: str) -> str:
    return PLACEHOLDER.sub("", sentence)


def placeholders(entry: dict[str, str], key: str) -> set[str]:
    return set(PLACEHOLDER.findall(entry.get(key, "")))
