"""Which activations an event starts, and under which identity."""

from __future__ import annotations

import time
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.triggers.conftest import SOURCE, Pond
from wakeel.language.plan import Plan
from wakeel.store import Match, Unmatched
from wakeel.triggers.matching import BY_HAND, Asked, by_source, match, run_id

pytestmark = pytest.mark.usefixtures("pond")
SHAPE = {"map": {"n": "number", "kind": "text", "at": "moment"}}


def plan(words: dict[str, Any] | None = None, client: str = "nour", **more: Any) -> Plan:
    """Return a plan that listens to the pond."""
    start = {"trigger": "pond.caught", "kind": "pond.caught", "source": SOURCE, "connection": "p", "shape": SHAPE}
    given = {"recipe": "triage", "client": {"id": client, "name": "Nour", "facts": {"vip": "pike"}}, "steps": []}
    return Plan.model_validate(given | {"starts": [start | (words or {})], "settings": {"least": 3}} | more)


def seen(made: Plan, data: Any, *, source: str = SOURCE, key: str = "f:1", **more: Any) -> Match | None:
    """Return what becomes of an event."""
    event = Unmatched(1, source, key, more.pop("client", "nour"), b"", time.time(), None, more.pop("again", ""))
    start = None if not made.starts else 0
    return match(Asked(made, "v1", start), event, data)


def carp(n: int = 1, **more: Any) -> dict[str, Any]:
    return {"n": n, "kind": "carp", **more}


def test_an_event_that_was_asked_for_starts_a_run_of_the_version_of_now() -> None:
    found = seen(plan(), carp())
    assert found
    assert (found.state, found.version, found.start, found.queue_key) == ("pending", "v1", 0, None)
    assert (found.activation, found.run_id) == ("nour/triage", run_id(plan(), "f:1"))


def test_the_trigger_says_whether_an_event_fits() -> None:
    assert seen(plan({"args": {"kind": "pike"}}), carp()) is None
    assert seen(plan({"args": {"kind": "carp"}}), carp())


@pytest.mark.parametrize(
    ("only_if", "holds"),
    [
        ("event.n > 1", True),
        ("event.n > 2", False),
        ("event.n >= settings.least - 1", True),
        ("event.kind == client.facts.vip", False),
        ('client.id == "nour" and client.name == "Nour"', True),
    ],
)
def test_only_if_sees_the_event_the_settings_and_the_client(only_if: str, holds: bool) -> None:
    assert (seen(plan({"only_if": only_if}), carp(2)) is not None) is holds


def test_only_if_that_cannot_be_answered_is_written_down_as_skipped() -> None:
    found = seen(plan({"only_if": "event.n / 0 > 1"}), carp())
    assert found
    assert (found.state, found.reason[:2], found.run_id) == ("skipped", "W3", run_id(plan(), "f:1"))


def test_once_per_is_the_runs_identity() -> None:
    words = {"once_per": {"$text": [{"$expr": "event.kind"}, "/", {"$expr": "client.id"}]}}
    first, second = seen(plan(words), carp(1)), seen(plan(words), carp(2), key="f:2")
    assert first
    assert second
    assert first.run_id == second.run_id == run_id(plan(), "carp/nour")


def test_once_per_of_a_missing_value_is_skipped_and_never_an_identity() -> None:
    found = seen(plan({"once_per": {"$text": [{"$expr": "event.at"}]}}), carp())
    assert found
    assert (found.state, found.reason) == ("skipped", "W3102")


def test_one_at_a_time_names_a_queue_of_the_activation() -> None:
    words = {"one_at_a_time_per": {"$expr": "event.kind"}}
    queues = [
        seen(plan(words), carp()),
        seen(plan(words), carp(2), key="f:2"),
        seen(plan(words), {"n": 1, "kind": "pike"}),
        seen(plan(words, client="bright"), carp(), client="bright"),
    ]
    names = [found.queue_key for found in queues if found]
    assert names[0] == names[1]
    assert len(set(names)) == 3
    assert all(name and "carp" not in name for name in names)


def test_a_paused_activation_writes_down_what_it_let_pass() -> None:
    found = seen(plan(state="paused"), carp())
    assert found
    assert (found.state, found.reason) == ("skipped", "paused")
    assert seen(plan({"only_if": "event.n > 5"}, state="paused"), carp()) is None


def test_another_clients_event_starts_nothing() -> None:
    assert seen(plan(), carp(), client="bright") is None
    assert seen(plan(), carp(), client=None)


@pytest.mark.parametrize("data", [{"kind": "carp"}, {"n": "many"}, None, [], "x"])
def test_an_event_that_cannot_be_read_stops_nobody(data: Any) -> None:
    with capture_logs() as logs:
        found = seen(plan(), data)
    assert found
    assert (found.state, found.reason) == ("skipped", "W5012")
    assert [line["event"] for line in logs] == ["event_unreadable"]


def test_a_trigger_that_is_gone_starts_nothing() -> None:
    assert seen(plan({"kind": "pond.gone"}), carp()) is None
    assert seen(plan({"kind": "lake.caught"}), carp()) is None


def test_a_person_starts_a_recipe_whatever_its_words_say() -> None:
    made = plan({"args": {"kind": "pike"}, "only_if": "event.n > 5"}, state="paused")
    found = seen(made, carp(), source=f"{BY_HAND}nour/triage")
    assert found
    assert found.state == "pending"


def test_a_start_once_more_is_a_new_run() -> None:
    made = plan({"once_per": {"$expr": "event.kind"}})
    source = f"{BY_HAND}nour/triage"
    first, again = seen(made, carp(), source=source), seen(made, carp(), source=source, again="2")
    assert first
    assert again
    assert first.run_id != again.run_id


def test_live_plans_are_found_by_their_sources_and_by_hand() -> None:
    both = plan(starts=[{"trigger": "t", "kind": "pond.caught", "source": s} for s in ("a", "b")])
    asked = by_source({"v1": both, "v2": plan(starts=[], recipe="other")})
    assert {source: [(one.version, one.start) for one in found] for source, found in asked.items()} == {
        "a": [("v1", 0)],
        "b": [("v1", 1)],
        f"{BY_HAND}nour/triage": [("v1", 0)],
        f"{BY_HAND}nour/other": [("v2", None)],
    }


def test_an_id_holds_nothing_of_the_event(pond: Pond) -> None:
    found = seen(plan({"once_per": {"$expr": "event.kind"}}), {"n": 1, "kind": "secret-7f3a9c"})
    assert found
    assert "7f3a9c" not in found.run_id
    assert pond.looks == []
