"""What is done to cards that are there is done once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from connectors.trello.cards import create_card
from connectors.trello.connection import classify
from connectors.trello.existing import add_comment, add_label, archive_card, attach_link, find_cards
from connectors.trello.models import AddComment, AddLabel, ArchiveCard, AttachLink, CreateCard, FindCards
from connectors.trello.text import mark
from tests.connectors.calls import KEY, a_call
from wakeel.sdk import Maybe

if TYPE_CHECKING:
    from connectors.trello.transport import Account
    from tests.servers.fakes import FakeBoard


@pytest.fixture
async def card(board: FakeBoard, account: Account) -> str:
    return (await create_card(CreateCard(list=board.list, name="Order 7", desc="عشرون رغيفًا"), a_call(account))).id


async def test_a_comment_is_written_once(board: FakeBoard, account: Account, card: str) -> None:
    args = AddComment(card=card, text="Run 1: completed")
    board.fault("drop-after-effect", "POST /1/cards/*/actions/comments")
    with pytest.raises(Exception) as lost:  # noqa: PT011
        await add_comment(args, a_call(account))
    assert isinstance(classify(lost.value), Maybe)
    found = await add_comment(args, a_call(account, repeat=True))
    [said] = board.effects("trello.comment_added")
    assert (said["payload"]["id"], said["payload"]["text"]) == (found.id, f"Run 1: completed\n\n{mark(KEY)}")


async def test_a_comment_is_found_behind_many_younger_ones(board: FakeBoard, account: Account, card: str) -> None:
    first = await add_comment(AddComment(card=card, text="first"), a_call(account))
    for number in range(60):
        board.state.note("commentCard", board.state.about(board.state.cards[card], text=f"{number}"))
    assert await add_comment(AddComment(card=card, text="first"), a_call(account, repeat=True)) == first


async def test_a_link_is_attached_once(board: FakeBoard, account: Account, card: str) -> None:
    args = AttachLink(card=card, url="https://cal.example.com/hold/1", name="hold")
    board.fault("drop-after-effect", "POST /1/cards/*/attachments")
    with pytest.raises(Exception) as lost:  # noqa: PT011
        await attach_link(args, a_call(account))
    assert isinstance(classify(lost.value), Maybe)
    found = await attach_link(args, a_call(account, repeat=True))
    [there] = board.state.attachments[card]
    assert (there["id"], there["name"]) == (found.id, "hold")


async def test_a_label_is_put_on_a_card_once_and_made_once(board: FakeBoard, account: Account, card: str) -> None:
    args = AddLabel(card=card, label="No  Slot")
    first = await add_label(args, a_call(account))
    again = await add_label(args, a_call(account, repeat=True))
    assert first == again
    assert [row["name"] for row in board.state.labels.values()].count("No Slot") == 1
    assert board.state.cards[card]["idLabels"] == [first.label]


async def test_a_label_that_the_board_has_is_taken(board: FakeBoard, account: Account, card: str) -> None:
    labels = len(board.state.labels)
    put = await add_label(AddLabel(card=card, label="URGENT"), a_call(account))
    assert board.state.labels[put.label]["name"] == "urgent"
    assert len(board.state.labels) == labels


async def test_a_card_is_archived_and_stays_so(board: FakeBoard, account: Account, card: str) -> None:
    await archive_card(ArchiveCard(card=card), a_call(account))
    await archive_card(ArchiveCard(card=card), a_call(account, repeat=True))
    assert board.state.cards[card]["closed"]


async def test_cards_are_found_by_text_in_a_list_or_on_a_board(board: FakeBoard, account: Account, card: str) -> None:
    in_list = await find_cards(FindCards(list="inbox", text="ORDER 7"), a_call(account))
    on_board = await find_cards(FindCards(board="Nour Bakery", text="رغيف"), a_call(account))
    nothing = await find_cards(FindCards(list="Doing"), a_call(account))
    assert [found.id for found in in_list.cards] == [found.id for found in on_board.cards] == [card]
    assert (in_list.count, nothing.count, nothing.cards) == (1, 0, [])


def test_a_search_has_one_place() -> None:
    with pytest.raises(ValidationError):
        FindCards(text="x")
    with pytest.raises(ValidationError):
        FindCards(list="Inbox", board="Nour Bakery")


@pytest.mark.parametrize("wrong", ["", "../members/me", "abc", "f" * 23])
def test_what_is_no_id_never_reaches_an_address(wrong: str) -> None:
    with pytest.raises(ValidationError):
        AddComment(card=wrong, text="x")
