"""`wakeel doctor`: what is well, what is not, and what to do."""

from __future__ import annotations

from tests.cli.commands import Wakeel
from tests.cli.office import BROKEN


def levels(wakeel: Wakeel) -> dict[str, str]:
    """Return the doctor's findings by name."""
    return {row["name"]: row["level"] for row in wakeel("doctor", "--json").json()}


def test_a_working_installation_is_well(working: Wakeel) -> None:
    working("secret", "set", "HOOK", stdin="x")
    said = working("doctor")
    assert said.status == 0
    assert not {"warn", "bad"} & set(levels(working).values())


def test_what_is_missing_is_named_with_what_to_do(wakeel: Wakeel) -> None:
    wakeel("apply")
    (wakeel.workspace / "recipes/greet.yaml").write_text(BROKEN, "utf-8")
    (wakeel.data / "wakeel.key").chmod(0o644)
    said = wakeel("doctor")
    assert said.status == 1
    assert "wakeel secret set HOOK" in said.out
    found = levels(wakeel)
    assert (found["secret"], found["temporal_away"], found["problems"]) == ("bad", "bad", "bad")
    assert (found["key_open"], found["store"]) == ("warn", "ok")


def test_a_store_that_does_not_open_is_a_finding(wakeel: Wakeel) -> None:
    wakeel("runs")
    (wakeel.data / "wakeel.key").unlink()
    said = wakeel("doctor", "--json")
    assert said.status == 1
    assert said.json()[0]["level"] == "bad"
    assert "another key" in said.json()[0]["message"]
