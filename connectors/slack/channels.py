"""Read channels: which one is meant, and what was said there."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any

from wakeel.sdk import Rejected

if TYPE_CHECKING:
    from connectors.slack.connection import Workspace

KINDS = "public_channel,private_channel"
PAGES, PAGE = 5, 200  # how far back a channel or a thread is read


async def channel_id(workspace: Workspace, text: str) -> str:
    """Return the id behind `#name` or a person's id; only posting takes those as they are."""
    if not is_id(text):
        return await channel_called(workspace, text.removeprefix("#"))
    if text[0] not in "UW":
        return text
    return str((await workspace.web.conversations_open(users=text))["channel"]["id"])


def is_id(text: str) -> bool:
    """Say whether a text is one of Slack's ids: a letter for the kind, then capitals and digits."""
    return text[0] in "CDGUW" and len(text) >= 9 and text.isascii() and text.isalnum() and text == text.upper()


async def channel_called(workspace: Workspace, name: str) -> str:
    """Find a channel by its name; raises Rejected for one that this app cannot see."""
    cursor: str | None = None
    while cursor != "":
        answer = await workspace.web.conversations_list(types=KINDS, limit=1000, cursor=cursor)
        for channel in answer["channels"]:
            if channel["name"] == name:
                return str(channel["id"])
        cursor = following(answer)
    raise Rejected(f"there is no channel “#{name}” that this app can see")


async def messages(workspace: Workspace, channel: str, thread: str | None) -> AsyncGenerator[dict[str, Any], None]:
    """Yield the messages of a thread, or the last ones of a channel from the newest on, with their metadata."""
    cursor = None
    for _page in range(PAGES):
        answer = await page(workspace, channel, thread, cursor)
        for message in answer["messages"]:
            yield message
        cursor = following(answer)
        if not cursor:
            break


async def page(workspace: Workspace, channel: str, thread: str | None, cursor: str | None) -> Any:
    """Read one page."""
    asked: dict[str, Any] = {"channel": channel, "limit": PAGE, "include_all_metadata": True, "cursor": cursor}
    if thread:
        return await workspace.web.conversations_replies(ts=thread, **asked)
    return await workspace.web.conversations_history(**asked)


def following(answer: Any) -> str:
    """Return where the next page begins; empty after the last one."""
    return str((answer.get("response_metadata") or {}).get("next_cursor") or "")
