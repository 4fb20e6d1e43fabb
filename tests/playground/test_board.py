"""The board behaves as Trello does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.servers.fakes import FakeBoard


def client_of(board: FakeBoard, token: str = "") -> httpx2.AsyncClient:
    sign = f'OAuth oauth_consumer_key="{board.key}", oauth_token="{token or board.token}"'
    return httpx2.AsyncClient(base_url=board.base_url, headers={"Authorization": sign}, trust_env=False, timeout=5)


@pytest.fixture
async def trello(board: FakeBoard) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(board) as client:
        yield client


async def test_a_new_card_stands_in_its_list_and_among_the_effects(
    board: FakeBoard, trello: httpx2.AsyncClient
) -> None:
    made = await trello.post("/1/cards", data={"idList": board.list, "name": "عاجل: عقد الصيانة", "desc": "wk:1"})
    assert made.status_code == 200
    listed = (await trello.get(f"/1/lists/{board.list}/cards", params={"fields": "name,desc"})).json()
    assert listed == [{"id": made.json()["id"], "name": "عاجل: عقد الصيانة", "desc": "wk:1"}]
    [effect] = board.effects("trello.card_created")
    assert effect["payload"]["name"] == "عاجل: عقد الصيانة"
    assert board.refusals == []
    assert str(board.requests[0]) == "POST /1/cards"
    assert board.requests[0].names == ("desc", "idList", "name")


async def test_fields_may_stand_in_query_form_or_json(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    fields = {"idList": board.list, "name": "x", "due": "2026-11-22T09:00:00.000Z"}
    answers = [
        await trello.post("/1/cards", params=fields),
        await trello.post("/1/cards", data=fields),
        await trello.post("/1/cards", json=fields),
    ]
    assert [answer.json()["due"] for answer in answers] == [fields["due"]] * 3
    assert board.refusals == []


async def test_what_the_description_refuses_the_board_refuses(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    answer = await trello.post("/1/cards", data={"idList": board.list, "nam": "x"})
    assert answer.status_code == 400
    assert board.refusals == ["POST /1/cards: not in the description: ['nam=x']"]
    assert board.effects() == []


async def test_a_wrong_token_or_key_is_401(board: FakeBoard) -> None:
    async with client_of(board, token="wrong") as stranger:
        answer = await stranger.get("/1/members/me/boards")
    assert (answer.status_code, answer.text) == (401, "invalid token")


async def test_key_and_token_may_stand_in_the_query(board: FakeBoard) -> None:
    async with httpx2.AsyncClient(base_url=board.base_url, trust_env=False) as plain:
        sign = {"key": board.key, "token": board.token}
        assert [b["name"] for b in (await plain.get("/1/members/me/boards", params=sign)).json()] == ["Nour Bakery"]


async def test_a_card_moves_closes_and_remembers(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    card = (await trello.post("/1/cards", data={"idList": board.list, "name": "x"})).json()["id"]
    doing = (await trello.get(f"/1/boards/{board.board}/lists")).json()[1]
    await trello.put(f"/1/cards/{card}", data={"idList": doing["id"], "due": "2026-11-22"})
    closed = (await trello.put(f"/1/cards/{card}", data={"closed": "true", "due": ""})).json()
    assert (closed["closed"], closed["due"], closed["idList"]) == (True, None, doing["id"])
    asked = {"filter": "updateCard:idList,createCard"}
    history = (await trello.get(f"/1/boards/{board.board}/actions", params=asked)).json()
    assert [a["type"] for a in history] == ["updateCard", "createCard"]
    assert history[0]["data"]["listAfter"] == {"id": doing["id"], "name": "Doing"}
    later = (await trello.get(f"/1/boards/{board.board}/actions", params=asked | {"since": history[1]["id"]})).json()
    assert later == history[:1]
    assert (await trello.get(f"/1/lists/{doing['id']}/cards")).json() == []
    archived = (await trello.get(f"/1/boards/{board.board}/cards/closed", params={"fields": "desc"})).json()
    assert archived == [{"id": card, "desc": ""}]
    assert len(board.effects("trello.card_updated")) == 2
    assert board.refusals == []


async def test_an_update_that_changes_nothing_leaves_no_trace(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    card = (await trello.post("/1/cards", data={"idList": board.list, "name": "x"})).json()["id"]
    await trello.put(f"/1/cards/{card}", data={"name": "x"})
    assert board.effects("trello.card_updated") == []


async def test_an_archived_list_takes_no_cards(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    board.state.archive_list(board.list)
    answer = await trello.post("/1/cards", data={"idList": board.list, "name": "x"})
    assert answer.status_code == 400
    assert board.effects() == []


async def test_what_is_not_there_is_404(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    assert (await trello.get(f"/1/cards/{'0' * 24}")).status_code == 404
    assert (await trello.get(f"/1/lists/{'0' * 24}/cards")).status_code == 404


async def test_comments_links_files_labels_and_checklists_stay_with_the_card(
    board: FakeBoard, trello: httpx2.AsyncClient
) -> None:
    card = (await trello.post("/1/cards", data={"idList": board.list, "name": "x"})).json()["id"]
    await trello.post(f"/1/cards/{card}/actions/comments", data={"text": "تم"})
    await trello.post(f"/1/cards/{card}/attachments", data={"url": "https://example.com/h", "name": "hold"})
    sent = await trello.post(f"/1/cards/{card}/attachments", files={"file": ("a.txt", b"abc", "text/plain")})
    assert (sent.json()["bytes"], sent.json()["name"]) == (3, "a.txt")
    label = next(n for n in (await trello.get(f"/1/boards/{board.board}/labels")).json() if n["name"] == "urgent")
    await trello.post(f"/1/cards/{card}/idLabels", data={"value": label["id"]})
    made = (await trello.post("/1/checklists", data={"idCard": card, "name": "steps"})).json()["id"]
    await trello.post(f"/1/checklists/{made}/checkItems", data={"name": "call"})
    shown = (await trello.get(f"/1/cards/{card}")).json()
    assert [n["name"] for n in shown["labels"]] == ["urgent"]
    assert shown["badges"] == {"attachments": 2, "comments": 1}
    comments = (await trello.get(f"/1/cards/{card}/actions", params={"filter": "commentCard"})).json()
    assert [c["data"]["text"] for c in comments] == ["تم"]
    assert [i["name"] for i in (await trello.get(f"/1/cards/{card}/checklists")).json()[0]["checkItems"]] == ["call"]
    assert [a["name"] for a in (await trello.get(f"/1/cards/{card}/attachments")).json()] == ["hold", "a.txt"]
    assert board.refusals == []


async def test_a_dropped_answer_leaves_its_effect(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    board.fault("drop-after-effect", "POST /1/cards")
    with pytest.raises(httpx2.TransportError):
        await trello.post("/1/cards", data={"idList": board.list, "name": "x"})
    assert len(board.effects("trello.card_created")) == 1
    assert (await trello.post("/1/cards", data={"idList": board.list, "name": "y"})).status_code == 200


async def test_a_reset_connection_leaves_nothing(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    board.fault("reset-before", "POST /1/cards")
    with pytest.raises(httpx2.TransportError):
        await trello.post("/1/cards", data={"idList": board.list, "name": "x"})
    assert board.effects() == []


async def test_scripted_answers_come_as_often_as_asked_and_do_nothing(
    board: FakeBoard, trello: httpx2.AsyncClient
) -> None:
    board.fault("429", "POST /1/cards", times=2)
    board.fault("503", "POST /1/cards")
    board.fault("html")
    answers = [await trello.post("/1/cards", data={"idList": board.list, "name": "x"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [429, 429, 503, 200, 200]
    assert answers[0].headers["Retry-After"] == "1"
    assert answers[3].headers["Content-Type"].startswith("text/html")
    assert len(board.effects()) == 1


async def test_a_slow_answer_comes_after_the_effect(board: FakeBoard, trello: httpx2.AsyncClient) -> None:
    board.fault("slow", "POST /1/cards", seconds=60)
    with pytest.raises(httpx2.ReadTimeout):
        await trello.post("/1/cards", data={"idList": board.list, "name": "x"}, timeout=0.1)
    assert len(board.effects()) == 1
