"""The flagship of the gallery compiles against the connectors that there are."""

from __future__ import annotations

from pathlib import Path

from wakeel.catalog import catalog
from wakeel.language.check import check
from wakeel.language.plan import ActionStep, TogetherStep

FOLDER = Path(__file__).parents[3] / "definitions"
NAME = "example/email-to-card-alert-hold"


def test_a_new_mail_becomes_a_card_an_alert_and_a_hold() -> None:
    files = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*.yaml")}
    checked = check(files, catalog())
    assert [(problem.place, problem.message()) for problem in checked.problems] == []
    plan = checked.plans[NAME]
    actions = [step.action if isinstance(step, ActionStep) else step.kind for step in plan.steps]
    assert actions == ["mail.classify", "stop", "extract.message", "trello.upsert_card", "together"]
    both = plan.steps[-1]
    assert isinstance(both, TogetherStep)
    assert [step.kind for step in both.steps] == ["action", "steps"]
    assert plan.starts[0].kind == "imap.received"
    assert plan.starts[0].once_per == {"$expr": "event.message_id"}
