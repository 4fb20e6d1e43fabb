"""Logs say where something went wrong, and never what it was about."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from wakeel.logs import blame, hide

ROOT = Path(__file__).parent.parent
WRITES = """
import logging, structlog
from wakeel.logs import configure
configure("info")
log = structlog.get_logger()
log.debug("too_quiet")
log.info("opened", connection="nour-trello", api_token="word-7f3a9c", Password="word-7f3a9c", name="نور", odd=object)
logging.getLogger("library").info("too quiet")
"""
CLASH = """
import sys, types
other = types.ModuleType("workflows")
other.__file__ = "/usr/lib/python3/workflows/__init__.py"
sys.modules["workflows"] = other
from wakeel._path import use_app_root
use_app_root()
"""


def ran(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_line_is_json_without_secrets() -> None:
    done = ran(WRITES)
    assert done.stdout == ""
    [line] = [json.loads(text) for text in done.stderr.splitlines()]
    assert (line["event"], line["level"], line["name"], line["connection"]) == ("opened", "info", "نور", "nour-trello")
    assert (line["api_token"], line["Password"]) == ("…", "…")
    assert "7f3a9c" not in done.stderr


def test_blame_names_the_place_where_it_happened_and_no_value() -> None:
    try:
        json.loads('"word-7f3a9c')
    except ValueError as error:
        said = blame(error)
    assert said["error"] == "JSONDecodeError"
    assert said["where"].startswith("json.decoder:")
    assert "7f3a9c" not in str(said)
    assert blame(KeyError("never raised")) == {"error": "KeyError", "where": ""}


def test_hiding_leaves_other_fields_alone() -> None:
    assert hide(None, "info", {"key": 1, "run": 2, "secret_name": 3}) == {"key": "…", "run": 2, "secret_name": "…"}


def test_a_name_of_ours_that_is_somebody_elses_stops_the_start_with_a_sentence() -> None:
    done = ran(CLASH)
    assert done.returncode == 1
    assert "“workflows” was imported from /usr/lib/python3/workflows" in done.stderr
    assert "Traceback" not in done.stderr
