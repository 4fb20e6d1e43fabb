"""Recipes that are wrong in connectors, verbs and the fields under them; each with what the VA reads."""

from __future__ import annotations

from tests.language.recipe.wrong import Wrong

CASES = [
    Wrong(
        "row 24: a connector is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slak.post_message:
    channel: a
""",
        "7:3 W2103 No connector “slak”.",
    ),
    Wrong(
        "row 25: a verb of a connector is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.pots_message:
    channel: a
""",
        "7:9 W2104 Slack has no “pots_message”.",
    ),
    Wrong(
        "row 26: a field is missing",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message:
    text: a
""",
        "7:3 W2401 `slack.post_message` needs “channel”.",
    ),
    Wrong(
        "row 27: a field is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message:
    chanel: "#g"
    text: b
""",
        "8:5 W2402 `slack.post_message` has no “chanel”.",
    ),
    Wrong(
        "row 28: a date that does not exist",
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
    due: 30.02.2026
""",
        "10:10 W2161 “30.02.2026” is not a real date.",
    ),
    Wrong(
        "row 29: half a mail address",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.send:
    to: ["bob@"]
    subject: b
    text: c
""",
        "8:15 W2167 Not a mail address, at character 5.",
    ),
    Wrong(
        "row 29: two mail addresses in one",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.send:
    to: ["bob@x.test, eve@y.test"]
    subject: b
    text: c
""",
        "8:21 W2167 Not a mail address, at character 11.",
    ),
    Wrong(
        "a field stands beside the verb",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message:
    text: b
  channel: a
""",
        "9:3 W2403 What belongs to `slack.post_message` is indented under it: channel.",
    ),
    Wrong(
        "all fields stand beside the verb",
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
        "8:3 W2403 What belongs to `slack.post_message` is indented under it: channel, text.",
    ),
    Wrong(
        "an action under when",
        """\
recipe: job
format: 1
when:
  slack.post_message: {}
steps:
  - note: x
""",
        "4:3 W2106 “slack.post_message” is something to do, not something that happens.",
    ),
    Wrong(
        "a trigger among the steps",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.received: {folder: x}
""",
        "7:3 W2105 “mail.received” is something that happens, not something to do.",
    ),
    Wrong(
        "a field of a trigger is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received: {foldr: x}
steps:
  - note: x
""",
        "4:19 W2402 `mail.received` has no “foldr”.",
    ),
    Wrong(
        "a list where a text belongs",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- trello.create_card:
    list: [a]
    name: b
""",
        "8:11 W2211 “list” takes one text, not a list or fields.",
    ),
    Wrong(
        "a text where a list belongs",
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
    labels: c
""",
        "10:13 W2212 “labels” takes a list.",
    ),
    Wrong(
        "a text where a map belongs",
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
    extra: c
""",
        "10:12 W2213 “extra” takes fields with their values.",
    ),
    Wrong(
        "a word that is not a choice",
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
    kind: opn
""",
        "10:11 W2404 “opn” is not one of the values of “kind”: open, private.",
    ),
    Wrong(
        "a text that is too long",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- trello.create_card:
    list: a
    name: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
""",
        "9:11 W2406 “name” may have at most 100 characters.",
    ),
    Wrong(
        "a text that may not be empty",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- trello.create_card:
    list: a
    name: ""
""",
        "9:11 W2210 “name” is empty.",
    ),
    Wrong(
        "a number that is too small",
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
    position: 0
""",
        "10:15 W2407 “position” must be at least 1.",
    ),
    Wrong(
        "a number that is too large",
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
    position: 11
""",
        "10:15 W2408 “position” may be at most 10.",
    ),
    Wrong(
        "a text that is too short",
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
    code: ab
""",
        "10:11 W2405 “code” must have at least 3 characters.",
    ),
    Wrong(
        "a text in another form",
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
    code: a1c
""",
        "10:11 W2413 “code” of `trello.create_card` does not take this value.",
    ),
    Wrong(
        "a number that is not large enough",
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
    weight: 0
""",
        "10:13 W2409 “weight” must be greater than 0.",
    ),
    Wrong(
        "a number that is not small enough",
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
    weight: 5
""",
        "10:13 W2410 “weight” must be less than 5.",
    ),
    Wrong(
        "a list that is too long",
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
    labels: [a, b, c, d]
""",
        "10:13 W2412 “labels” takes at most 3 items.",
    ),
    Wrong(
        "a list that is too short",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.classify:
    mail: ${event}
    into: [a]
""",
        "9:11 W2411 “into” needs at least 2 items.",
    ),
    Wrong(
        "fields that do not go together",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- calendar.hold:
    title: a
    length: 2d
    within: 3d
""",
        "8:5 W2420 The fields of `calendar.hold` do not go together like this: too long.",
    ),
    Wrong(
        "a field is left empty",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- trello.create_card:
    list:
    name: b
""",
        "8:10 W2210 “list” is empty.",
    ),
    Wrong(
        "a text where a mail belongs",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.add_label:
    mail: hello
    label: b
""",
        "8:11 W2416 “mail” cannot be written out here; it takes what an earlier step or the event gives.",
    ),
    Wrong(
        "a choice that no service offers",
        """\
recipe: job
format: 1
when: by_hand
settings:
  list: {type: trello.lst}
steps:
  - note: x
""",
        "5:16 W2804 No service offers “trello.lst” to choose from.",
    ),
    Wrong(
        "a type of setting that does not exist",
        """\
recipe: job
format: 1
when: by_hand
steps:
  - note: x
settings: {a: {type: teyt}}
""",
        "6:22 W2803 No setting can be a “teyt”.",
    ),
]
