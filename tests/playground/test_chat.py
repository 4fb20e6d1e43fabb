"""The chat behaves as Slack does, seen through Slack's own client."""

from __future__ import annotations

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.fakes import FakeChat

MARK = {"event_type": "wakeel", "event_payload": {"key": "run/steps/1"}}


def client_of(chat: FakeChat, token: str = "") -> AsyncWebClient:
    return AsyncWebClient(token or chat.token, base_url=chat.base_url, retry_handlers=[], timeout=5)


@pytest.fixture
def slack(chat: FakeChat) -> AsyncWebClient:
    return client_of(chat)


async def test_a_message_keeps_its_metadata_for_those_who_ask(chat: FakeChat, slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="#alerts", text="عاجل", metadata=MARK)
    assert posted["channel"] == chat.channel
    whole = await slack.conversations_history(channel=chat.channel, include_all_metadata=True, limit=5)
    assert [m["metadata"] for m in whole["messages"]] == [MARK]
    plain = await slack.conversations_history(channel=chat.channel)
    assert [(m["text"], "metadata" in m) for m in plain["messages"]] == [("عاجل", False)]
    assert chat.effects("slack.message_posted")[0]["payload"]["ts"] == posted["ts"]
    assert chat.refusals == []


async def test_messages_are_changed_answered_linked_and_taken_back(chat: FakeChat, slack: AsyncWebClient) -> None:
    first = await slack.chat_postMessage(channel=chat.channel, text="one")
    ts = str(first["ts"])
    await slack.chat_update(channel=chat.channel, ts=ts, text="two")
    answer = await slack.chat_postMessage(channel=chat.channel, text="answer", thread_ts=ts)
    thread = await slack.conversations_replies(channel=chat.channel, ts=ts)
    assert [m["text"] for m in thread["messages"]] == ["two", "answer"]
    assert [m["text"] for m in (await slack.conversations_history(channel=chat.channel))["messages"]] == ["two"]
    link = await slack.chat_getPermalink(channel=chat.channel, message_ts=ts)
    assert str(link["permalink"]).endswith(f"/archives/{chat.channel}/p{ts.replace('.', '')}")
    await slack.reactions_add(channel=chat.channel, timestamp=ts, name="eyes")
    await slack.chat_delete(channel=chat.channel, ts=str(answer["ts"]))
    assert len((await slack.conversations_replies(channel=chat.channel, ts=ts))["messages"]) == 1
    assert chat.refusals == []


async def test_people_and_channels_are_listed_in_pages(chat: FakeChat, slack: AsyncWebClient) -> None:
    me = await slack.auth_test()
    page = await slack.conversations_list(limit=2, exclude_archived=True)
    rest = await slack.conversations_list(limit=2, cursor=page["response_metadata"]["next_cursor"])
    names = [c["name"] for c in [*page["channels"], *rest["channels"]]]
    assert names == ["alerts", "general", "owners-only"]
    nour = (await slack.users_lookupByEmail(email="nour@example.com"))["user"]["id"]
    opened = (await slack.conversations_open(users=nour))["channel"]["id"]
    await slack.chat_postMessage(channel=nour, text="direct")
    assert [m["text"] for m in (await slack.conversations_history(channel=opened))["messages"]] == ["direct"]
    assert me["user_id"] in [m["id"] for m in (await slack.users_list())["members"]]
    assert (await slack.conversations_info(channel=chat.channel))["channel"]["name"] == "alerts"
    assert chat.refusals == []


async def test_history_can_be_cut_by_time(chat: FakeChat, slack: AsyncWebClient) -> None:
    stamps = [str((await slack.chat_postMessage(channel=chat.channel, text=str(n)))["ts"]) for n in range(3)]
    later = await slack.conversations_history(channel=chat.channel, oldest=stamps[0])
    assert [m["text"] for m in later["messages"]] == ["2", "1"]
    ends = await slack.conversations_history(channel=chat.channel, oldest=stamps[0], latest=stamps[1], inclusive=True)
    assert [m["text"] for m in ends["messages"]] == ["1", "0"]


@pytest.mark.parametrize(
    ("channel", "text", "word"),
    [
        ("C0000000000", "x", "channel_not_found"),
        ("#nowhere", "x", "channel_not_found"),
        ("#owners-only", "x", "not_in_channel"),
        ("#alerts", "x" * 40_001, "msg_too_long"),
        ("#alerts", None, "no_text"),
    ],
)
async def test_slack_says_no_with_its_own_words(
    chat: FakeChat, slack: AsyncWebClient, channel: str, text: str | None, word: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await slack.api_call("chat.postMessage", json={"channel": channel} | ({"text": text} if text else {}))
    assert refused.value.response["error"] == word
    assert chat.effects() == []


async def test_a_wrong_token_is_invalid_auth(chat: FakeChat) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client_of(chat, "xoxb-wrong").auth_test()
    assert refused.value.response["error"] == "invalid_auth"


async def test_a_message_that_is_gone_cannot_be_changed(chat: FakeChat, slack: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await slack.chat_update(channel=chat.channel, ts="1.000001", text="x")
    assert refused.value.response["error"] == "message_not_found"


async def test_a_dropped_answer_leaves_the_message(chat: FakeChat, slack: AsyncWebClient) -> None:
    chat.fault("drop-after-effect", "POST /api/chat.postMessage")
    with pytest.raises(ClientError):
        await slack.chat_postMessage(channel=chat.channel, text="x")
    assert len(chat.effects("slack.message_posted")) == 1


async def test_rate_limited_says_how_long(chat: FakeChat, slack: AsyncWebClient) -> None:
    chat.fault("429", retry_after="30")
    with pytest.raises(SlackApiError) as refused:
        await slack.auth_test()
    assert (refused.value.response["error"], refused.value.response.headers["Retry-After"]) == ("ratelimited", "30")
