"""The archive of runs."""

from __future__ import annotations

from tests.store.made import LEASE, T, arrive
from wakeel.store import RunRow, Store
from wakeel.store.database import ask


async def started(store: Store, *runs: str) -> None:
    await arrive(store, *runs)
    for row in await store.events.claim_due("me", 9, now=T, lease=LEASE):
        await store.events.started(row.id, f"t{row.key}")


async def test_a_started_run_is_open_until_it_is_archived(store: Store) -> None:
    await started(store, "1", "2")
    assert set(await store.runs.open_ids()) == {"nour/triage/1", "nour/triage/2"}
    await store.runs.archive([RunRow("nour/triage/1", "t1", "completed", T, b'{"state": "completed"}')])
    assert set(await store.runs.open_ids()) == {"nour/triage/2"}


async def test_an_archived_run_shows_when_it_began_how_it_ended_and_its_result(store: Store) -> None:
    await started(store, "1")
    await store.runs.archive([RunRow("nour/triage/1", "t9", "failed", T, b'{"message": "stopped"}')])
    run = await store.runs.get("nour/triage/1")
    assert run is not None
    assert (run.state, run.temporal_run_id, run.closed_at) == ("failed", "t9", T)
    assert (run.started_at is not None, run.version, run.result) == (True, "v1", b'{"message": "stopped"}')


async def test_a_run_that_was_archived_before_its_start_was_written_is_whole_afterwards(store: Store) -> None:
    await arrive(store, "1")
    await store.runs.archive([RunRow("nour/triage/1", "t1", "completed", T, b"{}")])
    (row,) = await store.database.read(ask("SELECT id FROM matches"))
    await store.events.started(row["id"], "t1")
    run = await store.runs.get("nour/triage/1")
    assert run is not None
    assert (run.client, run.recipe, run.version, run.state) == ("nour", "triage", "v1", "completed")


async def test_a_list_is_filtered_and_short(store: Store) -> None:
    rows = [
        RunRow(f"{client}/{recipe}/1", "t", "completed", T + n)
        for n, (client, recipe) in enumerate([("nour", "a"), ("nour", "b"), ("other", "a")])
    ]
    await store.runs.archive([*rows, RunRow("nour/a/2", "t", "failed", T + 9)])
    assert [run.run_id for run in await store.runs.list()] == ["nour/a/2", "other/a/1", "nour/b/1", "nour/a/1"]
    assert [run.run_id for run in await store.runs.list(client="nour", limit=2)] == ["nour/a/2", "nour/b/1"]
    assert [run.run_id for run in await store.runs.list(recipe="a", state="completed")] == ["other/a/1", "nour/a/1"]


async def test_a_result_is_never_plain_text_in_the_database(store: Store) -> None:
    await store.runs.archive([RunRow("nour/a/1", "t", "completed", T, b"canary")])
    (row,) = await store.database.read(ask("SELECT result FROM runs"))
    assert b"canary" not in row["result"]


async def test_an_unknown_run_is_nothing(store: Store) -> None:
    assert await store.runs.get("nour/a/1") is None
