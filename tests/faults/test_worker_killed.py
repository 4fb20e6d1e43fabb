"""F1, A2: the worker is killed at every point of every step that writes, and each effect is there once."""

from __future__ import annotations

import asyncio
import signal

import pytest

from tests.faults.conftest import NewRig
from tests.faults.letters import shipped
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP, SOON
from tests.faults.world import Json, once

POINTS = ("call.intended", "call.acted", "call.recorded")
STEPS = range(1, 6)  # card, alert, hold, link, label: those side by side in an order of their own
CASES = [f"{point}:{step}" for point in POINTS for step in STEPS]
AT_ONCE = 8  # installations at work: most of a case is waiting for leases


@pytest.fixture(scope="session")
async def after_kill(new_rig: NewRig) -> dict[str, Json | BaseException]:
    """Kill a worker in each of the cases, and return what was there in the end."""
    free = asyncio.Semaphore(AT_ONCE)

    async def admitted(case: str) -> Json:
        async with free:
            return await killed(await new_rig(), case)

    ends = await asyncio.gather(*map(admitted, CASES), return_exceptions=True)
    return dict(zip(CASES, ends, strict=True))


async def killed(rig: Rig, case: str) -> Json:
    """Let a worker die in the middle of a run, start another one, and count the effects."""
    rig.workspace.add_flagship(**SOON)
    await rig.apply()
    worker = await rig.worker(crash=case)
    await rig.watching()
    rig.world.mailbox.deliver(shipped("urgent-ar"))
    await worker.dies()
    await rig.worker()
    ended = await rig.ended(FLAGSHIP)
    tally = rig.world.tally() | {"runs": ended}
    await rig.close()
    return tally


@pytest.mark.parametrize("case", CASES)
def test_a_killed_worker_leaves_no_effect_out_and_makes_none_twice(
    case: str, after_kill: dict[str, Json | BaseException]
) -> None:
    tally = after_kill[case]
    if isinstance(tally, BaseException):
        raise tally
    assert tally == once() | {"runs": ["COMPLETED"]}


async def test_a_worker_that_slept_through_its_lease_does_not_act_when_it_wakes(rig: Rig) -> None:
    rig.workspace.add_flagship(**SOON)
    await rig.apply()
    sleeper = await rig.worker(crash="call.intended:1:stop")
    await rig.watching()
    rig.world.mailbox.deliver(shipped("urgent-ar"))
    await until(lambda: sleeper.asleep, "the worker was stopped")
    await rig.worker()
    await until(lambda: rig.world.cards, "the other worker has made the card")
    sleeper.send(signal.SIGCONT)
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]
    assert sleeper.alive
    assert rig.world.tally() == once()
