"""The methods of Slack's Web API that the chat answers; each takes the state, who asks, and the fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from wakeel.playground.chat.state import Chat, Json, RefusedError

Fields = dict[str, Any]
Method = Callable[[Chat, Json, Fields], Json]
METHODS: dict[str, Method] = {}
DATA = ("blocks", "attachments", "metadata")  # JSON, or text that holds JSON
LONGEST = 40_000  # characters of a text


def method(name: str) -> Callable[[Method], Method]:
    """Register a method."""

    def register(handler: Method) -> Method:
        METHODS[name] = handler
        return handler

    return register


@method("auth.test")
def auth_test(chat: Chat, me: Json, _asked: Fields) -> Json:
    """Tell who is signed in."""
    names = {"team": chat.team["name"], "team_id": chat.team["id"], "user": me["name"], "user_id": me["id"]}
    return {"url": f"{chat.origin}/", "bot_id": "B" + me["id"][1:]} | names


@method("chat.postMessage")
def post_message(chat: Chat, me: Json, sent: Fields) -> Json:
    """Post a message; the channel may be an id, `#name`, or a person."""
    channel, content = chat.channel(sent["channel"], by_name=True), what_is_said(sent)
    if not any(content.get(part) for part in ("text", "blocks", "attachments")):
        raise RefusedError("no_text")
    if thread := sent.get("thread_ts"):
        content["thread_ts"] = chat.message(channel["id"], thread)["ts"]
    made = chat.post(channel, {"user": me["id"], "bot_id": "B" + me["id"][1:]} | content)
    return {"channel": channel["id"], "ts": made["ts"], "message": made}


@method("chat.update")
def update_message(chat: Chat, me: Json, sent: Fields) -> Json:
    """Change a message of one's own."""
    message = own_message(chat, me, sent, "cant_update_message")
    message |= what_is_said(sent) | {"edited": {"user": me["id"], "ts": chat.tick()}}
    return {"channel": sent["channel"], "ts": message["ts"], "text": message.get("text", ""), "message": message}


@method("chat.delete")
def delete_message(chat: Chat, me: Json, sent: Fields) -> Json:
    """Take back a message of one's own."""
    message = own_message(chat, me, sent, "cant_delete_message")
    chat.messages[sent["channel"]].remove(message)
    return {"channel": sent["channel"], "ts": message["ts"]}


@method("chat.getPermalink")
def permalink(chat: Chat, _me: Json, asked: Fields) -> Json:
    """Return the address of a message."""
    channel = chat.channel(asked["channel"])["id"]
    ts = chat.message(channel, asked["message_ts"])["ts"]
    return {"channel": channel, "permalink": f"{chat.origin}/archives/{channel}/p{ts.replace('.', '')}"}


@method("conversations.list")
def conversations(chat: Chat, _me: Json, asked: Fields) -> Json:
    """List the channels; direct conversations only when asked for."""
    kinds = asked.get("types", "public_channel").split(",")
    found = [c for c in chat.channels.values() if ("im" if c["is_im"] else "public_channel") in kinds]
    if is_true(asked.get("exclude_archived")):
        found = [c for c in found if not c["is_archived"]]
    return page("channels", found, asked, 100)


@method("conversations.info")
def conversation(chat: Chat, _me: Json, asked: Fields) -> Json:
    """Return a channel."""
    return {"channel": chat.channel(asked["channel"])}


@method("conversations.open")
def open_conversation(chat: Chat, _me: Json, asked: Fields) -> Json:
    """Open a direct conversation with one person."""
    return {"channel": chat.conversation_with(asked["users"])}


@method("conversations.history")
def history(chat: Chat, _me: Json, asked: Fields) -> Json:
    """List the messages of a channel, newest first, without the answers in threads."""
    channel = readable(chat, asked)
    tops = (m for m in chat.messages.get(channel, []) if m.get("thread_ts", m["ts"]) == m["ts"])
    found = sorted(in_span(tops, asked), key=lambda m: str(m["ts"]), reverse=True)
    return page("messages", [seen(m, asked) for m in found], asked, 100)


@method("conversations.replies")
def replies(chat: Chat, _me: Json, asked: Fields) -> Json:
    """List a message and the answers to it, oldest first."""
    channel = readable(chat, asked)
    top = chat.message(channel, asked["ts"])
    thread = [m for m in chat.messages[channel] if m["ts"] == top["ts"] or m.get("thread_ts") == top["ts"]]
    return page("messages", [seen(m, asked) for m in in_span(thread, asked)], asked, 1000)


@method("users.list")
def users(chat: Chat, _me: Json, asked: Fields) -> Json:
    """List the people."""
    return page("members", list(chat.users.values()), asked, 1000)


@method("users.info")
def user(chat: Chat, _me: Json, asked: Fields) -> Json:
    """Return a person."""
    if asked["user"] not in chat.users:
        raise RefusedError("user_not_found")
    return {"user": chat.users[asked["user"]]}


@method("users.lookupByEmail")
def user_by_email(chat: Chat, _me: Json, asked: Fields) -> Json:
    """Return the person with an address."""
    for person in chat.users.values():
        if person["profile"]["email"].lower() == asked["email"].lower():
            return {"user": person}
    raise RefusedError("users_not_found")


@method("reactions.add")
def react(chat: Chat, me: Json, sent: Fields) -> Json:
    """Add a reaction to a message, once."""
    message = chat.message(chat.channel(sent["channel"])["id"], sent["timestamp"])
    reactions = message.setdefault("reactions", [])
    if any(r["name"] == sent["name"] and me["id"] in r["users"] for r in reactions):
        raise RefusedError("already_reacted")
    reactions.append({"name": sent["name"], "users": [me["id"]], "count": 1})
    return {}


def what_is_said(sent: Fields) -> Json:
    """Return a message's content from the fields of a request."""
    if len(sent.get("text", "")) > LONGEST:
        raise RefusedError("msg_too_long")
    data = {name: json.loads(v) if isinstance(v := sent[name], str) else v for name in DATA if sent.get(name)}
    return {"text": sent["text"], **data} if "text" in sent else data


def own_message(chat: Chat, me: Json, sent: Fields, otherwise: str) -> Json:
    """Return a message that the one who asks wrote."""
    message = chat.message(chat.channel(sent["channel"])["id"], sent["ts"])
    if message.get("user") != me["id"]:
        raise RefusedError(otherwise)
    return message


def readable(chat: Chat, asked: Fields) -> str:
    """Return the id of a channel that the bot may read."""
    channel = chat.channel(asked["channel"])
    if not channel["is_member"]:
        raise RefusedError("not_in_channel")
    return str(channel["id"])


def in_span(messages: Iterable[Json], asked: Fields) -> list[Json]:
    """Return the messages after `oldest` and before `latest`; `inclusive` takes the ends in."""
    oldest, latest = asked.get("oldest") or "0", asked.get("latest") or "9" * 10
    ends = (oldest, latest) if is_true(asked.get("inclusive")) else ()
    return [m for m in messages if float(oldest) < float(m["ts"]) < float(latest) or m["ts"] in ends]


def seen(message: Json, asked: Fields) -> Json:
    """Return a message as it is listed: metadata only when asked for."""
    whole = is_true(asked.get("include_all_metadata"))
    return message if whole else {key: value for key, value in message.items() if key != "metadata"}


def page(name: str, rows: list[Json], asked: Fields, default: int) -> Json:
    """Return one page, and where the next one begins."""
    start, limit = int(asked.get("cursor") or 0), int(asked.get("limit") or default)
    following = str(start + limit) if start + limit < len(rows) else ""
    return {
        name: rows[start : start + limit],
        "has_more": bool(following),
        "response_metadata": {"next_cursor": following},
    }


def is_true(value: object) -> bool:
    """Read a yes/no as clients send it."""
    return str(value).lower() in ("1", "true")
