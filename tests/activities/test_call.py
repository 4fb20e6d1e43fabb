"""Each effect happens once by its key: every row of the ledger, and every way in which a call can end."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from tests.activities.conftest import KEY, Desk, Out, Refused, Service, opened
from wakeel.sdk import AuthError, Maybe, RateLimited, Rejected, Unavailable
from wakeel.store import Store
from wakeel.store.database import ask

WRITES = ["keyed", "found", "once"]


@pytest.mark.parametrize("action", WRITES)
async def test_a_new_call_acts_and_is_recorded(desk: Desk, service: Service, action: str) -> None:
    assert await desk.call(action, args={"text": "نور"}) == {"n": 1, "text": "نور"}
    row = await desk.row()
    assert row
    assert (row.state, row.action, row.step, row.client) == ("done", f"trial.{action}", "steps/0", "nour")
    assert json.loads(row.result or b"") == {"n": 1, "text": "نور"}
    assert json.loads(row.input or b"") == {"text": "نور", "count": 0}
    assert [(call.key, call.repeat) for call in service.calls] == [(KEY, False)]


@pytest.mark.parametrize("action", WRITES)
async def test_a_done_call_is_returned_without_acting_on_any_worker(
    desk: Desk, service: Service, action: str, store: Store
) -> None:
    first = await desk.call(action)
    assert await desk.call(action) == await Desk(store, service).call(action) == first
    assert len(service.calls) == 1


async def test_what_its_inverse_needs_is_kept(desk: Desk) -> None:
    await desk.call("keyed", args={"text": "x"})
    row = await desk.row()
    assert row
    assert json.loads(row.undo or b"") == {
        "undo": "trial.undo",
        "input": {"text": "x"},
        "result": {"n": 1, "text": "x"},
    }


async def test_while_an_earlier_attempt_may_be_running_the_call_waits(desk: Desk, service: Service) -> None:
    await desk.claimed(lease=5)
    failure = await desk.fails("keyed")
    assert (failure.type, failure.non_retryable) == ("Unavailable", False)
    assert failure.next_retry_delay
    assert timedelta(seconds=4) < failure.next_retry_delay < timedelta(seconds=6)
    assert service.calls == []


async def test_after_a_lost_attempt_a_keyed_call_is_repeated(desk: Desk, service: Service) -> None:
    await desk.claimed(lease=-1)
    assert await desk.call("keyed") == {"n": 1, "text": ""}
    assert [call.repeat for call in service.calls] == [True]


async def test_after_a_lost_attempt_a_found_call_looks_first(desk: Desk, service: Service) -> None:
    await desk.claimed(lease=-1)
    service.found = Out(n=7)
    assert await desk.call("found") == {"n": 7, "text": ""}
    assert (len(service.finds), len(service.calls)) == (1, 0)
    assert await desk.call("found") == {"n": 7, "text": ""}
    assert len(service.finds) == 1


async def test_a_found_call_acts_where_nothing_is_found(desk: Desk, service: Service) -> None:
    await desk.claimed(lease=-1)
    assert await desk.call("found") == {"n": 1, "text": ""}
    assert (len(service.finds), len(service.calls)) == (1, 1)


async def test_after_a_lost_attempt_a_call_that_nothing_guards_asks_a_person(desk: Desk, service: Service) -> None:
    await desk.claimed(lease=-1)
    for _turn in range(2):
        failure = await desk.fails("once")
        assert (failure.type, failure.non_retryable) == ("Maybe", True)
    row = await desk.row()
    assert row
    assert (row.state, row.uncertain) == ("intended", True)
    assert service.calls == []


async def test_a_persons_no_lets_it_act_once_more(desk: Desk, service: Service, store: Store) -> None:
    service.script = [Maybe("no answer"), Maybe("no answer")]
    assert (await desk.fails("once")).type == "Maybe"
    assert await store.effects.answer(KEY, went_out=False, by="mona", now=time.time())
    assert (await desk.fails("once")).type == "Maybe"
    assert [call.repeat for call in service.calls] == [False, False]
    assert (await desk.fails("once")).non_retryable  # the answer was for that attempt only
    assert len(service.calls) == 2


async def test_a_persons_yes_is_the_end_of_it(desk: Desk, service: Service, store: Store) -> None:
    service.script = [Maybe("no answer")]
    await desk.fails("once")
    assert await store.effects.answer(KEY, went_out=True, by="mona", now=time.time())
    assert await desk.call("once") is None
    assert len(service.calls) == 1


async def test_what_was_taken_back_is_not_done_again(desk: Desk, service: Service, store: Store) -> None:
    await desk.call("keyed")
    assert await store.effects.undone(KEY)
    failure = await desk.fails("keyed")
    assert (failure.type, failure.details, failure.non_retryable) == ("Rejected", ("W5006",), True)
    assert len(service.calls) == 1


@pytest.mark.parametrize(
    "error", [Unavailable("away"), RateLimited("slow"), Rejected("no"), AuthError("who"), Refused()]
)
@pytest.mark.parametrize("action", WRITES)
async def test_what_surely_did_not_act_leaves_no_trace(
    desk: Desk, service: Service, action: str, error: Exception
) -> None:
    service.script = [error]
    await desk.fails(action)
    assert await desk.row() is None
    await desk.call(action)
    assert [call.repeat for call in service.calls] == [False, False]


@pytest.mark.parametrize("action", ["keyed", "found"])
async def test_what_may_have_acted_is_repeated_at_once_and_stays_uncertain(
    desk: Desk, service: Service, action: str
) -> None:
    service.script = [Maybe("no answer"), Unavailable("away")]
    failure = await desk.fails(action)
    assert (failure.type, failure.non_retryable) == ("Maybe", False)
    assert (await desk.fails(action)).type == "Unavailable"
    row = await desk.row()
    assert row
    assert (row.state, row.uncertain) == ("intended", True)
    await desk.call(action)
    assert [call.repeat for call in service.calls] == [False, True, True]


async def test_where_nothing_guards_a_repeat_an_uncertain_end_is_not_retried(desk: Desk, service: Service) -> None:
    service.script = [Maybe("no answer")]
    assert (await desk.fails("once")).non_retryable
    assert (await desk.fails("once")).non_retryable
    assert len(service.calls) == 1


async def test_reading_writes_nothing_down(desk: Desk, service: Service) -> None:
    service.script = [Maybe("no answer")]
    assert not (await desk.fails("read")).non_retryable
    assert await desk.call("read") == {"n": 2, "text": ""}
    assert await desk.row() is None
    assert not any(call.repeat for call in service.calls)


async def test_an_effect_that_hangs_on_the_values_is_found_before_the_act(desk: Desk, service: Service) -> None:
    service.script = [Maybe("no answer"), Maybe("no answer")]
    assert not (await desk.fails("hangs", args={"count": 0})).non_retryable
    assert await desk.row() is None
    assert (await desk.fails("hangs", args={"count": 1})).non_retryable
    assert await desk.row() is not None


@pytest.mark.parametrize("action", ["read", "keyed"])
async def test_a_result_that_a_history_should_not_carry_is_refused_each_time(
    desk: Desk, service: Service, action: str
) -> None:
    for _turn in range(2):
        failure = await desk.fails(action, args={"text": "ن" * 140_000})  # two bytes each
        assert (failure.type, failure.details) == ("Rejected", ("W5008",))
    assert len(service.calls) == {"read": 2, "keyed": 1}[action]


async def test_values_that_do_not_fit_are_named_and_never_shown(desk: Desk, service: Service) -> None:
    failure = await desk.fails("keyed", args={"count": "sentinel"})
    assert (failure.type, failure.details) == ("Rejected", ("W5005",))
    assert "count" in failure.message
    assert "sentinel" not in failure.message
    assert (service.calls, await desk.row()) == ([], None)


async def test_an_attempt_that_overslept_its_lease_does_not_act(desk: Desk, service: Service) -> None:
    assert (await desk.fails("once", heartbeat=0)).type == "Unavailable"
    assert (service.calls, await desk.row()) == ([], None)


async def test_nothing_is_done_while_nothing_can_be_written_down(desk: Desk, service: Service, store: Store) -> None:
    await desk.call("read")  # the account is open
    (pages,) = await store.database.write(ask("PRAGMA page_count"))
    await store.database.write(ask(f"PRAGMA max_page_count = {pages[0]}"))
    failure = await desk.fails("once", args={"text": "x" * 50_000})
    assert (failure.type, failure.non_retryable) == ("Unavailable", False)
    assert len(service.calls) == 1
    await store.database.write(ask("PRAGMA max_page_count = 1000000"))
    await desk.call("once", args={"text": "x" * 50_000})


async def test_what_was_done_is_written_down_as_soon_as_that_is_possible(
    desk: Desk, service: Service, store: Store
) -> None:
    import asyncio

    async def fill_up(_args: object, _call: object) -> None:
        (pages,) = await store.database.write(ask("PRAGMA page_count"))
        await store.database.write(ask(f"PRAGMA max_page_count = {pages[0]}"))
        asyncio.get_running_loop().call_later(0.3, lambda: tasks.append(asyncio.create_task(make_room())))

    async def make_room() -> None:
        await store.database.write(ask("PRAGMA max_page_count = 1000000"))

    tasks: list[asyncio.Task[None]] = []
    service.script = [fill_up]
    assert (await desk.call("once", args={"text": "x" * 50_000}))["n"] == 1
    row = await desk.row()
    assert row
    assert row.state == "done"


async def test_what_could_not_be_written_down_may_have_been_done(desk: Desk, service: Service, store: Store) -> None:
    async def fill_up(_args: object, _call: object) -> None:
        (pages,) = await store.database.write(ask("PRAGMA page_count"))
        await store.database.write(ask(f"PRAGMA max_page_count = {pages[0]}"))

    service.script = [fill_up]
    failure = await desk.fails("once", args={"text": "x" * 50_000}, heartbeat=0.5)
    assert (failure.type, failure.non_retryable) == ("Maybe", True)
    await store.database.write(ask("PRAGMA max_page_count = 1000000"))
    assert (await desk.fails("once")).type in {"Maybe", "Unavailable"}
    assert len(service.calls) == 1


async def test_another_worker_opens_the_same_store(
    desk: Desk, service: Service, store: Store, tmp_path: object
) -> None:
    from pathlib import Path

    await desk.call("once")
    second = await opened(Path(str(tmp_path)), WAKEEL_SECRET_TOKEN="word")
    other = Desk(second, service)
    assert await other.call("once") == {"n": 1, "text": ""}
    await other.clients.close()
    await second.close()
