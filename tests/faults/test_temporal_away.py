"""Temporal goes away, kindly or not, and comes back on the same file: nothing is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.faults.conftest import NewRig
from tests.faults.letters import shipped
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP, HOOK, SOON
from tests.faults.world import once
from tests.servers.cluster import cluster_server


@pytest.fixture
async def alone(new_rig: NewRig, servers_folder: Path) -> AsyncIterator[Rig]:
    """Give an installation with a Temporal server of its own."""
    with cluster_server(servers_folder / uuid4().hex, spaces=1) as cluster:
        rig = await new_rig(cluster)
        yield rig
        await rig.close()


@pytest.mark.parametrize("away", [3, pytest.param(60, marks=pytest.mark.nightly)])
async def test_a_delivery_that_comes_while_temporal_is_away_is_kept_and_handled_once(alone: Rig, away: float) -> None:
    alone.workspace.add_hook()
    await alone.apply()
    await alone.worker()
    web = await alone.web()
    alone.cluster.stop()

    assert await web.deliver("first", {"name": "first"}) == 202
    ten = await asyncio.gather(*(web.deliver("ten", {"name": "ten"}) for _ in range(10)))
    assert ten == [202] * 10
    assert await web.deliver("ten", {"name": "another body"}) == 409
    assert await web.deliver("other", {"name": "ten"}) == 202
    await asyncio.sleep(away)  # the time without Temporal is what is tested
    assert alone.world.cards == []

    alone.cluster.start()
    assert await alone.ended(HOOK, 3) == ["COMPLETED"] * 3
    assert sorted(alone.world.names) == ["first", "ten", "ten"]
    assert await web.deliver("first", {"name": "first"}) == 202
    assert await web.deliver("last", {"name": "last"}) == 202
    assert await alone.ended(HOOK, 4) == ["COMPLETED"] * 4
    assert sorted(alone.world.names) == ["first", "last", "ten", "ten"]


async def test_a_run_goes_on_after_temporal_was_killed_under_it(alone: Rig) -> None:
    alone.workspace.add_flagship(**SOON)
    await alone.apply()
    await alone.worker()
    await alone.watching()
    alone.world.chat.fault("slow", "POST /api/chat.postMessage", seconds=2)
    alone.world.mailbox.deliver(shipped("urgent-ar"))
    await until(lambda: alone.world.alerts, "the alert is on its way")
    alone.cluster.kill()
    alone.cluster.start()
    assert await alone.ended(FLAGSHIP, within=90) == ["COMPLETED"]
    assert alone.world.tally() == once()
