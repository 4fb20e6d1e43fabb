"""What goes wrong with Slack comes in the engine's words."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from connectors.slack.connection import SlackConnection, Workspace, check, classify, open_client
from connectors.slack.messages import PostMessage, post_message
from tests.connectors.calls import a_call
from tests.connectors.slack.conftest import connection_to
from wakeel.sdk import AuthError, ConnectorError, Maybe, RateLimited, Rejected, Unavailable

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

    from tests.servers.fakes import FakeChat

POST = "POST /api/chat.postMessage"


async def trouble(workspace: Workspace) -> ConnectorError:
    with pytest.raises(Exception) as error:  # noqa: PT011
        await post_message(PostMessage(channel="#alerts", text="x"), a_call(workspace))
    word = classify(error.value)
    assert word is not None
    return word


@pytest.mark.parametrize(
    ("fault", "word"),
    [("429", RateLimited), ("503", Unavailable), ("500", Maybe), ("html", Maybe), ("drop-after-effect", Maybe)],
)
async def test_each_trouble_has_its_word_and_costs_one_request(
    chat: FakeChat, workspace: Workspace, fault: str, word: type[ConnectorError]
) -> None:
    chat.fault(fault, POST, times=3)  # type: ignore[arg-type]
    assert type(await trouble(workspace)) is word
    assert [str(request) for request in chat.requests].count(POST) == 1


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        ("7", 7),
        (None, 30),
        ("abc", 30),
        ("0", 1),
        ("3600", 3600),
        ("99999", 3600),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1),
    ],
)
async def test_a_wait_is_obeyed_within_reason(
    chat: FakeChat, workspace: Workspace, asked: str | None, waits: int
) -> None:
    chat.fault("429", POST, retry_after=asked)
    assert (await trouble(workspace)).retry_after == timedelta(seconds=waits)


async def test_a_wrong_token_needs_a_person_and_is_never_told(chat: FakeChat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_client(connection_to(chat, "xoxb-wrong-1234")) as workspace:
        with pytest.raises(Exception) as error:  # noqa: PT011
            await check(workspace)
        word = classify(error.value)
    assert isinstance(word, AuthError)
    assert "xoxb-wrong-1234" not in f"{error.value!r} {word} {workspace!r} {caplog.text}"


async def test_no_text_of_a_client_is_logged(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await post_message(PostMessage(channel="#alerts", text="private words"), a_call(workspace))
    assert "private words" not in caplog.text


async def test_a_port_where_nobody_listens_is_unavailable() -> None:
    async with open_client(SlackConnection(token=SecretStr("t"), base_url="http://127.0.0.1:1/")) as workspace:
        assert isinstance(await trouble(workspace), Unavailable)


async def test_json_that_is_cut_short_is_uncertain(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/auth.test").respond_with_json({"ok": True, "url": "https://x.slack.com/"})
    httpserver.expect_request("/chat.postMessage").respond_with_data('{"ok": tr', content_type="application/json")
    async with open_client(SlackConnection(token=SecretStr("t"), base_url=httpserver.url_for("/"))) as workspace:
        assert isinstance(await trouble(workspace), Maybe)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("rate_limited", RateLimited),
        ("token_revoked", AuthError),
        ("fatal_error", Maybe),
        ("is_archived", Rejected),
        ("some_new_word", Rejected),
    ],
)
async def test_slacks_own_words_are_understood(httpserver: HTTPServer, said: str, word: type[ConnectorError]) -> None:
    httpserver.expect_request("/auth.test").respond_with_json({"ok": True, "url": "https://x.slack.com/"})
    httpserver.expect_request("/chat.postMessage").respond_with_json({"ok": False, "error": said})
    async with open_client(SlackConnection(token=SecretStr("t"), base_url=httpserver.url_for("/"))) as workspace:
        assert type(await trouble(workspace)) is word


async def test_proxy_settings_of_the_machine_are_not_read(chat: FakeChat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with open_client(connection_to(chat)) as workspace:
        await check(workspace)
