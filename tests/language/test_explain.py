"""What `wakeel explain` promises, and that it promises no more than holds."""

from __future__ import annotations

import json
import re

from tests.language.recipe.office import CLIENT, HEAD, OFFICE, plan, steps
from wakeel.language.explain import Explained, explain

RECIPE = steps("""\
  - mail.classify: {mail: '${event}', into: [urgent, later]}
    as: triage
  - together:
      - calendar.hold: {title: '"x" <b>`y`', length: 30m, within: 2 working days}
        as: hold
        if_it_fails: continue
      - slack.post_message: {channel: a, text: b, thread: '${event.thread_id}'}
        retry: {times: 3, wait: 1m, at_most: 1h}
        timeout: 90s
        title: 'قل "مرحبًا" & #1'
  - choose:
      - if: triage.label == "urgent"
        steps:
          - mail.send: {to: [a@b.co], subject: b, text: c}
            retry: none
            undo: none
      - otherwise:
          - stop: Nothing to do
  - for_each:
      in: ${event.attachments}
      steps:
        - trello.create_card: {list: a, name: '${item.name}'}
          undo:
            - note: taken back
  - wait: 2h
if_it_fails:
  - tell: {who: va, text: '${failure.message}'}
""")


def explained(recipe: str = RECIPE, language: str = "en") -> Explained:
    """Explain a recipe."""
    return explain(plan(recipe), OFFICE, language)


def step(path: str, language: str = "en") -> dict[str, object]:
    """Return what is said of one step."""
    found: dict[str, object] = next(s for s in explained(language=language).data["steps"] if s["path"] == path)
    return found


def test_steps_have_the_paths_of_the_journal() -> None:
    assert [found["path"] for found in explained().data["steps"]] == [
        "steps/0",
        "steps/1",
        "steps/1/together/0",
        "steps/1/together/1",
        "steps/2",
        "steps/2/choose/0/0",
        "steps/2/choose/1/0",
        "steps/3",
        "steps/3[n]/0",
        "steps/4",
        "if_it_fails/0",
    ]


def test_a_keyed_call_says_what_the_service_refuses() -> None:
    found = step("steps/1/together/0")
    assert (found["action"], found["connection"], found["effect"]) == ("caldav.hold", "acme-calendar", "keyed")
    assert found["promise"] == "exactly once: the calendar refuses a second event with the same UID"
    assert found["undo"] == "its opposite is caldav.release_hold; nothing is taken back by itself"
    assert found["if_it_fails"] == "if it fails, the run goes on"


def test_an_effect_that_hangs_on_the_run_is_promised_as_the_weaker() -> None:
    found = step("steps/1/together/1")
    assert found["effect"] == "once"
    assert str(found["promise"]).startswith("at most once until the run knows more")
    assert found["retry"] == "up to 3 attempts, the first pause 1 minute, at most 1 hour in all"
    assert found["timeout"] == "90 seconds for one attempt"


def test_a_call_that_nothing_guards_says_so() -> None:
    found = step("steps/2/choose/0/0")
    assert str(found["promise"]).startswith("at most once: nothing guards a repeat")
    assert (found["retry"], found["undo"]) == ("tried once", "cannot be taken back")
    assert found["way"] == 'only if: triage.label == "urgent"'
    assert found["authority"] == "going out as free text"


def test_reading_has_nothing_to_take_back() -> None:
    found = step("steps/0")
    assert (found["promise"], found["undo"]) == ("only reads: a repeat changes nothing", "nothing to take back")


def test_the_recipes_own_undo_is_named() -> None:
    assert "its `undo:`" in str(step("steps/3[n]/0")["undo"])


def test_the_trigger_says_which_events_start_no_second_run() -> None:
    head = HEAD.replace("steps:", "  only_if: not event.automatic\n  once_per: ${event.message_id}\nsteps:")
    (own,) = explained().data["starts"]
    (given,) = explained(steps("  - note: x\n", head)).data["starts"]
    assert own["identity"] == "One run for each event, by the trigger's own key: the same event never starts two runs."
    assert given["identity"] == "One run for each ${event.message_id}: the same value never starts two runs."
    assert (given["only_if"], given["source"]) == ("not event.automatic", "acme-mail/imap.received")


def test_it_says_that_pausing_for_a_person_is_not_there_yet() -> None:
    assert "not yet supported" in explained().data["stuck"]
    assert explained().data["stuck"] in explained().text()


def test_everything_is_json() -> None:
    assert json.loads(json.dumps(explained().data)) == explained().data


def test_the_text_names_every_step_in_both_languages() -> None:
    for language in ("en", "ar"):
        text = explained().text(language)
        assert all(str(found["path"]) in text for found in explained().data["steps"])
        assert "{" not in re.sub(r"\$\{[^}]*\}", "", text)
    assert "مرة واحدة بالضبط" in explained().text("ar")
    assert "exactly once" not in explained().text("ar").replace("exactly once: ", "")


def test_a_recipe_that_no_event_starts_says_who_does() -> None:
    made = plan("recipe: job\nformat: 1\nwhen: by_hand\nsteps:\n  - note: x\n")
    assert "No event starts it" in explain(made, OFFICE).text()


def test_the_chart_escapes_what_mermaid_would_read_as_its_own() -> None:
    chart = explained().mermaid()
    assert chart.startswith("flowchart TD\n")
    assert "قل #34;مرحبًا#34; #38; #35;1" in chart
    for line in chart.splitlines()[1:]:
        assert re.fullmatch(
            r'  n\d+(\(\[|\[\[|\[|\{)"[^"<>`]*"(\]\)|\]\]|\]|\})|  n\d+ -->(\|"[^"<>`]*"\|)? n\d+', line
        )


def test_the_chart_goes_on_past_a_step_that_may_be_left_out_and_never_past_an_end() -> None:
    chart = explained(steps("  - note: a\n  - stop: b\n    if: event.automatic\n  - note: c\n")).mermaid()
    assert [line.strip() for line in chart.splitlines() if "-->" in line] == [
        "n0 --> n1",
        'n1 -->|"only if: event.automatic"| n2',
        "n1 --> n3",
    ]


def test_the_client_is_named() -> None:
    assert explain(plan(RECIPE, CLIENT), OFFICE).data["activation"] == "acme/job"
