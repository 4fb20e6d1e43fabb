"""What every command has in common: it is found quickly, and an error is a sentence."""

from __future__ import annotations

import subprocess
import sys

from tests.cli.commands import ROOT, Wakeel

HEAVY = ("pydantic", "temporalio", "sqlalchemy", "yaml", "starlette", "rich")


def test_help_imports_nothing_heavy() -> None:
    look = f"import sys; import wakeel.cli.entry; print([m for m in {HEAVY} if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_help_names_every_command(wakeel: Wakeel) -> None:
    said = wakeel("--help").out
    names = (
        *("up", "check", "explain", "apply", "run", "runs", "show", "connections"),
        *("connectors", "secret", "doctor", "worker", "web", "playground"),
    )
    assert [name for name in names if f"  {name} " not in said] == []


def test_a_mistyped_command_is_guessed(wakeel: Wakeel) -> None:
    said = wakeel("rnus")
    assert said.status == 2
    assert "Did you mean 'runs'" in said.err


def test_a_setting_that_cannot_be_read_is_named(wakeel: Wakeel) -> None:
    said = wakeel("runs", WAKEEL_PORT="many")
    assert said.status == 1
    assert said.err.startswith("W5802  The setting WAKEEL_PORT")


def test_an_error_is_said_in_the_language_of_the_settings(wakeel: Wakeel) -> None:
    said = wakeel("show", "nothing", WAKEEL_LANGUAGE="ar")
    assert said.status == 1
    assert "لا يوجد تشغيل" in said.err


def test_a_workspace_that_is_not_there_is_named(wakeel: Wakeel) -> None:
    said = wakeel("check", WAKEEL_WORKSPACE="elsewhere")
    assert said.status == 1
    assert "W5809" in said.err
    assert "elsewhere" in said.err


def test_another_key_is_a_sentence(wakeel: Wakeel) -> None:
    assert wakeel("runs").status == 0
    (wakeel.data / "wakeel.key").unlink()
    said = wakeel("runs")
    assert said.status == 1
    assert said.err.startswith("W5907")
