"""What is in the workspace: people, channels and messages."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from wakeel.playground.effects import Effects

Json = dict[str, Any]


class RefusedError(Exception):
    """Slack's way to say no: a word in an answer of status 200."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass
class Chat:
    """The state of one workspace, and the rules that Slack keeps."""

    effects: Effects = field(default_factory=Effects)
    origin: str = "https://chat.example"
    team: Json = field(default_factory=lambda: {"id": identity("T"), "name": "Playground"})
    users: dict[str, Json] = field(default_factory=dict[str, Json])
    channels: dict[str, Json] = field(default_factory=dict[str, Json])
    messages: dict[str, list[Json]] = field(default_factory=dict[str, list[Json]])  # by channel, oldest first
    last: int = 0  # microseconds of the newest `ts`

    def add_user(self, name: str, real_name: str, email: str, *, bot: bool = False) -> Json:
        """Make a person, or a bot."""
        made: Json = {"id": identity("U"), "team_id": self.team["id"], "name": name, "deleted": False, "is_bot": bot}
        made |= {"real_name": real_name, "profile": {"real_name": real_name, "display_name": name, "email": email}}
        self.users[made["id"]] = made
        return made

    def add_channel(self, name: str, *, member: bool = True, archived: bool = False) -> Json:
        """Make a public channel, with the bot as a member or not."""
        made: Json = {"id": identity("C"), "name": name, "is_channel": True, "is_private": False, "is_im": False}
        made |= {"is_archived": archived, "is_member": member, "created": int(time.time()), "num_members": 1}
        self.channels[made["id"]] = made
        return made

    def conversation_with(self, user: str) -> Json:
        """Return the direct conversation with a person, made at the first call."""
        if user not in self.users:
            raise RefusedError("user_not_found")
        for channel in self.channels.values():
            if channel.get("user") == user:
                return channel
        made = {"id": identity("D"), "user": user, "is_im": True, "is_archived": False, "is_member": True}
        self.channels[str(made["id"])] = made
        return made

    def channel(self, name: str, *, by_name: bool = False) -> Json:
        """Return a channel by its id; by `#name` or by a person's id only where Slack takes those."""
        if name in self.channels:
            return self.channels[name]
        if by_name and name in self.users:
            return self.conversation_with(name)
        for channel in self.channels.values():
            if by_name and channel.get("name") == name.removeprefix("#"):
                return channel
        raise RefusedError("channel_not_found")

    def message(self, channel: str, ts: str) -> Json:
        """Return a message of a channel."""
        for message in self.messages.get(channel, []):
            if message["ts"] == ts:
                return message
        raise RefusedError("message_not_found")

    def post(self, channel: Json, message: Json) -> Json:
        """Put a message into a channel where the bot may write."""
        if channel["is_archived"]:
            raise RefusedError("is_archived")
        if not channel["is_member"]:
            raise RefusedError("not_in_channel")
        made = {"type": "message", "ts": self.tick()} | message
        self.messages.setdefault(channel["id"], []).append(made)
        self.effects.add("slack.message_posted", {"channel": channel["id"], "name": channel.get("name"), **made})
        return made

    def tick(self) -> str:
        """Return a `ts` that no message has yet."""
        self.last = max(self.last + 1, time.time_ns() // 1000)
        return f"{self.last // 1_000_000}.{self.last % 1_000_000:06d}"


def identity(kind: str) -> str:
    """Return an id as Slack gives them: a letter for the kind, then capitals and digits."""
    return kind + secrets.token_hex(5).upper()
