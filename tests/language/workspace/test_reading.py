"""A right workspace, and any text at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wakeel.language.catalog import Catalog
from wakeel.language.plan import Person
from wakeel.language.problems import Problems
from wakeel.language.workspace import Workspace, read
from wakeel.sdk.calendar import Holiday

Files = dict[str, str]
Reading = Callable[[Files], tuple[Workspace, Problems]]


def test_a_client_is_read_with_people_calendar_and_facts(workspace: Workspace) -> None:
    noor = workspace.clients["noor"]
    assert (noor.facts.name, noor.facts.language, noor.authority) == ("مخبز نور", "ar", "templates")
    assert noor.facts.people["owner"] == Person(name="نور", email="noor@example.com", reach=("slack", "mail"))
    assert noor.facts.people["va"] == Person(name="Mona", reach=("mail",))
    assert noor.facts.facts == {"address": "12 شارع النيل", "days": ["sunday", "monday"]}
    calendar = noor.facts.calendar
    assert (calendar.time_zone, calendar.week_starts, calendar.weekend) == ("Africa/Cairo", 6, (4, 5))
    assert (calendar.opens, calendar.closes) == (time(9), time(17))
    assert calendar.holidays == (Holiday(date=date(2027, 3, 9), until=date(2027, 3, 11), name="عيد الفطر"),)


def test_a_client_who_says_little_gets_the_defaults(workspace: Workspace) -> None:
    bright = workspace.clients["bright"]
    assert (bright.facts.name, bright.facts.language, bright.authority) == ("bright", "en", "draft")
    assert (bright.facts.calendar.week_starts, bright.facts.calendar.weekend) == (0, (5, 6))


def test_accounts_and_activations_keep_their_places(workspace: Workspace) -> None:
    noor = workspace.clients["noor"]
    assert [use.connection for use in noor.accounts["mail"]] == ["noor-mailbox", "noor-smtp"]
    assert [use.connection for use in noor.accounts["slack"]] == ["noor-slack"]
    triage, report = noor.activations["triage"], noor.activations["report"]
    assert (triage.state, triage.place.file, triage.place.column) == ("live", "clients/noor.yaml", 3)
    assert (report.state, report.settings) == ("live", None)


def test_an_activation_can_be_paused(files: Files, reading: Reading) -> None:
    files["clients/noor.yaml"] = files["clients/noor.yaml"].replace("state: live", "state: paused")
    workspace, problems = reading(files)
    assert (workspace.clients["noor"].activations["triage"].state, list(problems)) == ("paused", [])


def test_a_connection_s_fields_are_typed_complete_and_without_secrets(workspace: Workspace) -> None:
    mailbox = workspace.connections["noor-mailbox"]
    assert (mailbox.connector.name, mailbox.client) == ("imap", "noor")
    assert mailbox.fields == {
        "host": "imap.example.com",
        "port": 993,
        "username": "info@example.com",
        "password": "secret://NOOR_MAIL",
        "security": "tls",
        "files_sent": False,
        "timeout": "PT1M",
    }
    assert mailbox.settings().model_dump()["timeout"] == timedelta(minutes=1)
    assert workspace.connections["noor-smtp"].fields["port"] == 465
    assert workspace.connections["noor-smtp"].fields["files_sent"] is True
    assert "password" not in workspace.connections["noor-smtp"].fields
    assert workspace.connections["everyone"].fields["headers"] == {"Authorization": "secret://X", "Accept": "text/html"}


def test_recipes_and_replies_are_found_by_name(workspace: Workspace) -> None:
    assert workspace.recipes == {
        "triage": "recipes/mail/triage.yaml",
        "report": "recipes/office/report.yaml",
    }
    assert workspace.replies == {"replies/thanks": "Thanks, {{ name }}\n"}


def test_an_empty_folder_is_an_empty_workspace(reading: Reading) -> None:
    workspace, problems = reading({})
    assert (workspace.clients, workspace.connections, list(problems)) == ({}, {}, [])


def test_the_example_client_names_only_connections_that_the_example_has() -> None:
    from wakeel.catalog import catalog

    root = Path(__file__).parents[3] / "definitions"
    paths = [root / "clients" / "example.yaml", root / "connections.yaml", *root.glob("recipes/**/*.yaml")]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    problems = Problems()
    workspace = read(files, catalog(), problems)
    assert [p.as_json() for p in problems] == []
    assert set(workspace.clients["example"].accounts) == {"mail", "calendar", "trello", "slack"}


WORDS = """client name language time_zone week starts weekend hours holidays date until accounts people owner email
reach authority facts recipes triage state settings connections noor slack connector host port password token headers
en ar - secret://A xoxb-123456 imap http shared noor-slack 30m [ ] { } ${a} '' " | > # : , yes 2026-11-22"""
KEYS = st.sampled_from(WORDS.split())
LINES = st.lists(
    st.tuples(st.integers(0, 4), KEYS, st.sampled_from([": ", ":", "", ": [", ": {"]), KEYS | st.text(max_size=8)),
    max_size=25,
)
YAMLISH = st.one_of(
    st.text(max_size=300),
    LINES.map(lambda rows: "\n".join(f"{'  ' * depth}{key}{colon}{value}" for depth, key, colon, value in rows)),
)


@pytest.mark.parametrize("file", ["clients/noor.yaml", "connections.yaml"])
@given(text=YAMLISH)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reading_never_raises_whatever_a_file_says(file: str, text: str, files: Files, shelf: Catalog) -> None:
    problems = Problems()
    given_files = {path: old.encode() for path, old in files.items()} | {file: text.encode("utf-8", "replace")}
    read(given_files, shelf, problems)
    for problem in problems:
        assert problem.message("ar") is not None
        assert problem.hint("en") is not None


@given(spot=st.integers(0, 900), cut=st.integers(0, 12), put=st.text(alphabet="abn:-[]{}\"'#\n ,|&*!é١", max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reading_never_raises_on_a_slip_of_the_hand(
    spot: int, cut: int, put: str, files: Files, shelf: Catalog
) -> None:
    text = files["clients/noor.yaml"]
    files = files | {"clients/noor.yaml": text[:spot] + put + text[spot + cut :]}
    read({path: old.encode() for path, old in files.items()}, shelf, Problems())
