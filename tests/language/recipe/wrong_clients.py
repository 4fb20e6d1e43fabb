"""Recipes that are wrong in clients, their accounts, people and authority; each with what the VA reads."""

from __future__ import annotations

from tests.language.recipe.office import CLIENT, CONNECTIONS
from tests.language.recipe.wrong import Wrong

CASES = [
    Wrong(
        "row 45: a token in a text",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: xoxb-1234567890-abcdefghij
""",
        "7:9 W4020 This looks like a password.",
    ),
    Wrong(
        "row 45: a token where a choice belongs is not echoed",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- trello.create_card:
    list: a
    name: b
    kind: xoxb-1234567890-abcdefghij
""",
        "10:11 W4020 This looks like a password.",
    ),
    Wrong(
        "row 46: a connection that does not exist",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: x
""",
        "acme 8:10 W4040 Client “acme” has no connection “gmail2”.",
        client=CLIENT.replace("acme-slack", "gmail2"),
    ),
    Wrong(
        "row 46: a connection of another client",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message:
    channel: a
    text: b
""",
        "connections 4:42 W4038 There is no client “beta”.",
        client=CLIENT,
        connections=CONNECTIONS.replace("slack, client: acme", "slack, client: beta"),
    ),
    Wrong(
        "row 46: a role that the client lacks",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message:
    channel: a
    text: b
  using: third_mailbox
""",
        "10:10 W4042 Client “acme” has no role “third_mailbox”, which `slack.post_message` needs.",
        client=CLIENT,
    ),
    Wrong(
        "the default role that the client lacks",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message:
    channel: a
    text: b
""",
        "7:3 W4042 Client “acme” has no role “slack”, which `slack.post_message` needs.",
        client=CLIENT.replace("  slack: acme-slack\n", ""),
    ),
    Wrong(
        "row 47: what the authority never allows",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.send:
    to: [a@b.co]
    subject: b
    text: c
""",
        "7:3 W4301 With `authority: observe` the recipes of client “acme” only look: "
        "they may not do `mail.send` (going out as free text).",
        client=CLIENT.replace("authority: send", "authority: observe"),
    ),
    Wrong(
        "what the authority allows only after an approval",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.send:
    to: [a@b.co]
    subject: b
    text: c
""",
        "7:3 W4302 With `authority: templates` a person has to agree before `mail.send` (going out as free text) "
        "is done for client “acme”, and this version cannot ask yet.",
        client=CLIENT.replace("authority: send", "authority: templates"),
    ),
    Wrong(
        "a person whom the client does not have",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- tell: {who: boss, text: x}
""",
        "7:15 W4018 The client has nobody called “boss”.",
        client=CLIENT,
    ),
    Wrong(
        "a person whom nothing reaches",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- tell: {who: ghost, text: x}
""",
        "7:3 W4303 “ghost” of client “acme” cannot be told anything: no channel of theirs works.",
        client=CLIENT,
    ),
    Wrong(
        "a person is not named",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- tell: {who: "${event.subject}", text: x}
""",
        "7:15 W2417 `tell` names the people of the client itself, not by an expression.",
        client=CLIENT,
    ),
    Wrong(
        "a setting without a value",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
settings:
  channel: {type: text}
steps:
- note: x
""",
        "acme 17:3 W4061 The recipe needs the setting “channel” from client “acme”.",
        client=CLIENT,
    ),
    Wrong(
        "a fact that the client does not have",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${client.facts.adress}
""",
        "7:24 W3032 `client.facts` has no “adress”.",
        client=CLIENT,
    ),
    Wrong(
        "a person in an expression whom the client does not have",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${client.people.boss.name}
""",
        "7:25 W3032 `client.people` has no “boss”.",
        client=CLIENT,
    ),
]
