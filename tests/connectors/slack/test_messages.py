"""A message is posted once for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectors.slack.connection import Workspace, classify
from connectors.slack.messages import (
    DeleteMessage,
    PostMessage,
    UpdateMessage,
    delete_message,
    mark,
    post_message,
    update_message,
)
from tests.connectors.calls import KEY, a_call
from wakeel.sdk import Maybe, Rejected

if TYPE_CHECKING:
    from tests.servers.fakes import FakeChat

POST = "POST /api/chat.postMessage"


def posted(chat: FakeChat) -> list[dict[str, Any]]:
    return [effect["payload"] for effect in chat.effects("slack.message_posted")]


def asked(chat: FakeChat, what: str) -> int:
    return sum(str(request) == what for request in chat.requests)


async def test_a_message_is_posted_inert_with_its_mark_and_address(chat: FakeChat, workspace: Workspace) -> None:
    text = "urgent: <!channel> عاجل & <http://t.test|bank>"
    made = await post_message(PostMessage(channel="#alerts", text=text), a_call(workspace))
    [there] = posted(chat)
    assert there["text"] == "urgent: &lt;!channel&gt; عاجل &amp; &lt;http://t.test|bank&gt;"
    assert there["metadata"] == {"event_type": "wakeel", "event_payload": {"key": mark(KEY)}}
    assert (made.channel, made.ts) == (chat.channel, there["ts"])
    assert made.url == f"https://chat.example/archives/{made.channel}/p{made.ts.replace('.', '')}"


async def test_the_address_is_the_one_that_slack_gives(workspace: Workspace) -> None:
    made = await post_message(PostMessage(channel="#alerts", text="x"), a_call(workspace))
    answer = await workspace.web.chat_getPermalink(channel=made.channel, message_ts=made.ts)
    assert made.url == answer["permalink"]


async def test_only_the_first_message_asks_who_is_signed_in(chat: FakeChat, workspace: Workspace) -> None:
    for number in range(3):
        await post_message(PostMessage(channel="#alerts", text="x"), a_call(workspace, f"run/steps/{number}"))
    assert [str(request) for request in chat.requests] == ["POST /api/auth.test", POST, POST, POST]


@pytest.mark.parametrize("channel", ["#alerts", "alerts", "id", "person"])
async def test_a_lost_answer_is_found_and_not_posted_again(chat: FakeChat, workspace: Workspace, channel: str) -> None:
    person = next(user["id"] for user in chat.state.users.values() if user["name"] == "mona")
    args = PostMessage(channel={"id": chat.channel, "person": person}.get(channel, channel), text="x")
    chat.fault("drop-after-effect", POST)
    with pytest.raises(Exception) as lost:  # noqa: PT011 - whatever comes, classify names it
        await post_message(args, a_call(workspace))
    assert isinstance(classify(lost.value), Maybe)
    assert asked(chat, POST) == 1
    found = await post_message(args, a_call(workspace, repeat=True))
    assert [message["ts"] for message in posted(chat)] == [found.ts]
    assert asked(chat, POST) == 1


async def test_a_request_that_never_arrived_is_posted_at_the_repeat(chat: FakeChat, workspace: Workspace) -> None:
    args = PostMessage(channel="#alerts", text="x")
    chat.fault("reset-before", POST)
    with pytest.raises(Exception) as lost:  # noqa: PT011
        await post_message(args, a_call(workspace))
    assert isinstance(classify(lost.value), Maybe)
    await post_message(args, a_call(workspace, repeat=True))
    assert len(posted(chat)) == 1


async def test_an_answer_in_a_thread_is_found_there(chat: FakeChat, workspace: Workspace) -> None:
    top = await post_message(PostMessage(channel="#alerts", text="top"), a_call(workspace, "run/steps/0"))
    args = PostMessage(channel="#alerts", text="answer", thread=top.ts)
    first = await post_message(args, a_call(workspace, "run/steps/1"))
    assert await post_message(args, a_call(workspace, "run/steps/1", repeat=True)) == first
    assert posted(chat)[-1]["thread_ts"] == top.ts


async def test_a_message_is_found_behind_hundreds_of_younger_ones(chat: FakeChat, workspace: Workspace) -> None:
    args = PostMessage(channel="#alerts", text="x")
    first = await post_message(args, a_call(workspace))
    for number in range(450):
        chat.state.post(chat.state.channels[chat.channel], {"text": str(number), "user": "U"})
    assert await post_message(args, a_call(workspace, repeat=True)) == first


async def test_another_step_posts_another_message(chat: FakeChat, workspace: Workspace) -> None:
    args = PostMessage(channel="#alerts", text="x")
    await post_message(args, a_call(workspace, "run/steps/0"))
    await post_message(args, a_call(workspace, "run/steps/1", repeat=True))
    assert len(posted(chat)) == 2


async def test_a_channel_that_nobody_sees_is_refused_in_words(workspace: Workspace) -> None:
    args = PostMessage(channel="#nowhere", text="x")
    with pytest.raises(Rejected, match="there is no channel “#nowhere”"):
        await post_message(args, a_call(workspace, repeat=True))
    with pytest.raises(Exception) as error:  # noqa: PT011
        await post_message(args, a_call(workspace))
    assert str(classify(error.value)) == "there is no such channel, or this app may not see it"


async def test_a_channel_without_the_app_says_how_to_invite_it(workspace: Workspace) -> None:
    with pytest.raises(Exception) as error:  # noqa: PT011
        await post_message(PostMessage(channel="#owners-only", text="x"), a_call(workspace))
    refusal = classify(error.value)
    assert isinstance(refusal, Rejected)
    assert "/invite" in str(refusal)


async def test_a_message_is_changed_however_often(chat: FakeChat, workspace: Workspace) -> None:
    made = await post_message(PostMessage(channel="#alerts", text="x"), a_call(workspace))
    args = UpdateMessage(channel="#alerts", ts=made.ts, text="done <3")
    assert await update_message(args, a_call(workspace)) == made
    assert await update_message(args, a_call(workspace, repeat=True)) == made
    assert chat.state.message(chat.channel, made.ts)["text"] == "done &lt;3"
    assert len(posted(chat)) == 1


async def test_a_message_is_taken_back_once_and_a_second_time_is_done(chat: FakeChat, workspace: Workspace) -> None:
    made = await post_message(PostMessage(channel="#alerts", text="x"), a_call(workspace))
    args = DeleteMessage(channel=made.channel, ts=made.ts)
    await delete_message(args, a_call(workspace))
    await delete_message(args, a_call(workspace, repeat=True))
    assert chat.state.messages[chat.channel] == []


async def test_a_strangers_message_is_not_deleted(chat: FakeChat, workspace: Workspace) -> None:
    other = chat.state.post(chat.state.channels[chat.channel], {"text": "x", "user": "U000000000"})
    with pytest.raises(Exception) as error:  # noqa: PT011
        await delete_message(DeleteMessage(channel=chat.channel, ts=other["ts"]), a_call(workspace))
    assert str(classify(error.value)) == "this app may delete only its own messages"
