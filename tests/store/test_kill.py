"""What a process that is killed leaves behind."""

from __future__ import annotations

import pytest

from tests.store.made import KEY, LEASE, Opener, T, child, claim, line
from wakeel.store import StoreError

STEP = "nour/triage/1/steps/0"
DIES = f"""
import asyncio, os, signal, sys
from pathlib import Path
from tests.store.made import claim, event
from wakeel.store import Store
async def main() -> None:
    store = await Store.open(sys.argv[1], data=Path(sys.argv[2]), key={KEY!r}, env={{}})
    print((await claim(store, "{STEP}", "dead")).state, flush=True)
    print((await store.events.keep([event("1")]))[0].new, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


async def test_what_a_killed_process_meant_is_busy_for_its_lease_and_then_a_repeat(opener: Opener) -> None:
    process = await child(DIES, opener.url, str(opener.data))
    assert [await line(process), await line(process)] == ["new", "True"]
    assert await process.wait() == -9
    store = await opener.open()
    assert (await claim(store, STEP, "b", now=T + LEASE - 1)).state == "busy"
    assert (await claim(store, STEP, "b", now=T + LEASE)).state == "repeat"
    assert [one.key for one in await store.events.unmatched(9)] == ["1"]


@pytest.mark.parametrize("address", ["mysql://x", "sqlite:/x", "sqlite:///", "wakeel.db", "postgresql://h:port/x"])
async def test_an_address_of_nothing_we_know_is_refused(address: str, opener: Opener) -> None:
    opener.url = address
    with pytest.raises(StoreError) as caught:
        await opener.open()
    assert caught.value.code == "W5913"
