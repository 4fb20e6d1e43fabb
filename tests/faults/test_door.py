"""F3: whoever heard "yes" has exactly one run, wherever the door's processes died."""

from __future__ import annotations

import pytest

from tests.faults.rig import Rig
from tests.faults.workspace import HOOK

BODY = {"name": "only one"}


@pytest.mark.parametrize(("point", "status"), [("door.kept:1", 0), ("door.acknowledged:1", 202)])
async def test_a_delivery_is_handled_once_when_the_page_dies_around_its_answer(
    rig: Rig, point: str, status: int
) -> None:
    rig.workspace.add_hook()
    await rig.apply()
    web = await rig.web(crash=point)
    assert await web.deliver("one", BODY) == status
    await web.child.dies()
    web = await rig.web()
    assert await web.deliver("one", BODY) == 202  # a sender without a "yes" tries again
    await rig.worker()
    assert await rig.ended(HOOK) == ["COMPLETED"]
    assert await web.deliver("one", BODY) == 202
    assert await web.deliver("two", {"name": "the next"}) == 202
    assert await rig.ended(HOOK, 2) == ["COMPLETED"] * 2
    assert rig.world.names == ["only one", "the next"]


async def test_a_kept_delivery_is_handled_though_its_sender_never_comes_back(rig: Rig) -> None:
    rig.workspace.add_hook()
    await rig.apply()
    web = await rig.web(crash="door.kept:1")
    assert await web.deliver("one", BODY) == 0
    await web.child.dies()
    await rig.worker()
    assert await rig.ended(HOOK) == ["COMPLETED"]
    assert rig.world.names == ["only one"]


async def test_a_run_is_started_once_when_the_worker_dies_before_it_marks_the_start(rig: Rig) -> None:
    rig.workspace.add_hook()
    await rig.apply()
    web = await rig.web()
    worker = await rig.worker(crash="door.started:1")
    assert await web.deliver("one", BODY) == 202
    await worker.dies()
    await rig.worker()
    assert await rig.ended(HOOK) == ["COMPLETED"]
    assert await web.deliver("two", {"name": "the next"}) == 202
    assert await rig.ended(HOOK, 2) == ["COMPLETED"] * 2
    assert rig.world.names == ["only one", "the next"]
