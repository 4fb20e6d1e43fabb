"""F5: the worker dies between fetching a mail and moving the cursor: the mail starts one run."""

from __future__ import annotations

import asyncio

from tests.faults.conftest import NewRig
from tests.faults.letters import shipped
from tests.faults.rig import Rig
from tests.faults.workspace import FLAGSHIP, SOON
from tests.faults.world import Json, once

POINTS = ("watch.fetched:1", "watch.kept:1", "door.kept:1")


async def killed(rig: Rig, point: str) -> Json:
    """Let a worker die with a new mail in its hand, start another one, and count the effects."""
    rig.workspace.add_flagship(**SOON)
    await rig.apply()
    worker = await rig.worker(crash=point)
    await rig.watching()
    rig.world.mailbox.deliver(shipped("urgent-ar"))
    await worker.dies()
    await rig.worker()
    await rig.ended(FLAGSHIP)
    tally = rig.world.tally()
    await rig.close()
    return tally


async def test_a_mail_in_the_hand_of_a_killed_worker_starts_one_run(new_rig: NewRig) -> None:
    rigs = [await new_rig() for _ in POINTS]
    found = await asyncio.gather(*(killed(rig, point) for rig, point in zip(rigs, POINTS, strict=True)))
    assert dict(zip(POINTS, found, strict=True)) == dict.fromkeys(POINTS, once())
