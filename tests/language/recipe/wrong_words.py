"""Recipes that are wrong in names and the engine words beside a verb; each with what the VA reads."""

from __future__ import annotations

from tests.language.recipe.wrong import Wrong

CASES = [
    Wrong(
        "row 30: a length of time without a unit",
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
  timeout: 5
""",
        "10:12 W2156 “5” has no unit.",
    ),
    Wrong(
        "row 31: a negative length of time",
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
  timeout: -5m
""",
        "10:12 W2159 This length of time must be between 1s and 90d.",
    ),
    Wrong(
        "row 31: no time at all",
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
  timeout: 0s
""",
        "10:12 W2159 This length of time must be between 1s and 90d.",
    ),
    Wrong(
        "row 31: too long a time",
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
  timeout: 9999d
""",
        "10:12 W2159 This length of time must be between 1s and 90d.",
    ),
    Wrong(
        "row 32: retry takes a word",
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
  retry: lots
""",
        "10:10 W2306 `retry` is `none`, a number from 0 to 20, or `{times: 5, wait: 1m, at_most: 1h}`.",
    ),
    Wrong(
        "row 32: too many attempts",
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
  retry: 21
""",
        "10:10 W2306 `retry` is `none`, a number from 0 to 20, or `{times: 5, wait: 1m, at_most: 1h}`.",
    ),
    Wrong(
        "row 32: a word of retry is misspelled",
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
  retry: {times: 3, pause: 1m}
""",
        "10:21 W2308 `retry` has no “pause”.",
    ),
    Wrong(
        "row 34: a name is used twice",
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
  as: card
- trello.create_card:
    list: a
    name: b
  as: card
""",
        "14:7 W2303 The name “card” is used twice (first on line 10).",
    ),
    Wrong(
        "row 35: a name with a blank",
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
  as: my card
""",
        "10:7 W2301 “my card” cannot be a name.",
    ),
    Wrong(
        "row 35: a name with a hyphen",
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
  as: my-card
""",
        "10:7 W2301 “my-card” cannot be a name.",
    ),
    Wrong(
        "row 35: a name with an Arabic digit",
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
  as: card٢
""",
        "10:7 W2301 “card٢” cannot be a name.",
    ),
    Wrong(
        "row 35: a name that begins with _",
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
  as: __x
""",
        "10:7 W2301 “__x” cannot be a name.",
    ),
    Wrong(
        "a name that is reserved",
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
  as: event
""",
        "10:7 W2302 “event” already means something in every recipe.",
    ),
    Wrong(
        "retry beside a note",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: x
  retry: 3
""",
        "8:3 W2304 “retry” means nothing beside `note`.",
    ),
    Wrong(
        "a note is named",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: x
  as: y
""",
        "8:3 W2304 “as” means nothing beside `note`.",
    ),
    Wrong(
        "if_it_fails takes another word",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: x
  if_it_fails: go on
""",
        "8:16 W2309 Beside a step, `if_it_fails` is `continue` or a list of steps.",
    ),
    Wrong(
        "undo takes another word beside a step",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message: {channel: a, text: b}
  undo: all
""",
        "8:9 W2310 Beside a step, `undo` is `none` or a list of steps.",
    ),
    Wrong(
        "set gives a name twice",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- set: {a: 1}
- set: {a: 2}
""",
        "8:9 W2303 The name “a” is used twice (first on line 7).",
    ),
    Wrong(
        "set takes a text",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- set: hello
""",
        "7:8 W2213 “set” takes fields with their values.",
    ),
    Wrong(
        "wait takes no length of time",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- wait: soon
""",
        "7:9 W2155 “soon” is not a length of time.",
    ),
    Wrong(
        "an item hides another name",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- set: {a: 1}
- for_each:
    in: ${event.attachments}
    item: a
    steps: [{note: x}]
""",
        "10:11 W2303 The name “a” is used twice (first on line 7).",
    ),
    Wrong(
        "a field of tell is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- tell: {whom: va, text: x}
""",
        "7:10 W2402 `tell` has no “whom”.",
    ),
    Wrong(
        "a field of tell stands beside it",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- tell:
    who: va
  text: x
""",
        "9:3 W2207 “text” belongs to `tell`.",
    ),
]
