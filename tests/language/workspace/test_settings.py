"""The form of a recipe, and what a client fills in."""

from __future__ import annotations

from typing import Any

import pytest

from wakeel.language import types
from wakeel.language.catalog import Catalog
from wakeel.language.nodes import Mapping, Place
from wakeel.language.problems import Problems
from wakeel.language.source import load
from wakeel.language.workspace import Workspace, settings_of, settings_type, type_of, values_of

PLACE = Place("clients/noor.yaml", 20, 3, 9)


def mapping(text: str) -> Mapping:
    problems = Problems()
    node = load(text.encode(), "x.yaml", problems)
    assert isinstance(node, Mapping), list(problems)
    return node


def values(spec: str, given: str, workspace: Workspace, shelf: Catalog) -> tuple[dict[str, Any], Problems]:
    problems = Problems()
    specs = settings_of(mapping(spec), problems, shelf)
    filled = mapping(given) if given else None
    return values_of(specs, filled, workspace.clients["noor"], problems, PLACE), problems


@pytest.mark.parametrize(
    ("kind", "written", "value", "shape"),
    [
        ("text", "1.10", "1.10", "text"),
        ("long text", "|\n  a\n  b", "a\nb", "text"),
        ("number", "٢٥", 25, "number"),
        ("number", "2.5", 2.5, "number"),
        ("yes/no", "نعم", True, "yes/no"),
        ("duration", "30m", "PT30M", "duration"),
        ("working duration", "2 working days", {"amount": 2, "unit": "days"}, "working duration"),
        ("time", "9:30", "09:30:00", "time"),
        ("date", "2026-11-22", "2026-11-22", "date"),
        ("mail address", "a@b.example", "a@b.example", "text"),
        ("money", "120 SAR", {"amount": 120, "currency": "SAR"}, {"map": {"amount": "number", "currency": "text"}}),
        ("person", "owner", "owner", "text"),
        ("list of text", "[urgent, عاجل]", ["urgent", "عاجل"], {"list": "text"}),
        ("list of person", "[owner, va]", ["owner", "va"], {"list": "text"}),
        ("slack.channel", '"#alerts"', "#alerts", "text"),
        ("list of slack.channel", '["#a"]', ["#a"], {"list": "text"}),
        ("calendar", "Work", "Work", "text"),
        ("imap.folder", "7Fq2LmXv9RkT4bWz8NcP1sHdY6gJ3aEo5UiB0xVt", "7Fq2LmXv9RkT4bWz8NcP1sHdY6gJ3aEo5UiB0xVt", "text"),
    ],
)
def test_a_setting_is_read_by_its_type(
    workspace: Workspace, shelf: Catalog, kind: str, written: str, value: object, shape: object
) -> None:
    found, problems = values(f"it: {{type: {kind}}}", f"it: {written}", workspace, shelf)
    assert [p.as_json() for p in problems] == []
    assert found == {"it": value}
    spec = settings_of(mapping(f"it: {{type: {kind}}}"), problems, shelf)["it"]
    assert types.shape(type_of(spec)) == shape


def test_a_choice_is_one_of_its_options(workspace: Workspace, shelf: Catalog) -> None:
    spec = "it: {type: one of, options: [short, long]}"
    assert values(spec, "it: long", workspace, shelf)[0] == {"it": "long"}
    (problem,) = values(spec, "it: lng", workspace, shelf)[1]
    assert (problem.code, problem.near) == ("W4008", ("long",))


def test_defaults_fill_what_a_client_leaves_out(workspace: Workspace, shelf: Catalog) -> None:
    spec = "a: {type: duration, default: 30m}\nb: {type: text, required: no}\nc: {type: text}"
    found, problems = values(spec, "c: x", workspace, shelf)
    assert (found, list(problems)) == ({"a": "PT30M", "c": "x"}, [])
    fields = settings_type(settings_of(mapping(spec), problems, shelf)).fields
    assert {name: field.maybe for name, field in fields.items()} == {"a": False, "b": True, "c": False}


def test_labels_are_there_in_both_languages(shelf: Catalog) -> None:
    spec = "a: {type: text, label: {en: List, ar: قائمة}, help: Which one}"
    found = settings_of(mapping(spec), Problems(), shelf)["a"]
    assert found.label == {"en": "List", "ar": "قائمة"}
    assert found.help == {"en": "Which one", "ar": "Which one"}


@pytest.mark.parametrize(
    ("spec", "given", "code", "words"),
    [
        ("a: {type: txt}", "", "W2803", "Did you mean “text”?"),
        ("a: {type: list of txt}", "", "W2803", "No setting can be a “txt”"),
        ("a: text", "", "W2802", "a: {type: text}"),
        ("a: {default: x}", "", "W4003", "“type” is missing"),
        ("A b: {type: text}", "", "W2801", "small letters"),
        ("a: {type: slack.chanel}", "", "W2804", "Did you mean “slack.channel”?"),
        ("a: {type: asana.project}", "", "W2804", "No service offers “asana.project”"),
        ("a: {type: sheet}", "", "W2804", "No service offers “sheet”"),
        ("a: {type: one of}", "", "W2805", "options"),
        ("a: {type: text, options: [x]}", "", "W2806", "one of"),
        ("a: {type: text, optional: yes}", "", "W4002", "“optional”"),
        ("a: {type: duration, default: 5}", "", "W2156", "5m"),
        ("a: {type: text}", "", "W4061", "needs the setting “a” from client “noor”"),
        ("list: {type: text, default: x}", "lst: y", "W4060", "Did you mean “list”?"),
        ("a: {type: number}", "a: many", "W2150", "many"),
        ("a: {type: list of text}", "a: many", "W4006", "is a list"),
        ("a: {type: text}", "a: [many]", "W4005", "takes one value"),
        ("a: {type: person}", "a: ownr", "W4018", "Did you mean “owner”?"),
        ("a: {type: text}", "a: xoxb-1234567890-abcdef", "W4020", "secret://NAME"),
    ],
)
def test_a_wrong_setting_is_explained(
    workspace: Workspace, shelf: Catalog, spec: str, given: str, code: str, words: str
) -> None:
    problems = values(spec, given, workspace, shelf)[1]
    found = [p for p in problems if p.code == code]
    assert found, [p.as_json() for p in problems]
    assert words in f"{found[0].message()} {found[0].hint()}"
    assert found[0].message("ar") != found[0].message("en")


def test_a_missing_setting_is_asked_for_where_the_client_uses_the_recipe(workspace: Workspace, shelf: Catalog) -> None:
    (problem,) = values("a: {type: text}", "", workspace, shelf)[1]
    assert problem.place == PLACE
