"""What a right recipe compiles to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.language.recipe.office import CLIENT, HEAD, plan, steps
from wakeel.language.plan import ActionStep, ChooseStep, ForEachStep, GroupStep, Node, Plan, Retry, SetStep, WaitStep

CARD = "  - trello.create_card:\n      list: Inbox\n      name: b\n"


def first(recipe: str) -> Node:
    """Return the first step of a recipe with these steps."""
    return plan(steps(recipe)).steps[0]


def call(recipe: str) -> ActionStep:
    """Return the first step, which is a call."""
    found = first(recipe)
    assert isinstance(found, ActionStep)
    return found


def args(fields: str) -> dict[str, Any]:
    """Return the arguments of a new card with more fields."""
    return call(f"{CARD}      {fields}\n").args


def test_a_verb_of_a_port_becomes_the_action_of_the_clients_own_connection() -> None:
    found = call("  - calendar.hold: {title: a, length: 30m, within: 2 working days}\n    as: held\n")
    assert (found.verb, found.action, found.role) == ("calendar.hold", "caldav.hold", "calendar")
    assert (found.connection, found.name, found.line) == ("acme-calendar", "held", 7)
    assert found.shape == {"map": {"id": "text", "url": "text", "start": "moment"}}


def test_a_pure_verb_of_a_port_needs_no_account() -> None:
    found = call("  - mail.classify: {mail: '${event}', into: [a, b]}\n")
    assert (found.action, found.connection, found.role) == ("mail.classify", None, "")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("due: 2026-11-22", {"due": "2026-11-22"}),
        ("due: ٢٠٢٦-١١-٢٢", {"due": "2026-11-22"}),
        ("position: 3", {"position": 3}),
        ("position: ٣", {"position": 3}),
        ("kind: private", {"kind": "private"}),
        ("labels: [a, no, 0123]", {"labels": ["a", "no", "0123"]}),
        ("extra: {a: 1.10, on: yes}", {"extra": {"a": "1.10", "on": "yes"}}),
        ("payload: {a: [b, {c: no}]}", {"payload": {"a": ["b", {"c": "no"}]}}),
        ("payload: {$expr: a}", {"payload": {"$map": {"$expr": "a"}}}),
        ("desc: 'costs $${5}'", {"desc": "costs ${5}"}),
        ("desc: ${event.text | shorten(20)}", {"desc": {"$expr": "event.text | shorten(20)"}}),
        ("desc: ${event.open_url}", {"desc": {"$expr": "event.open_url"}}),
        ("position: ${event.subject | number}", {"position": {"$expr": "event.subject | number"}}),
        ('labels: ["${event.subject}", b]', {"labels": [{"$expr": "event.subject"}, "b"]}),
        ("payload: ${event}", {"payload": {"$expr": "event"}}),
        ('desc: "Re: ${ event.subject }!"', {"desc": {"$text": ["Re: ", {"$expr": "event.subject"}, "!"]}}),
    ],
)
def test_a_field_is_read_by_its_own_type(written: str, read: dict[str, Any]) -> None:
    assert args(written) == {"list": "Inbox", "name": "b", **read}


def test_lengths_of_time_are_json_that_the_action_reads_back() -> None:
    found = call(
        "  - calendar.hold: {title: a, length: 30m, within: 2 working days, around: 2026-11-22 09:00 Africa/Cairo}\n"
    )
    assert found.args == {
        "title": "a",
        "length": "PT30M",
        "within": {"amount": 2, "unit": "days"},
        "around": "2026-11-22T09:00:00+02:00",
    }


def test_of_a_map_only_what_the_field_takes_is_sent_on() -> None:
    found = call("  - mail.add_label: {mail: '${event}', label: b}\n")
    assert found.args["mail"] == {"$expr": "event", "keep": ["message_id", "subject"]}


def test_a_map_can_be_written_out_where_a_model_is_taken() -> None:
    found = call("  - mail.add_label: {mail: {message_id: '${event.message_id}'}, label: b}\n")
    assert found.args["mail"] == {"message_id": {"$expr": "event.message_id"}}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("none", Retry(times=1)),
        ("0", Retry(times=1)),
        ("5", Retry(times=5)),
        ("{times: 20, wait: 1m, at_most: 4h}", Retry(times=20, wait=60, at_most=14400)),
        ("{at_most: 1 day}", Retry(at_most=86400)),
    ],
)
def test_retry_says_how_often_a_call_is_tried(written: str, expected: Retry) -> None:
    assert call(f"{CARD}    retry: {written}\n").retry == expected


def test_a_call_without_words_of_its_own_has_a_minute_for_each_attempt() -> None:
    found = call(CARD)
    assert (found.retry, found.timeout) == (Retry(), 60)
    assert call(f"{CARD}    timeout: 90d\n").timeout == 90 * 86400


def test_the_inverse_is_the_connectors_unless_the_recipe_says_otherwise() -> None:
    undo = "    undo:\n      - trello.delete_card: {id: '${card.id}'}\n"
    trusted = CLIENT.replace("authority: send", "authority: trusted")
    own = plan(steps(f"{CARD}    as: card\n{undo}"), trusted).steps[0]
    assert isinstance(own, ActionStep)
    assert (call(CARD).undo, call(CARD).undo_steps) == ("trello.archive_card", None)
    assert (call(f"{CARD}    undo: none\n").undo, call(f"{CARD}    undo: none\n").undo_steps) == (None, ())
    assert [step.kind for step in own.undo_steps or ()] == ["action"]


def test_titles_are_in_the_language_of_the_client() -> None:
    recipe = "title: {en: Job, ar: عمل}\n" + steps("  - note: x\n    title: {en: Note, ar: ملاحظة}\n")
    english, arabic = plan(recipe), plan(recipe, CLIENT.replace("language: en", "language: ar"))
    assert (english.title, english.steps[0].title) == ("Job", "Note")
    assert (arabic.title, arabic.steps[0].title) == ("عمل", "ملاحظة")


def test_set_keeps_types_and_its_names_can_be_used() -> None:
    found = first(
        "  - set: {a: '${event.received_at}', b: [1, '${event.subject}'], c: {d: x}}\n  - note: ${a | date} ${c.d}\n"
    )
    assert isinstance(found, SetStep)
    assert found.values == {
        "a": {"$expr": "event.received_at"},
        "b": ["1", {"$expr": "event.subject"}],
        "c": {"d": "x"},
    }
    assert found.shapes == {"a": "moment", "b": {"list": "text"}, "c": {"map": {"d": "text"}}}


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("2h", "PT2H"),
        ("2 working days", {"amount": 2, "unit": "days"}),
        ("${settings.pause}", {"$expr": "settings.pause"}),
    ],
)
def test_wait_takes_clock_time_or_working_time(written: str, span: Any) -> None:
    head = HEAD.replace("steps:", "settings:\n  pause: {type: duration, default: 5m}\nsteps:")
    made = plan(steps(f"  - wait: {written}\n", head))
    assert made.steps[0] == WaitStep(kind="wait", span=span, line=9)
    assert (made.settings, made.settings_shape) == ({"pause": "PT5M"}, {"map": {"pause": "duration"}})


def test_a_loop_knows_the_shape_of_its_items_and_of_what_it_hands_out() -> None:
    found = first(
        "  - for_each:\n      in: ${event.attachments}\n      item: file\n      at_once: 4\n"
        "      steps:\n        - note: ${file.name}\n      collect: ${file.size}\n    as: sizes\n"
        "  - note: ${sizes | sum}\n"
    )
    assert isinstance(found, ForEachStep)
    assert (found.over, found.over_shape) == ({"$expr": "event.attachments"}, {"list": "file"})
    assert (found.item, found.at_once, found.name) == ("file", 4, "sizes")
    assert (found.collect, found.shape) == ({"$expr": "file.size"}, "number")


def test_a_loop_goes_over_a_list_that_is_written_out() -> None:
    found = first("  - for_each:\n      in: [a, b]\n      steps: [{note: '${item}'}]\n")
    assert isinstance(found, ForEachStep)
    assert found.over == ["a", "b"]


def test_blocks_hold_their_steps_and_their_conditions() -> None:
    chosen = first(
        "  - choose:\n      - if: event.automatic\n        steps: [{note: a}]\n      - otherwise: [{note: b}, {stop: c}]\n"
    )
    group = first("  - steps: [{note: a}, {fail: b}]\n    if: event.automatic\n    if_it_fails: [{note: c}]\n")
    assert isinstance(chosen, ChooseStep)
    assert [(b.condition, [s.kind for s in b.steps]) for b in chosen.branches] == [
        ("event.automatic", ["note"]),
        (None, ["note", "stop"]),
    ]
    assert isinstance(group, GroupStep)
    assert group.condition == "event.automatic"
    assert [step.kind for step in group.on_failure or () if not isinstance(step, str)] == ["note"]


@pytest.mark.parametrize("word", ["pause", "fail"])
def test_a_recipe_may_say_what_becomes_of_a_stuck_step(word: str) -> None:
    assert plan(steps("  - note: x\n") + f"stuck: {word}\n").text() == plan(steps("  - note: x\n")).text()


def test_a_recipe_that_no_event_starts_takes_any_event() -> None:
    for word in ("called", "by_hand"):
        made = plan(f"recipe: job\nformat: 1\nwhen: {word}\nsteps:\n  - note: ${{event.whatever.there}}\n")
        assert (made.starts, made.by_hand) == ((), "any")


def test_equal_files_give_equal_plans_and_a_plan_reads_itself_back() -> None:
    recipe = steps(f"{CARD}    as: card\n  - together:\n      - note: ${{card.url}}\n      - wait: 5m\n")
    one, other = plan(recipe), plan(recipe)
    assert one.text() == other.text()
    assert one.version() == other.version()
    assert Plan.model_validate_json(one.text()) == one


def test_a_moment_without_a_zone_is_meant_on_the_clients_clock() -> None:
    made = call("  - calendar.hold: {title: a, length: 30m, within: 1d, around: 2026-11-22 09:00}\n")
    assert made.args["around"] == "2026-11-22T09:00:00+02:00"


def test_a_list_of_one_trigger_is_that_trigger() -> None:
    recipe = steps("  - note: x\n")
    listed = recipe.replace("  mail.received:\n    folder: Inbox\n", "  - mail.received:\n      folder: Inbox\n")
    assert [start.trigger for start in plan(listed).starts] == ["mail.received"]


def test_a_length_of_time_becomes_the_text_that_it_would_be_in_a_longer_one() -> None:
    head = HEAD.replace("steps:", "settings:\n  length: {type: duration, default: 30m}\nsteps:")
    (note,) = plan(steps("  - note: ${settings.length}\n", head)).steps
    assert note.model_dump()["text"] == {"$expr": "settings.length", "as": "text"}


def test_marks_of_direction_around_a_word_are_not_part_of_it() -> None:
    assert args("kind: \u200fprivate")["kind"] == "private"


def test_an_arabic_digit_is_a_version_too() -> None:
    assert plan(steps("  - note: x\n").replace("format: 1", "format: ١")).text() == plan(steps("  - note: x\n")).text()
