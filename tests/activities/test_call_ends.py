"""Long calls show that they live; lost, late, cancelled and unforeseen ends are told apart."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.activities.conftest import KEY, RUN, Desk, Service
from wakeel.sdk import AuthError, RateLimited, Unavailable
from wakeel.store import Store


async def test_a_long_call_beats_and_keeps_its_lease(desk: Desk, service: Service, store: Store) -> None:
    beats: list[float] = []
    seen: list[str] = []
    desk.environment.on_heartbeat = lambda *_details: beats.append(time.monotonic())

    async def long(_args: object, _call: object) -> None:
        await asyncio.sleep(1.2)
        claim = await store.effects.claim(
            KEY,
            client="nour",
            run=RUN,
            step="",
            action="",
            owner="b",
            now=time.time(),
            until=time.time() + 9,
            input=b"",
        )
        seen.append(claim.state)

    service.script = [long]
    assert (await desk.call("keyed", heartbeat=0.6))["n"] == 1
    assert seen == ["busy"]  # twice as long as the first lease
    assert len(beats) >= 4


async def test_a_long_read_beats_too(desk: Desk, service: Service) -> None:
    beats: list[object] = []
    desk.environment.on_heartbeat = lambda *details: beats.append(details)
    service.script = [lambda _args, _call: asyncio.sleep(0.5)]
    await desk.call("read", heartbeat=0.3)
    assert len(beats) >= 3


async def test_a_call_whose_row_is_anothers_by_now_is_ended(desk: Desk, service: Service, store: Store) -> None:
    ended: list[str] = []

    async def robbed(_args: object, _call: object) -> None:
        later = time.time() + 1000
        taken: dict[str, Any] = {"now": later, "until": later + 10, "input": b""}
        claim = await store.effects.claim(KEY, client="nour", run=RUN, step="", action="", owner="b", **taken)
        assert claim.state == "repeat"
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    service.script = [robbed]
    begun = time.monotonic()
    assert (await desk.fails("keyed", heartbeat=0.3, timeout=60)).type == "Unavailable"
    assert ended == ["cancelled"]
    assert time.monotonic() - begun < 10
    row = await desk.row()
    assert row
    assert row.state == "intended"


async def test_a_cancelled_call_is_uncertain(desk: Desk, service: Service) -> None:
    async def cancelled(_args: object, _call: object) -> None:
        desk.environment.cancel()
        await asyncio.sleep(30)

    service.script = [cancelled]
    with pytest.raises(asyncio.CancelledError):
        await desk.call("keyed")
    row = await desk.row()
    assert row
    assert (row.state, row.uncertain) == ("intended", True)
    assert (await Desk(desk.store, service).call("keyed"))["n"] == 2
    assert [call.repeat for call in service.calls] == [False, True]


async def test_a_call_without_an_answer_in_time_may_have_acted(desk: Desk, service: Service) -> None:
    service.script = [lambda _args, _call: asyncio.sleep(30)]
    failure = await desk.fails("once", timeout=0.2)
    assert (failure.type, failure.message) == ("Maybe", "no answer within 0.2 s")
    row = await desk.row()
    assert row
    assert row.uncertain


class Odd(Exception):
    """What nobody foresaw."""


@pytest.mark.parametrize(
    "error", [Odd("sentinel-7f3a9c"), TimeoutError("sentinel-7f3a9c"), KeyError("sentinel-7f3a9c")]
)
async def test_what_nobody_foresaw_may_have_acted_and_the_operator_hears_of_it(
    desk: Desk, service: Service, error: Exception
) -> None:
    service.script = [error]
    with capture_logs() as logs:
        failure = await desk.fails("once", args={"text": "sentinel-7f3a9c"})
    assert (failure.type, failure.non_retryable) == ("Maybe", True)
    assert type(error).__name__ not in failure.message
    [line] = logs
    assert (line["log_level"], line["connector"], line["doing"]) == ("error", "trial", "once")
    assert line["error"] == type(error).__name__
    assert line["where"].startswith("tests.activities.conftest:")
    assert "sentinel" not in str(logs) + failure.message


async def test_a_mistake_in_classify_does_not_hide_the_error(desk: Desk, service: Service) -> None:
    def broken(_error: Exception) -> None:
        raise AttributeError("a bug")

    object.__setattr__(desk.connector, "classify", broken)
    service.script = [Odd()]
    with capture_logs() as logs:
        assert (await desk.fails("keyed")).type == "Maybe"
    assert [line["error"] for line in logs] == ["AttributeError", "Odd"]


async def test_how_long_to_wait_reaches_temporal(desk: Desk, service: Service) -> None:
    service.script = [RateLimited("slow down", retry_after=timedelta(seconds=77)), Unavailable("away")]
    assert (await desk.fails("keyed")).next_retry_delay == timedelta(seconds=77)
    assert (await desk.fails("keyed")).next_retry_delay is None


async def test_a_missing_file_of_the_client_is_a_sentence(desk: Desk, service: Service) -> None:
    from wakeel.sdk import FileRef

    async def reads(_args: object, call: Any) -> None:
        await call.files.get(FileRef(sha256="0" * 64, name="contract.pdf", size=1))

    service.script = [reads]
    failure = await desk.fails("keyed")
    assert failure.type == "Rejected"
    assert "contract.pdf" in failure.message
    assert await desk.row() is None


async def test_a_refused_login_makes_the_run_wait(desk: Desk, service: Service) -> None:
    service.script = [AuthError("wrong password")]
    failure = await desk.fails("keyed")
    assert (failure.type, failure.non_retryable, failure.message) == ("AuthError", True, "wrong password")


async def test_the_recipes_pause_doubles_with_each_answer_of_the_service_and_its_own_wish_wins(
    desk: Desk, service: Service
) -> None:
    def refuse(error: Exception) -> Any:
        def act(_args: object, _call: object) -> None:
            raise error

        return act

    waits: list[timedelta | None] = []
    for attempt in (1, 2, 3, 30):
        desk.environment.info = dataclasses.replace(desk.environment.info, attempt=attempt)
        service.script = [refuse(Unavailable("away"))]
        waits.append((await desk.fails("keyed", wait=60)).next_retry_delay)
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=15)]
    service.script = [refuse(RateLimited("slowly", retry_after=timedelta(seconds=7)))]
    assert (await desk.fails("keyed", wait=60)).next_retry_delay == timedelta(seconds=7)
