"""What is live: all or nothing, the same for every process."""

from __future__ import annotations

import asyncio

import pytest

from tests.store.made import Opener, account, plan
from wakeel.store import Applied, ConnectionRow, Store

A, B, C = "nour/a", "nour/b", "nour/c"


async def test_an_apply_says_what_it_added_changed_removed_and_left(store: Store) -> None:
    first = await store.plans.apply([plan("a"), plan("b")], [], {})
    second = await store.plans.apply([plan("a", title="New"), plan("b"), plan("c")], [], {})
    third = await store.plans.apply([plan("c")], [], {})
    assert first == Applied(1, added=(A, B))
    assert second == Applied(2, added=(C,), changed=(A,), unchanged=(B,))
    assert third == Applied(3, removed=(A, B), unchanged=(C,))


async def test_an_apply_that_changes_nothing_leaves_the_revision(store: Store) -> None:
    given = [plan("a")], [account("board")], {"replies/hello": "Hello"}
    await store.plans.apply(*given)
    assert await store.plans.apply(*given) == Applied(1, unchanged=(A,))
    assert await store.plans.revision() == 1


async def test_a_changed_account_or_reply_alone_is_a_new_revision(store: Store) -> None:
    await store.plans.apply([plan("a")], [account("board")], {"r": "Hello"})
    assert (await store.plans.apply([plan("a")], [account("board", "2")], {"r": "Hello"})).revision == 2
    assert (await store.plans.apply([plan("a")], [account("board", "2")], {"r": "Hi"})).revision == 3


async def test_nothing_is_live_before_the_first_apply(store: Store) -> None:
    assert await store.plans.revision() == 0
    assert await store.plans.live_plans() == {}
    assert await store.plans.connection("board") is None


async def test_live_plans_come_back_as_they_were(store: Store) -> None:
    given = plan("a", title="بريد العميل")
    await store.plans.apply([given], [], {})
    assert await store.plans.live_plans() == {given.version(): given}
    assert await store.plans.live() == [(A, given.version())]


async def test_a_version_stays_readable_after_it_was_replaced(opener: Opener) -> None:
    store, old = await opener.open(), plan("a")
    await store.plans.apply([old], [], {})
    await store.plans.apply([plan("a", title="New")], [], {})
    assert await (await opener.open()).plans.plan(old.version()) == old
    with pytest.raises(LookupError):
        await store.plans.plan("0" * 16)


async def test_going_back_is_an_apply_like_any_other(store: Store) -> None:
    old = plan("a")
    await store.plans.apply([old], [], {})
    await store.plans.apply([plan("a", title="New")], [], {})
    assert (await store.plans.apply([old], [], {})).changed == (A,)
    assert await store.plans.live_plans() == {old.version(): old}


async def test_another_process_sees_an_apply_when_it_looks_at_the_revision(opener: Opener) -> None:
    writer, reader = await opener.open(), await opener.open()
    await writer.plans.apply([plan("a")], [account("board")], {"r": "Hello"})
    assert list(await reader.plans.connections()) == [account("board")]
    await writer.plans.apply([plan("b")], [account("board", "2")], {"r": "Hi"})
    assert await reader.plans.revision() == 2
    assert [one.activation for one in (await reader.plans.live_plans()).values()] == [B]
    assert await reader.plans.connection("board") == account("board", "2")
    assert await reader.plans.replies() == {"r": "Hi"}


async def test_an_apply_that_fails_half_way_changes_nothing(store: Store) -> None:
    await store.plans.apply([plan("a")], [account("board")], {})
    twice = [account("board"), account("board", "2")]
    with pytest.raises(Exception, match=r"(?i)unique"):
        await store.plans.apply([plan("b")], twice, {})
    assert await store.plans.live() == [(A, plan("a").version())]
    assert await store.plans.revision() == 1
    assert await store.plans.connections() == [account("board")]


async def test_two_applies_at_once_come_one_after_the_other(opener: Opener) -> None:
    stores = await opener.open(), await opener.open()
    done = await asyncio.gather(
        *(store.plans.apply([plan(name)], [], {}) for store, name in zip(stores, "ab", strict=True))
    )
    assert sorted(one.revision for one in done) == [1, 2]
    assert len(await stores[0].plans.live()) == 1


async def test_files_with_problems_are_remembered_until_they_are_mended(opener: Opener) -> None:
    store, page = await opener.open(), await opener.open()
    await store.plans.trouble({"recipes/a.yaml": [{"code": "W2104"}], "recipes/b.yaml": [{"code": "W1001"}]})
    await store.plans.trouble({"recipes/a.yaml": [{"code": "W2104"}], "recipes/b.yaml": []})
    assert await page.plans.troubles() == {"recipes/a.yaml": [{"code": "W2104"}]}


def test_an_account_shows_no_field_where_it_is_printed() -> None:
    assert "Work" not in repr(ConnectionRow("board", "trello", "nour", {"board": "Work"}, "1"))
