"""Cards are made once for each step, and once for each thread."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from connectors.trello.cards import create_card, upsert_card
from connectors.trello.connection import classify
from connectors.trello.existing import archive_card
from connectors.trello.models import ArchiveCard, CreateCard, UpsertCard
from connectors.trello.text import mark
from tests.connectors.calls import KEY, a_call
from wakeel.sdk import Maybe, Rejected

if TYPE_CHECKING:
    from connectors.trello.transport import Account
    from tests.servers.fakes import FakeBoard


def posts(board: FakeBoard, path: str = "/1/cards") -> int:
    return sum(str(request) == f"POST {path}" for request in board.requests)


def made(board: FakeBoard) -> list[dict[str, Any]]:
    return [effect["payload"] for effect in board.effects("trello.card_created")]


async def test_a_card_is_made_with_all_that_was_given(board: FakeBoard, account: Account) -> None:
    args = CreateCard(
        list="Inbox",
        name="عاجل: عقد الصيانة",
        desc="first line",
        due=date(2026, 11, 24),
        labels=["Urgent", "new one"],
        pos="top",
        url_source="https://mail.example.com/1",
    )
    card = await create_card(args, a_call(account))
    [there] = made(board)
    assert (card.id, card.url, card.name, card.card, card.created) == (
        there["id"],
        there["url"],
        "عاجل: عقد الصيانة",
        there["id"],
        True,
    )
    assert there["desc"] == f"first line\n\n{mark(KEY)}"
    assert there["due"] == "2026-11-24T15:00:00.000Z"  # the end of that day's work in Cairo
    assert [label["name"] for label in there["labels"]] == ["urgent", "new one"]
    assert board.state.attachments[there["id"]][0]["url"] == "https://mail.example.com/1"


async def test_a_lost_answer_is_found_and_not_made_again(board: FakeBoard, account: Account) -> None:
    args = CreateCard(list=board.list, name="x")
    board.fault("drop-after-effect", "POST /1/cards")
    with pytest.raises(Exception) as lost:  # noqa: PT011 - whatever comes, classify names it
        await create_card(args, a_call(account))
    assert isinstance(classify(lost.value), Maybe)
    assert posts(board) == 1
    before = len(board.requests)
    card = await create_card(args, a_call(account, repeat=True))
    assert [there["id"] for there in made(board)] == [card.id]
    assert f"GET /1/lists/{board.list}/cards" in map(str, board.requests[before:])
    assert posts(board) == 1


async def test_a_request_that_never_arrived_is_made_at_the_repeat(board: FakeBoard, account: Account) -> None:
    args = CreateCard(list=board.list, name="x")
    board.fault("reset-before", "POST /1/cards")
    with pytest.raises(Exception) as lost:  # noqa: PT011
        await create_card(args, a_call(account))
    assert isinstance(classify(lost.value), Maybe)
    await create_card(args, a_call(account, repeat=True))
    assert len(made(board)) == 1


async def test_a_card_that_people_moved_or_archived_is_found(board: FakeBoard, account: Account) -> None:
    args = CreateCard(list=board.list, name="x")
    card = await create_card(args, a_call(account))
    doing = next(row["id"] for row in board.state.lists.values() if row["name"] == "Doing")
    await account.ask(account.api.cards.update, card.id, idList=doing)
    assert (await create_card(args, a_call(account, repeat=True))).id == card.id
    await account.ask(account.api.cards.update, card.id, closed=True)
    assert (await create_card(args, a_call(account, repeat=True))).id == card.id


async def test_another_step_makes_another_card(board: FakeBoard, account: Account) -> None:
    args = CreateCard(list=board.list, name="x")
    await create_card(args, a_call(account))
    await create_card(args, a_call(account, "noor/triage/1a2b/steps/1", repeat=True))
    assert len(made(board)) == 2


async def test_the_second_mail_of_a_thread_becomes_a_comment(board: FakeBoard, account: Account) -> None:
    first = await upsert_card(upsert(board), a_call(account, "run1/steps/0"))
    again = upsert(board, name="Re: x", desc="and one more thing", link="https://mail.example.com/2")
    second = await upsert_card(again, a_call(account, "run2/steps/0"))
    assert (first.created, second.created, second.id) == (True, False, first.id)
    [said] = board.effects("trello.comment_added")
    assert said["payload"]["text"] == (
        f"Re: x\n\nand one more thing\n\nhttps://mail.example.com/2\n\n{mark('run2/steps/0')}"
    )
    assert len(made(board)) == 1


async def test_a_lost_answer_to_the_comment_is_found(board: FakeBoard, account: Account) -> None:
    first = await upsert_card(upsert(board), a_call(account, "run1/steps/0"))
    board.fault("drop-after-effect", "POST /1/cards/*/actions/comments")
    with pytest.raises(Exception) as lost:  # noqa: PT011
        await upsert_card(upsert(board), a_call(account, "run2/steps/0"))
    assert isinstance(classify(lost.value), Maybe)
    again = await upsert_card(upsert(board), a_call(account, "run2/steps/0", repeat=True))
    assert (again.id, again.created) == (first.id, False)
    assert len(board.effects("trello.comment_added")) == 1


async def test_a_lost_answer_to_the_new_card_is_no_comment(board: FakeBoard, account: Account) -> None:
    board.fault("drop-after-effect", "POST /1/cards")
    with pytest.raises(Exception):  # noqa: B017, PT011
        await upsert_card(upsert(board), a_call(account))
    again = await upsert_card(upsert(board), a_call(account, repeat=True))
    assert again.created
    assert len(made(board)) == 1
    assert board.effects("trello.comment_added") == []


async def test_a_thread_can_be_ignored_or_have_a_card_for_each_mail(board: FakeBoard, account: Account) -> None:
    first = await upsert_card(upsert(board), a_call(account, "run1/steps/0"))
    ignored = await upsert_card(upsert(board, same_thread="ignore"), a_call(account, "run2/steps/0"))
    another = await upsert_card(upsert(board, same_thread="new_card"), a_call(account, "run3/steps/0"))
    assert (ignored.id, ignored.created) == (first.id, False)
    assert (another.id != first.id, another.created) == (True, True)
    assert board.effects("trello.comment_added") == []


async def test_an_archived_card_does_not_swallow_the_thread(board: FakeBoard, account: Account) -> None:
    first = await upsert_card(upsert(board), a_call(account, "run1/steps/0"))
    await archive_card(ArchiveCard(card=first.id), a_call(account))
    assert (await upsert_card(upsert(board), a_call(account, "run2/steps/0"))).created


async def test_an_archived_list_gives_way_to_the_fallback(board: FakeBoard, account: Account) -> None:
    board.state.archive_list(board.list)
    with pytest.raises(Rejected, match=r"“Inbox” is archived; bring it back"):
        await upsert_card(upsert(board), a_call(account))
    await upsert_card(upsert(board, fallback_list="Nour Bakery / Doing"), a_call(account))
    assert [card["list"] for card in made(board)] == ["Doing"]


async def test_the_undo_of_a_comment_leaves_the_older_card(board: FakeBoard, account: Account) -> None:
    await upsert_card(upsert(board), a_call(account, "run1/steps/0"))
    second = await upsert_card(upsert(board), a_call(account, "run2/steps/0"))
    undo = ArchiveCard.model_validate({name: getattr(second, name) for name in ArchiveCard.model_fields})
    await archive_card(undo, a_call(account, "run2/steps/0/undo"))
    assert not board.state.cards[second.id]["closed"]


async def test_a_link_that_is_no_web_address_stands_in_the_text(board: FakeBoard, account: Account) -> None:
    await upsert_card(upsert(board, link="message:1@example.com"), a_call(account))
    [card] = made(board)
    assert card["desc"].startswith("hello\n\nmessage:1@example.com\n\nwk:")


def upsert(board: FakeBoard, **more: Any) -> UpsertCard:
    return UpsertCard.model_validate(
        {"list": board.list, "thread": "t1@example.com", "name": "x", "desc": "hello"} | more
    )
