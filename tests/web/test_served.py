"""`wakeel web` as a process: it takes deliveries over a real connection, and ends when told to."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx2

from tests.cli.commands import Wakeel
from tests.cli.office import HOOK_TOKEN, furnish
from tests.web.served import web


def test_a_delivery_over_a_real_connection(tmp_path: Path) -> None:
    wakeel = Wakeel(tmp_path / "data", furnish(tmp_path / "workspace"))
    assert wakeel("apply").status == 0
    wakeel("secret", "set", "HOOK", stdin=HOOK_TOKEN)
    headers = {"X-Wakeel-Token": HOOK_TOKEN}
    with web(wakeel, tmp_path) as (address, process):
        answer = httpx2.post(f"{address}/hooks/bakery-hook", content=b'{"number": 7}', headers=headers)
        assert answer.status_code == 202
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
