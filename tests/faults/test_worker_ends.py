"""F15: a worker that is told to end finishes the call that it is at, and another one goes on."""

from __future__ import annotations

import signal
import time

from tests.faults.letters import shipped
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP, SOON
from tests.faults.world import once

DRAIN = 30  # seconds


async def test_a_worker_that_is_told_to_end_finishes_its_call_first(rig: Rig) -> None:
    rig.workspace.add_flagship(**SOON)
    await rig.apply()
    worker = await rig.worker()
    await rig.watching()
    rig.world.chat.fault("slow", "POST /api/chat.postMessage", seconds=2)
    rig.world.mailbox.deliver(shipped("urgent-ar"))
    await until(lambda: rig.world.alerts, "the alert is on its way")
    told = time.monotonic()
    worker.send(signal.SIGTERM)
    await until(lambda: not worker.alive, "the worker ends", DRAIN)
    assert time.monotonic() - told < DRAIN
    assert worker.process.returncode == 0
    await rig.worker()
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]
    assert rig.world.tally() == once()
