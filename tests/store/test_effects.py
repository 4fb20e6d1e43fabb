"""The effect ledger, row by row of its table."""

from __future__ import annotations

import asyncio

from tests.store.made import LEASE, Opener, T, claim
from wakeel.store import Claim, Store
from wakeel.store.database import ask

KEY = "nour/triage/1/steps/0"
AFTER = T + LEASE


async def test_the_first_claim_of_a_key_is_new(store: Store) -> None:
    assert await claim(store, KEY, "a") == Claim("new", until=AFTER)


async def test_a_claim_under_a_live_lease_is_told_when_it_ends(store: Store) -> None:
    await claim(store, KEY, "a")
    assert await claim(store, KEY, "b", now=T + 1) == Claim("busy", until=AFTER)


async def test_a_claim_after_the_lease_takes_the_row_over_as_a_repeat(store: Store) -> None:
    await claim(store, KEY, "a")
    assert await claim(store, KEY, "b", now=AFTER) == Claim("repeat", until=AFTER + LEASE)
    assert (await claim(store, KEY, "a", now=AFTER)).state == "busy"


async def test_a_done_key_gives_its_result_to_every_later_claim(store: Store) -> None:
    await claim(store, KEY, "a")
    assert await store.effects.done(KEY, "a", b'{"id": 1}')
    assert await claim(store, KEY, "b", now=AFTER) == Claim("done", b'{"id": 1}')


async def test_an_undone_key_is_never_done_again(store: Store) -> None:
    await claim(store, KEY, "a")
    assert not await store.effects.undone(KEY)
    await store.effects.done(KEY, "a", b"1")
    assert await store.effects.undone(KEY)
    assert (await claim(store, KEY, "b", now=AFTER)).state == "undone"


async def test_a_lease_is_renewed_by_its_owner_only(store: Store) -> None:
    await claim(store, KEY, "a")
    assert await store.effects.renew(KEY, "a", AFTER + 5)
    assert not await store.effects.renew(KEY, "b", AFTER + 50)
    assert await claim(store, KEY, "b", now=AFTER) == Claim("busy", until=AFTER + 5)


async def test_a_lease_that_was_ended_is_not_renewed_by_a_late_sign_of_life(store: Store) -> None:
    await claim(store, KEY, "a")
    await store.effects.uncertain(KEY, "a")
    assert not await store.effects.renew(KEY, "a", AFTER + 5)


async def test_an_attempt_that_lost_its_row_cannot_write_a_result(store: Store) -> None:
    await claim(store, KEY, "a")
    await claim(store, KEY, "b", now=AFTER)
    assert not await store.effects.renew(KEY, "a", AFTER + 50)
    assert not await store.effects.done(KEY, "a", b"a")
    assert await store.effects.done(KEY, "b", b"b")
    assert (await claim(store, KEY, "c", now=AFTER)).result == b"b"


async def test_an_attempt_that_was_alone_and_did_not_act_leaves_no_trace(store: Store) -> None:
    await claim(store, KEY, "a")
    assert await store.effects.withdraw(KEY, "a")
    assert (await claim(store, KEY, "b")).state == "new"


async def test_an_attempt_that_took_over_cannot_withdraw_but_ends_its_lease(store: Store) -> None:
    await claim(store, KEY, "a")
    await claim(store, KEY, "b", now=AFTER)
    assert not await store.effects.withdraw(KEY, "b")
    assert (await claim(store, KEY, "c", now=AFTER)).state == "repeat"


async def test_the_first_attempt_cannot_withdraw_what_another_has_taken_over(store: Store) -> None:
    await claim(store, KEY, "a")
    await claim(store, KEY, "b", now=AFTER)
    assert not await store.effects.withdraw(KEY, "a")
    assert (await claim(store, KEY, "c", now=AFTER)).state == "busy"


async def test_nothing_is_withdrawn_after_an_attempt_ended_in_maybe(store: Store) -> None:
    await claim(store, KEY, "a")
    await store.effects.uncertain(KEY, "a")
    assert not await store.effects.withdraw(KEY, "a")
    assert await claim(store, KEY, "b") == Claim("repeat", until=AFTER, uncertain=True)


async def test_a_late_maybe_of_a_lost_attempt_does_not_end_the_lease_of_the_new_one(store: Store) -> None:
    await claim(store, KEY, "a")
    await claim(store, KEY, "b", now=AFTER)
    await store.effects.uncertain(KEY, "a")
    assert await claim(store, KEY, "c", now=AFTER) == Claim("busy", until=AFTER + LEASE, uncertain=True)


async def test_a_person_who_says_it_did_not_go_out_lets_one_attempt_act(store: Store) -> None:
    await claim(store, KEY, "a")
    await store.effects.uncertain(KEY, "a")
    assert await store.effects.answer(KEY, went_out=False, by="mona", now=T)
    assert (await claim(store, KEY, "b")).may_act
    assert not (await claim(store, KEY, "c", now=AFTER)).may_act


async def test_an_answer_holds_on_where_the_attempt_that_used_it_surely_did_not_act(store: Store) -> None:
    await claim(store, KEY, "a")
    await store.effects.uncertain(KEY, "a")
    await store.effects.answer(KEY, went_out=False, by="mona", now=T)
    await claim(store, KEY, "b")
    assert not await store.effects.withdraw(KEY, "b")
    assert (await claim(store, KEY, "c")).may_act


async def test_a_person_who_says_it_went_out_ends_the_matter(store: Store) -> None:
    await claim(store, KEY, "a")
    await store.effects.uncertain(KEY, "a")
    assert await store.effects.answer(KEY, went_out=True, by="mona", now=T)
    assert await claim(store, KEY, "b") == Claim("done", None, uncertain=True)
    assert not await store.effects.answer(KEY, went_out=False, by="nour", now=T)


async def test_nobody_answers_for_an_attempt_that_is_at_work(store: Store) -> None:
    await claim(store, KEY, "a", lease=1e9)
    assert not await store.effects.answer(KEY, went_out=True, by="mona", now=T)


async def test_a_run_shows_its_effects_in_order_with_all_that_was_written(store: Store) -> None:
    await claim(store, KEY, "a")
    await claim(store, "nour/triage/1/steps/1", "a", now=T + 1)
    await claim(store, "nour/triage/2/steps/0", "a")
    await store.effects.done(KEY, "a", b"result", links={"card": "https://example.com/1"}, undo=b"data")
    first, second = await store.effects.of_run("nour/triage/1")
    assert (first.key, first.state, first.input, first.result) == (KEY, "done", b'{"name": "card"}', b"result")
    assert (first.links, first.undo) == ({"card": "https://example.com/1"}, b"data")
    assert (second.state, second.result, second.links) == ("intended", None, {})


async def test_nothing_of_a_client_can_be_read_in_the_database(store: Store) -> None:
    await claim(store, KEY, "a")
    await store.effects.done(KEY, "a", b"canary", links={"canary": "canary"}, undo=b"canary")
    row = (await store.database.read(ask("SELECT * FROM effects")))[0]
    assert all(b"canary" not in row[name] for name in ("input", "result", "links", "undo"))


async def test_of_twenty_claims_at_once_from_two_processes_exactly_one_is_new(opener: Opener) -> None:
    stores = await opener.open(), await opener.open()
    found = await asyncio.gather(*(claim(stores[n % 2], KEY, str(n)) for n in range(20)))
    assert sorted(one.state for one in found) == ["busy"] * 19 + ["new"]


async def test_of_twenty_claims_at_once_after_a_lease_exactly_one_takes_over(opener: Opener) -> None:
    stores = await opener.open(), await opener.open()
    await claim(stores[0], KEY, "a")
    found = await asyncio.gather(*(claim(stores[n % 2], KEY, str(n), now=AFTER) for n in range(20)))
    assert sorted(one.state for one in found) == ["busy"] * 19 + ["repeat"]
