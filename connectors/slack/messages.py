"""Slack's messages: post, change, take back."""

from __future__ import annotations

import hashlib
from contextlib import aclosing
from typing import Annotated

from pydantic import BaseModel, Field

from connectors.slack.channels import channel_id, messages
from connectors.slack.connection import Workspace, slack, told
from wakeel.sdk import Call, Effect, Nothing, Picker


class PostMessage(BaseModel):
    """What to say, and where."""

    channel: Annotated[str, Picker("slack.channel")] = Field(
        min_length=1, description="Channel by `#name` or id, or a person's id for a direct message."
    )
    text: str = Field(min_length=1, max_length=40_000, description="The message, in Slack's mrkdwn.")
    thread: str | None = Field(default=None, description="`ts` of the message to answer.")


class Message(BaseModel):
    """A message that is in Slack now."""

    channel: str = Field(description="Id of the channel.")
    ts: str = Field(description="Slack's id of the message; use it as `thread` to answer.")
    url: str = Field(description="Address of the message, for people.")


class UpdateMessage(BaseModel):
    """Which message to change, and what it says from now on."""

    channel: str = Field(min_length=1, description="Channel of the message, by id or `#name`.")
    ts: str = Field(min_length=1, description="`ts` of the message.")
    text: str = Field(min_length=1, max_length=40_000, description="The new text, in Slack's mrkdwn.")


class DeleteMessage(BaseModel):
    """Which message to take back."""

    channel: str = Field(min_length=1, description="Channel of the message, by id or `#name`.")
    ts: str = Field(min_length=1, description="`ts` of the message.")


@slack.action(
    Effect.FOUND,
    authority="internal",
    undo="slack.delete_message",
    why="the message carries the step's mark in its metadata; before a repeat the channel is searched for it",
)
async def post_message(args: PostMessage, call: Call[Workspace]) -> Message:
    """Post a message.

    Example:
        - slack.post_message:
            channel: "#alerts"
            text: "New mail from ${event.from.name}"
    """
    await call.client.sign_in()
    made = await call.client.web.chat_postMessage(
        channel=args.channel,
        text=escaped(args.text),
        thread_ts=args.thread,
        metadata={"event_type": "wakeel", "event_payload": {"key": mark(call.key)}},
        unfurl_links=False,
        unfurl_media=False,
        link_names=False,
    )
    return posted(call.client, made["channel"], made["ts"])


@post_message.find
async def find_message(args: PostMessage, call: Call[Workspace]) -> Message | None:
    """Look for the message that an earlier attempt may have posted."""
    await call.client.sign_in()
    channel = await channel_id(call.client, args.channel)
    async with aclosing(messages(call.client, channel, args.thread)) as said:
        async for message in said:
            if message.get("metadata", {}).get("event_payload", {}).get("key") == mark(call.key):
                return posted(call.client, channel, message["ts"])
    return None


@slack.action(Effect.KEYED, authority="internal", why="a message that says this already stays as it is")
async def update_message(args: UpdateMessage, call: Call[Workspace]) -> Message:
    """Change what a message of this app says.

    Example:
        - slack.update_message:
            channel: ${alert.channel}
            ts: ${alert.ts}
            text: "Done: ${card.name}"
    """
    await call.client.sign_in()
    channel = await channel_id(call.client, args.channel)
    made = await call.client.web.chat_update(channel=channel, ts=args.ts, text=escaped(args.text), link_names=False)
    return posted(call.client, made["channel"], made["ts"])


@slack.action(Effect.KEYED, authority="destructive", why="a message that is gone already stays gone")
async def delete_message(args: DeleteMessage, call: Call[Workspace]) -> Nothing:
    """Take back a message of this app.

    Example:
        - slack.delete_message:
            channel: ${alert.channel}
            ts: ${alert.ts}
    """
    from slack_sdk.errors import SlackApiError

    channel = await channel_id(call.client, args.channel)
    try:
        await call.client.web.chat_delete(channel=channel, ts=args.ts)
    except SlackApiError as error:
        if told(error.response)[0] != "message_not_found":
            raise
    return Nothing()


def posted(workspace: Workspace, channel: str, ts: str) -> Message:
    """Return a message with its address."""
    return Message(channel=channel, ts=ts, url=workspace.address(channel, ts))


def escaped(text: str) -> str:
    """Take the meaning out of mentions and links (Slack's three control characters)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mark(key: str) -> str:
    """Return a hash of the step's key: everybody in the workspace may read metadata."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
