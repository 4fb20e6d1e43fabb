"""A list is an id, a unique name, or `Board / List`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.trello.connection import classify
from connectors.trello.places import find_board, find_list, first_open
from wakeel.sdk import Rejected

if TYPE_CHECKING:
    from connectors.trello.transport import Account
    from tests.servers.fakes import FakeBoard


@pytest.mark.parametrize("text", ["Inbox", " inbox ", "Nour Bakery / Inbox", "nour bakery/inbox"])
async def test_a_list_is_found_as_people_write_it(board: FakeBoard, account: Account, text: str) -> None:
    assert (await find_list(account, text)).id == board.list


async def test_an_id_is_taken_as_it_is(board: FakeBoard, account: Account) -> None:
    assert (await find_list(account, board.list)).board == board.board
    assert [str(request) for request in board.requests] == [f"GET /1/lists/{board.list}"]


async def test_an_unknown_id_is_refused_in_words(account: Account) -> None:
    with pytest.raises(Exception) as error:  # noqa: PT011
        await find_list(account, "f" * 24)
    refusal = classify(error.value)
    assert isinstance(refusal, Rejected)
    assert "there is no such card, list or board" in str(refusal)


async def test_a_name_that_two_boards_have_names_both(board: FakeBoard, account: Account) -> None:
    other = board.state.add_board("المطبخ")
    board.state.add_list(other["id"], "Inbox")
    with pytest.raises(Rejected, match="“Inbox” may be any of: Nour Bakery / Inbox, المطبخ / Inbox"):
        await find_list(account, "Inbox")
    assert (await find_list(account, "المطبخ / Inbox")).board == other["id"]


async def test_a_name_that_nobody_has_is_looked_for_anew_and_refused(board: FakeBoard, account: Account) -> None:
    await find_list(account, "Inbox")
    with pytest.raises(Rejected, match="there is no list “Later”"):
        await find_list(account, "Later")
    board.state.add_list(board.board, "Later")
    assert (await find_list(account, "Later")).name == "Later"


async def test_names_are_read_once_for_many_steps(board: FakeBoard, account: Account) -> None:
    for _ in range(5):
        await find_list(account, "Inbox")
    assert [str(request) for request in board.requests].count("GET /1/members/me/boards") == 1


async def test_an_open_list_comes_before_an_archived_one_of_the_same_name(board: FakeBoard, account: Account) -> None:
    board.state.archive_list(board.list)
    again = board.state.add_list(board.board, "Inbox")
    assert (await first_open(account, "Inbox")).id == again["id"]


async def test_a_list_archived_after_its_name_was_read_is_not_used(board: FakeBoard, account: Account) -> None:
    await find_list(account, "Inbox")
    board.state.archive_list(board.list)
    with pytest.raises(Rejected, match="archived"):
        await first_open(account, "Inbox")


async def test_a_board_is_found_by_name(board: FakeBoard, account: Account) -> None:
    assert await find_board(account, "nour bakery") == board.board
    with pytest.raises(Rejected, match="there is no board"):
        await find_board(account, "Other")
