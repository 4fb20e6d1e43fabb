"""Signs of life cost nothing to what is quick, and end what is lost."""

from __future__ import annotations

import asyncio

import pytest

from activities.pulse import Lost, pulse


class Beats:
    """Counts beats, and says no after so many."""

    def __init__(self, most: int = 1000) -> None:
        self.count, self.most = 0, most

    async def __call__(self) -> bool:
        self.count += 1
        return self.count < self.most


async def test_what_is_over_before_the_first_beat_is_left_alone() -> None:
    beats = Beats()
    async with pulse(0.05, beats):
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)
    assert beats.count == 0


async def test_what_takes_long_beats_until_it_ends() -> None:
    beats = Beats()
    async with pulse(0.02, beats):
        await asyncio.sleep(0.2)
    count = beats.count
    assert count >= 5
    await asyncio.sleep(0.05)
    assert beats.count == count


async def test_a_beat_that_says_no_ends_the_body_and_nothing_else() -> None:
    with pytest.raises(Lost):
        async with pulse(0.01, Beats(2)):
            await asyncio.sleep(30)
    task = asyncio.current_task()
    assert task
    assert task.cancelling() == 0
    await asyncio.sleep(0)


async def test_a_cancellation_from_outside_stays_one_also_when_it_meets_a_lost_beat() -> None:
    async def body() -> None:
        async with pulse(0.01, Beats(1)):
            try:
                await asyncio.sleep(30)
            finally:
                task.cancel()

    task = asyncio.create_task(body())
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_time_limit_inside_works_as_ever() -> None:
    with pytest.raises(TimeoutError):
        async with pulse(0.01, Beats()), asyncio.timeout(0.05):
            await asyncio.sleep(30)
