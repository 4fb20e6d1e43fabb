"""A server of the tests that is missing, dies early or leaves children behind cannot look like a pass."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.servers.process import free_port, served
from tests.servers.programs import needed, program

FORKING = """
import os, socket, sys, time
door = socket.create_server(("127.0.0.1", int(sys.argv[1])))
if child := os.fork():
    open("child", "w").write(str(child))
time.sleep(60)
"""


def test_a_missing_server_is_a_loud_skip_at_home(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    outcome = pytest.fail.Exception if pytestconfig.getoption("--require-servers") else pytest.skip.Exception
    with pytest.raises(outcome, match=r"NOT TESTED: no-such-server is missing\. Install it with: apt-get install x"):
        needed(pytestconfig, "no-such-server", "apt-get install x")


def test_a_missing_server_is_an_error_in_ci(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="NOT TESTED"):
        needed(pytestconfig, "no-such-server", "apt-get install x")


def test_programs_of_wheels_are_found_without_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert program("temporal")
    assert program("temporal-test-server")


def test_a_server_that_dies_says_what_it_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('the port is taken')"]
    with pytest.raises(RuntimeError, match="the port is taken"), served(command, free_port(), tmp_path):
        pass


def test_children_end_with_their_server(tmp_path: Path) -> None:
    port = free_port()
    with served([sys.executable, "-c", FORKING, str(port)], port, tmp_path) as server:
        child = tmp_path / "child"
        while not child.exists() or not child.read_text():
            os.sched_yield()
        group = server.pid
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)
