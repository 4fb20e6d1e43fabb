"""Recipes that are wrong in what an expression sees and gives; each with what the VA reads."""

from __future__ import annotations

from tests.language.recipe.wrong import Wrong

CASES = [
    Wrong(
        "row 36: a result is misspelled",
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
- note: ${crad.url}
""",
        "11:11 W3030 No result “crad”.",
    ),
    Wrong(
        "row 37: a result is used before its step",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${card.url}
- trello.create_card:
    list: a
    name: b
  as: card
""",
        "7:11 W3031 “card” is made later (line 8).",
    ),
    Wrong(
        "row 38: a field of the event is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${event.subjct}
""",
        "7:17 W3032 `mail.received` has no “subjct”.",
    ),
    Wrong(
        "row 39: an expression is not closed",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${event.subject
""",
        "7:9 W3001 `${` is not closed with `}`.",
    ),
    Wrong(
        "row 40: a filter is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${event.subject | uper}
""",
        "7:27 W3017 No filter “uper”.",
    ),
    Wrong(
        "row 41: a text times a number",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${"a" * 10}
""",
        "7:11 W3034 `*` is for numbers; here it meets a text and a number.",
    ),
    Wrong(
        "row 41: an operator that is not part of the language",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${2 ** 9}
""",
        "7:13 W3008 `**` is not part of the language.",
    ),
    Wrong(
        "row 41: something is called",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${event.subject.upper()}
""",
        "7:11 W3009 Nothing is called with `( )`.",
    ),
    Wrong(
        "row 42: a loop in a text",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: "{% for x in y %}…"
""",
        "7:10 W3014 `{% %}` has no meaning here.",
    ),
    Wrong(
        "row 43: = does not compare",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: x
  if: event.subject = 'x'
""",
        "8:21 W3006 `=` does not compare.",
    ),
    Wrong(
        "row 44: a condition in ${ }",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: x
  if: ${event.subject == "promo"}
""",
        "8:7 W3015 A condition is an expression by itself.",
    ),
    Wrong(
        "a trigger takes what the event gives",
        """\
recipe: job
format: 1
when:
  mail.received: {folder: "${event.subject}"}
steps:
  - note: x
""",
        "4:30 W3307 “event” is not known here: a trigger's fields are settled before anything happens.",
    ),
    Wrong(
        "only_if asks for the run",
        """\
recipe: job
format: 1
when:
  mail.received: {}
  only_if: run.id == "x"
steps:
  - note: x
""",
        "5:12 W3308 “run” is not known here: this is decided before the run exists.",
    ),
    Wrong(
        "the identity of a run may be missing",
        """\
recipe: job
format: 1
when:
  mail.received: {}
  once_per: ${event.open_url}
steps:
  - note: x
""",
        "5:15 W3038 “event.open_url” may be missing here.",
    ),
    Wrong(
        "for_each goes over a text",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- for_each:
    in: ${event.subject}
    steps: [{note: x}]
""",
        "8:9 W3305 `for_each` goes over a list, and this gives a text.",
    ),
    Wrong(
        "a name of a loop is used outside",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- for_each:
    in: ${event.attachments}
    steps:
      - trello.create_card: {list: a, name: b}
        as: card
- note: ${card.url}
""",
        "12:11 W3301 “card” is made inside a loop (line 10) and is not seen outside it.",
    ),
    Wrong(
        "a name of a sibling is used",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- together:
    - trello.create_card: {list: a, name: b}
      as: card
    - note: ${card.url}
""",
        "10:15 W3302 “card” is made at the same time (line 8), so it is not there yet.",
    ),
    Wrong(
        "a name of if_it_fails is used after it",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: x
  if_it_fails:
    - trello.create_card: {list: a, name: b}
      as: card
- note: ${card.url}
""",
        "11:11 W3303 “card” is made in `if_it_fails` (line 9) and is not seen after it.",
    ),
    Wrong(
        "a result may be missing",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- trello.create_card: {list: a, name: b}
  as: card
  if: event.automatic
- note: ${card.url}
""",
        "10:11 W3038 “card” may be missing here.",
    ),
    Wrong(
        "a field of the event may be missing",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: "see ${event.open_url}"
""",
        "7:16 W3038 “event.open_url” may be missing here.",
    ),
    Wrong(
        "at the end nothing is sure to have run",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
  - trello.create_card: {list: a, name: b}
    as: card
always:
  - note: ${card.url}
""",
        "10:13 W3038 “card” may be missing here.",
    ),
    Wrong(
        "failure outside if_it_fails",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${failure.message}
""",
        "7:11 W3306 `failure` is there only in `if_it_fails`.",
    ),
    Wrong(
        "failure at the end",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
  - note: x
always:
  - note: ${failure.message}
""",
        "9:13 W3306 `failure` is there only in `if_it_fails`.",
    ),
    Wrong(
        "a text where a date belongs",
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
    due: ${event.subject}
""",
        "10:10 W3304 “due” takes a date, and this gives a text.",
    ),
    Wrong(
        "a joined text where a number belongs",
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
    position: "n ${event.subject}"
""",
        "10:15 W3310 “position” takes a number, and this gives a text.",
    ),
    Wrong(
        "a setting is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
settings:
  channel: {type: text}
steps:
- note: ${settings.chanel}
""",
        "9:20 W3053 The recipe has no setting “chanel”.",
    ),
    Wrong(
        "a list is no condition",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: x
  if: event.attachments
""",
        "8:7 W3052 A condition is yes or no; this is a list.",
    ),
]
