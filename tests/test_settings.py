"""Settings come from arguments, then variables, then the workspace's own file, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from wakeel.settings import settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start with no variable of ours, in an empty folder."""
    import os

    for name in list(os.environ):
        if name.startswith("WAKEEL_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def workspace(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "wakeel.toml").write_text(text, "utf-8")
    return folder


def test_without_anything_the_defaults_hold() -> None:
    found = settings()
    assert (found.data, found.workspace, found.task_queue) == (Path(".wakeel"), Path("definitions"), "wakeel")
    assert (found.durable, found.heartbeat, found.language) == (True, 10.0, "en")


def test_the_workspaces_file_is_read(tmp_path: Path) -> None:
    folder = workspace(tmp_path, 'language = "ar"\nport = 9000\n')
    found = settings(workspace=folder)
    assert (found.language, found.port, found.workspace) == ("ar", 9000, folder)


def test_a_variable_wins_over_the_file_and_an_argument_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace(tmp_path, "port = 9000\nheartbeat = 3\n")
    monkeypatch.setenv("WAKEEL_WORKSPACE", str(folder))
    monkeypatch.setenv("WAKEEL_PORT", "9001")
    found = settings()
    assert (found.port, found.heartbeat, found.workspace) == (9001, 3.0, folder)
    assert settings(port=9002).port == 9002


def test_an_argument_that_was_not_given_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEEL_PORT", "9001")
    assert settings(port=None).port == 9001


def test_where_the_store_is_follows_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(data=tmp_path / "here").store_url == f"sqlite:///{tmp_path / 'here' / 'wakeel.db'}"
    monkeypatch.setenv("WAKEEL_STORE", "postgresql://db/wakeel")
    assert settings().store_url == "postgresql://db/wakeel"


@pytest.mark.parametrize(
    ("name", "value"), [("HEARTBEAT", "0.5"), ("LANGUAGE", "fr"), ("PORT", "many"), ("LOG", "loud")]
)
def test_a_value_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"WAKEEL_{name}", value)
    with pytest.raises(ValidationError):
        settings()


def test_secrets_in_the_environment_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEEL_SECRET_TOKEN", "word-7f3a9c")
    assert "7f3a9c" not in repr(settings())
