"""Every event source that is asked for has one owner, which reads on from where it stood."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle

from tests.faults.waiting import until, until_told
from tests.triggers.conftest import SOURCE, Fish, House
from wakeel.language.plan import SourceStart
from wakeel.sdk import AuthError, Unavailable
from wakeel.store import ConnectionRow
from wakeel.triggers.owners import owner_id, sources


def owner(house: House, kind: str = "caught") -> WorkflowHandle[Any, Any]:
    return house.client.get_workflow_handle(f"{house.prefix}/_trigger/nour-pond/pond.{kind}")


async def running(house: House, kind: str = "caught") -> bool:
    return (await owner(house, kind).describe()).status == WorkflowExecutionStatus.RUNNING


async def begin(house: House, kind: str = "caught", *, fish: int = 2) -> None:
    """Make a plan live over a pond that has fish already, and wait for the first look."""
    house.pond.fish = [Fish(n=n) for n in range(1, fish + 1)]
    await house.live(house.plan(house.start(kind)))
    await house.owners.reconcile()
    await until(lambda: len(house.pond.looks) >= 2, "the pond was looked at again")


@pytest.mark.parametrize("kind", ["caught", "seen"])
async def test_a_first_look_remembers_and_later_ones_tell(working: House, kind: str) -> None:
    await begin(working, kind)
    working.pond.fish += [Fish(n=3), Fish(n=4)]

    async def kept() -> bool:
        return len(await working.kept()) == 2

    await until_told(kept, "both new fish are kept")
    assert await working.kept() == ["f:3", "f:4"]
    assert [reached for _args, reached in working.pond.looks][:2] == [None, 2]


async def test_reconciling_twice_changes_nothing(working: House) -> None:
    await begin(working)
    told = await owner(working).describe()
    for _turn in range(3):
        await working.owners.reconcile()
    after = await owner(working).describe()
    assert after.run_id == told.run_id
    signals = [e async for e in owner(working).fetch_history_events() if e.event_type == 26]
    assert len(signals) == 1  # the one that came with its start


@pytest.mark.parametrize("kind", ["caught", "seen"])
async def test_what_another_activation_asks_for_is_read_from_the_same_place(working: House, kind: str) -> None:
    await begin(working, kind)
    pike = working.plan(working.start(kind, args={"kind": "pike"}), recipe="pikes")
    await working.live(working.plan(working.start(kind)), pike)
    working.pond.looks.clear()
    await working.owners.reconcile()
    await until(
        lambda: "pike" in working.pond.looks[-1][0].kinds if working.pond.looks else False, "both are asked for"
    )
    assert set(working.pond.looks[-1][0].kinds) == {"", "pike"}
    assert working.pond.looks[-1][1] == 2
    if kind == "seen":
        await until(lambda: working.pond.watching == 1, "one watch is left")


async def test_a_changed_account_is_read_anew_at_once(working: House) -> None:
    await begin(working, "seen")
    assert working.pond.opened == ["still"]
    row = ConnectionRow("nour-pond", "pond", working.prefix, {"water": "wild"}, "2")
    await working.store.plans.apply([working.plan(working.start("seen"))], [row], {})
    await working.owners.reconcile()
    await until(lambda: working.pond.opened == ["still", "wild"], "the account was opened again")


@pytest.mark.parametrize("kind", ["caught", "seen"])
async def test_an_owner_that_nobody_needs_ends(working: House, kind: str) -> None:
    await begin(working, kind)
    assert await running(working, kind)
    await working.live()
    await working.owners.reconcile()
    await owner(working, kind).result()
    assert working.pond.watching == 0
    await working.owners.reconcile()


async def test_an_owner_whose_account_is_refused_ends_at_once_all_the_same(working: House) -> None:
    working.pond.error = AuthError("wrong password")
    await working.live(working.plan())
    await working.owners.reconcile()
    await until(lambda: len(working.pond.looks) == 1, "the pond was looked at")
    await working.live()
    await working.owners.reconcile()
    async with asyncio.timeout(60):
        await owner(working).result()


async def test_a_paused_activation_keeps_its_owner(working: House) -> None:
    await begin(working)
    await working.live(working.plan(state="paused"))
    await working.owners.reconcile()
    assert await running(working)


async def test_an_owner_of_another_installation_is_left_alone(working: House) -> None:
    await begin(working)
    other = House(working.client, working.store, "another-queue", working.pond)
    await other.owners.reconcile()
    assert f"{working.prefix}/_trigger/nour-pond/pond.caught" in await working.owners.running()
    await other.client.get_workflow_handle(owner(working).id).describe()
    assert await running(working)


async def test_a_refused_login_is_not_tried_again_for_minutes(working: House) -> None:
    working.pond.error = AuthError("wrong password")
    await working.live(working.plan())
    await working.owners.reconcile()

    async def waits() -> bool:
        found = (await owner(working).describe()).raw_description.pending_activities
        return bool(found) and found[0].attempt == 2

    await until_told(waits, "the next look is put off")
    pending = (await owner(working).describe()).raw_description.pending_activities[0]
    put_off = pending.next_attempt_schedule_time.ToSeconds() - pending.last_attempt_complete_time.ToSeconds()
    assert 290 <= put_off <= 310
    assert len(working.pond.looks) == 1
    working.pond.error = None
    await owner(working).signal("again")  # what a mended account makes of it
    await until(lambda: len(working.pond.looks) >= 2, "the pond is looked at again at once")


async def test_a_source_that_is_away_is_never_given_up(working: House) -> None:
    await begin(working)
    working.pond.error = Unavailable("frozen over")
    working.pond.looks.clear()
    await until(lambda: len(working.pond.looks) >= 2, "the pond was tried again")
    working.pond.fish.append(Fish(n=3))
    working.pond.error = None

    async def kept() -> bool:
        return await working.kept() == ["f:3"]

    await until_told(kept, "the fish is kept")


async def test_the_cursor_moves_only_behind_events_that_are_kept(working: House) -> None:
    from wakeel.store.database import ask

    await begin(working)
    (pages,) = await working.store.database.write(ask("PRAGMA page_count"))
    await working.store.database.write(ask(f"PRAGMA max_page_count = {pages[0]}"))
    working.pond.fish.append(Fish(n=3, kind="x" * 200_000))  # more than there is room for
    working.pond.looks.clear()
    await until(lambda: len(working.pond.looks) >= 2, "the pond was looked at again")
    assert await working.kept() == []
    assert {reached for _args, reached in working.pond.looks} == {2}
    await working.store.database.write(ask("PRAGMA max_page_count = 1000000"))

    async def kept() -> bool:
        return await working.kept() == ["f:3"]

    await until_told(kept, "the fish is kept")


async def test_a_source_of_a_shared_account_belongs_to_nobody(house: House) -> None:
    row = ConnectionRow("nour-pond", "pond", "shared", {}, "7")
    [found] = sources([house.plan(), house.plan(recipe="other")], {"nour-pond": row}, heartbeat=3)
    assert owner_id(found) == f"shared/_trigger/{SOURCE}"
    assert (found.client, found.version, found.every, found.asked) == ("shared", "7", 1.0, [{}])


async def test_what_this_installation_does_not_have_is_left_out(house: House) -> None:
    gone = house.plan(house.start(kind="gone"), house.start(connection="no-such"))
    row = ConnectionRow("nour-pond", "pond", house.prefix, {}, "7")
    assert list(sources([gone], {"nour-pond": row}, heartbeat=3)) == []


def test_an_old_owners_argument_can_still_be_read() -> None:
    old = {"source": "s", "kind": "imap.received", "client": "nour", "connection": "c", "asked": [], "heartbeat": 1.0}
    assert SourceStart.model_validate(old).version == ""
