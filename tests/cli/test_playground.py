"""`wakeel playground`: it serves, and takes a mail as the demo's page does."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.cli.commands import Wakeel
from tests.cli.up.running import until
from tests.servers.process import end_group


def test_a_mail_without_a_demo_is_a_sentence(wakeel: Wakeel) -> None:
    said = wakeel("playground", "mail", "Hello")
    assert said.status == 1
    assert said.err.startswith("W5805")


def test_it_writes_where_it_is_and_ends_when_told(wakeel: Wakeel, tmp_path: Path) -> None:
    status = tmp_path / "playground.json"
    command = [sys.executable, "-m", "wakeel", "playground", "--status", str(status)]
    process = subprocess.Popen(command, env=wakeel.environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        until(status.exists)
        assert json.loads(status.read_text("utf-8")).keys() >= {"smtp", "imap", "mailbox", "trello", "slack", "caldav"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        end_group(process)
