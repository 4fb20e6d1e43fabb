"""What a VA gets wrong who writes Arabic, copies out of chats, and knows other tools; each with what is read."""

from __future__ import annotations

from tests.language.recipe.office import CLIENT
from tests.language.recipe.wrong import Wrong

CASES = [
    Wrong(
        "the top in Arabic",
        """\
وصفة: job
صيغة: 1
عندما:
  mail.received: {}
خطوات:
- note: a
""",
        "1:1 W2201 Unknown key “وصفة”.",
        "2:1 W2201 Unknown key “صيغة”.",
        "3:1 W2201 Unknown key “عندما”.",
        "5:1 W2201 Unknown key “خطوات”.",
    ),
    Wrong(
        "keys with capitals",
        """\
Recipe: job
Format: 1
When: by_hand
Steps:
- note: a
""",
        "1:1 W2201 Unknown key “Recipe”.",
        "2:1 W2201 Unknown key “Format”.",
        "3:1 W2201 Unknown key “When”.",
        "4:1 W2201 Unknown key “Steps”.",
    ),
    Wrong(
        "the words of another tool",
        """\
name: job
format: 1
on: by_hand
jobs:
- note: a
""",
        "1:1 W2201 Unknown key “name”.",
        "3:1 W2201 Unknown key “on”.",
        "4:1 W2201 Unknown key “jobs”.",
    ),
    Wrong(
        "a recipe out of a chat",
        """\
[11/22, 9:30 AM] Mona: recipe: job
[11/22, 9:31 AM] Mona: format: 1
when: by_hand
steps:
- note: ${event.x.y}
""",
        "1:1 W1046 A date and a sender stand before this line: it was copied from a chat.",
    ),
    Wrong(
        "a code block",
        """\
```yaml
recipe: job
format: 1
when: by_hand
steps:
- note: a
```
""",
        "1:1 W1045 This line is the border of a code block in a chat or a web page.",
    ),
    Wrong(
        "indentation of no-break spaces",
        """\
recipe: job
format: 1
when: by_hand
steps:
\u00a0\u00a0- slack.post_message:
\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0channel: a
\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0text: b
""",
        "5:1 W1044 The blank here is no ordinary space (U+00A0); word processors and chats write such blanks.",
    ),
    Wrong(
        "a trigger as a word",
        """\
recipe: job
format: 1
when: mail.received
steps:
- note: a
""",
        "3:7 W2225 `when` holds a trigger with its fields, or the word `called` or `by_hand`.",
    ),
    Wrong(
        "by hand in two words",
        """\
recipe: job
format: 1
when: by hand
steps:
- note: a
""",
        "3:7 W2225 `when` holds a trigger with its fields, or the word `called` or `by_hand`.",
    ),
    Wrong(
        "by_hand as a key",
        """\
recipe: job
format: 1
when:
  by_hand:
steps:
- note: a
""",
        "4:3 W2225 `when` holds a trigger with its fields, or the word `called` or `by_hand`.",
    ),
    Wrong(
        "run-control words under the trigger",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
    only_if: not event.automatic
    once_per: ${event.message_id}
steps:
- note: a
""",
        "6:5 W2418 “only_if” stands beside `mail.received`, not under it.",
        "7:5 W2418 “once_per” stands beside `mail.received`, not under it.",
    ),
    Wrong(
        "a field of the trigger beside it",
        """\
recipe: job
format: 1
when:
  mail.received:
  folder: Inbox
steps:
- note: a
""",
        "5:3 W2403 What belongs to `mail.received` is indented under it: folder.",
    ),
    Wrong(
        "`if` beside a trigger",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
  if: not event.automatic
steps:
- note: a
""",
        "6:3 W2227 “if” is not a word that stands beside a trigger.",
    ),
    Wrong(
        "an identity without its braces",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
  once_per: event.message_id
  one_at_a_time_per: thread
steps:
- note: a
""",
        "6:13 W2419 A name without `${ }` is only a text.",
        "7:22 W2233 “one_at_a_time_per” is the same text for every event.",
    ),
    Wrong(
        "an identity that no event has",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
  once_per: ${client.id}
  one_at_a_time_per: ${client.id}
steps:
- note: a
""",
        "6:13 W2233 “once_per” is the same text for every event.",
    ),
    Wrong(
        "a title with an expression in one language",
        """\
recipe: job
format: 1
title: {en: New mail, ar: "بريد ${event.subject}"}
when: by_hand
steps:
- note: a
""",
        "3:27 W2214 “title” is a fixed text, or one for each language.",
    ),
    Wrong(
        "an id with blanks, and a format that is empty",
        """\
recipe: بطاقة جديدة
format:
when: by_hand
steps:
- note: a
""",
        "1:9 W2220 “بطاقة جديدة” cannot be a recipe's id.",
        "2:8 W2210 “format” is empty.",
    ),
    Wrong(
        "bullets of a word processor",
        """\
recipe: job
format: 1
when: by_hand
steps:
  • slack.post_message:
      channel: a
      text: b
""",
        "5:3 W2230 “steps” is a list of steps, and each step begins with `- `.",
    ),
    Wrong(
        "numbered steps",
        """\
recipe: job
format: 1
when: by_hand
steps:
  1. note: a
  2. stop: b
""",
        "5:3 W2230 “steps” is a list of steps, and each step begins with `- `.",
    ),
    Wrong(
        "engine words under the verb",
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
    if: event.automatic
    as: sent
""",
        "10:5 W2418 “if” stands beside `slack.post_message`, not under it.",
        "11:5 W2418 “as” stands beside `slack.post_message`, not under it.",
    ),
    Wrong(
        "no space behind a colon",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message:
    channel:"#general"
    text:مرحبا
""",
        "8:5 W1012 A key needs `:` and a space (or a new line) after it.",
    ),
    Wrong(
        "a verb in two words, or in two lines",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack post_message:
    channel: a
    text: b
- slack:
    post_message:
      channel: a
      text: b
""",
        "7:3 W2206 “slack post_message” is neither a verb nor one of the words that stand beside a verb.",
        "10:3 W2206 “slack” is neither a verb nor one of the words that stand beside a verb.",
    ),
    Wrong(
        "then and else",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- if: event.automatic
  then:
  - note: a
- choose:
  - if: event.automatic
    steps: [{note: a}]
  - else: [{note: b}]
""",
        "8:3 W2206 “then” is neither a verb nor one of the words that stand beside a verb.",
        "13:5 W2215 A way of `choose` is `if:` with `steps:`, or `otherwise:` alone.",
    ),
    Wrong(
        "a verb without its colon",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message
- stop
""",
        "7:3 W2209 This is not a step.",
        "8:3 W2209 This is not a step.",
    ),
    Wrong(
        "an empty verb is said once",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- stop:
- note:
""",
        "7:8 W2210 “stop” is empty.",
        "8:8 W2210 “note” is empty.",
    ),
    Wrong(
        "`choose` without ways",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- choose: []
- choose:
    if: event.automatic
    steps: [{note: a}]
""",
        "7:11 W2215 A way of `choose` is `if:` with `steps:`, or `otherwise:` alone.",
        "9:5 W2215 A way of `choose` is `if:` with `steps:`, or `otherwise:` alone.",
    ),
    Wrong(
        "a loop over what stands behind it",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- for_each: ${event.attachments}
  steps:
  - note: a
- for_each:
    in: event.attachments
    steps:
    - note: a
""",
        "7:13 W2236 `for_each` goes over the list that stands under `in:`.",
        "8:3 W2207 “steps” belongs to `for_each`.",
        "11:9 W2419 A name without `${ }` is only a text.",
    ),
    Wrong(
        "two loops with one name for their items",
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
    - for_each:
        in: ${event.attachments}
        steps:
        - note: ${item.name}
""",
        "11:13 W2311 The loop around this one calls its items “item” too.",
    ),
    Wrong(
        "names without their braces",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: event.subject
- note: "$event.subject and {event.text} and {{ event.subject }}"
- trello.create_card:
    list: a
    name: b
  as: card
- note: card.url
- note: card.png
- note: event.pdf
- note: ${"event.subject"}
- note: $${event.subject}
""",
        "7:9 W2419 A name without `${ }` is only a text.",
        "8:10 W2419 A name without `${ }` is only a text.",
        "8:29 W2419 A name without `${ }` is only a text.",
        "8:46 W2419 A name without `${ }` is only a text.",
        "13:9 W2419 A name without `${ }` is only a text.",
    ),
    Wrong(
        "expressions where nothing is filled in",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- slack.post_message: {channel: a, text: b}
  timeout: ${event.subject}
  retry: ${event.subject}
- for_each:
    in: ${event.attachments}
    at_once: ${event.subject}
    steps:
    - note: a
""",
        "8:12 W2312 “timeout” is settled when the recipe is checked: `${…}` means nothing here.",
        "9:10 W2312 “retry” is settled when the recipe is checked: `${…}` means nothing here.",
        "12:14 W2312 “at_once” is settled when the recipe is checked: `${…}` means nothing here.",
    ),
    Wrong(
        "lists without their brackets",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.classify:
    mail: ${event}
    into: عاجل، مهم
- mail.send:
    to: a@x.test
    subject: b
    text: c
- mail.send:
    to: ${event.from.address}
    subject: b
    text: c
""",
        "9:11 W2212 “into” takes a list.",
        "11:9 W2212 “to” takes a list.",
        "15:9 W3312 “to” takes a list, and this gives a text.",
    ),
    Wrong(
        "lengths of time as people say them",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- wait: ٣ أيام
- wait: 2 weeks
- wait: نصف ساعة
- calendar.hold: {title: a, length: 90 min, within: ٥ أيام عمل}
""",
        "7:9 W2168 “٣ أيام” is not how a length of time is written.",
        "8:9 W2168 “2 weeks” is not how a length of time is written.",
        "9:9 W2168 “نصف ساعة” is not how a length of time is written.",
        "10:37 W2168 “90 min” is not how a length of time is written.",
        "10:53 W2168 “٥ أيام عمل” is not how a length of time is written.",
    ),
    Wrong(
        "what a text cannot be",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${event.received_at}
- note: ${event.attachments}
- note: ${event.from}
- note: "from ${event.from}"
""",
        "7:9 W3310 “note” takes a text, and this gives a moment.",
        "8:9 W3310 “note” takes a text, and this gives a list.",
        "9:9 W3311 “note” takes a text, and this gives a map of several values.",
        "10:17 W3054 This is a map of several values, which does not stand inside a text by itself.",
    ),
    Wrong(
        "conditions in the words of other languages",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: a
  if: event.subject contains "x"
- note: a
  if: event.subject == "x" && event.automatic
- note: a
  if: event.subject == "x" أو event.automatic
- note: a
  if: event.automatic == yes
- note: a
  if: event.automatic == "true"
- note: a
  if: event.open_url != null
- note: a
  if: event.attachments > 0
- note: a
  if: event.subject == "x" or "y"
- note: a
  if: event.subject in "x", "y"
- note: a
  if: event.subject is "x"
- note: a
  if: event.subject is empty
- note: a
  if: event.automatic AND event.from_self
- note: a
  if: ${event.subject} == "x"
""",
        "8:21 W3020 `contains` is not part of an expression.",
        "10:28 W3020 `&` is not part of an expression.",
        "12:28 W3020 `أو` is not part of an expression.",
        "14:26 W3020 `yes` is not part of an expression.",
        "16:26 W3055 This is yes/no, and is never equal to a text.",
        "18:7 W3038 “event.open_url” may be missing here.",
        "18:25 W3018 Nothing equals `none`.",
        "20:7 W3036 `>` has no meaning for a list.",
        "22:31 W3043 Beside `or` stands a condition, yes or no; this is a text.",
        "24:27 W3027 Several values stand in `[ ]`.",
        "26:21 W3020 `is` is not part of an expression.",
        "28:21 W3016 There is no `is empty`.",
        "30:23 W3020 `AND` is not part of an expression.",
        "32:7 W3015 A condition is an expression by itself.",
    ),
    Wrong(
        "expressions in the words of other languages",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: ${event.subject | shorten 80}
- note: ${len(event.attachments)}
- note: ${event.subject + " " + event.text}
- note: ${event.received_at | date(dd/MM/yyyy)}
- note: ${event.received_at | date("DD/MM/YYYY")}
- note: ${now + 3 days}
- note: ${now()}
- note: ${event.subject | ملخص}
- note: ${event.sender}
- note: ${settings.x}
""",
        "7:35 W3028 What a filter takes stands in `( )`.",
        "8:11 W3009 Nothing is called with `( )`.",
        "9:11 W3034 `+` is for numbers; here it meets a text and a text.",
        "10:36 W3056 A text stands in quotes.",
        "11:36 W3048 “DD” says nothing in the pattern “DD/MM/YYYY” for this value.",
        "12:17 W3029 A length of time stands in quotes.",
        "13:11 W3020 `now()` is not part of an expression.",
        "14:27 W3017 No filter “ملخص”.",
        "15:17 W3032 `mail.received` has no “sender”.",
        "16:20 W3053 The recipe has no setting “x”.",
    ),
    Wrong(
        "invisible characters",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- mail.classify:
    mail: ${event}
    into: [a, b]
  as: triage\u200f
- note: ${triage.label}
- note: ${event.subject\u200f}
""",
        "10:7 W2313 An invisible character (U+200F) stands in the name “triage”.",
        "12:24 W3058 An invisible character (U+200F) stands here.",
    ),
    Wrong(
        "a text that begins with a bracket",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- note: [urgent] Offer
- note: {x} y
""",
        "7:9 W1047 A text that begins with `[` needs quotes.",
        "8:9 W1047 A text that begins with `{` needs quotes.",
    ),
    Wrong(
        "a quiet `fail` proves nothing",
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
- fail: nothing
  if: card is missing
  if_it_fails: continue
- note: ${card.url}
""",
        "13:11 W3038 “card” may be missing here.",
    ),
    Wrong(
        "people by their own names",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- tell: {who: Mona, text: a}
- tell: {who: nour@example.com, text: a}
- tell: {to: va, message: a}
""",
        "7:15 W4018 The client has nobody called “Mona”.",
        "8:15 W4018 The client has nobody called “nour@example.com”.",
        "9:10 W2402 `tell` has no “to”.",
        "9:18 W2402 `tell` has no “message”.",
        client=CLIENT,
    ),
    Wrong(
        "values that only the connector knows to be wrong, all at once",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- trello.create_card:
    list: ""
    name: b
    due: tomorrow
    position: many
    code: "!"
""",
        "10:10 W2162 “tomorrow” is not written as a date.",
        "11:15 W2150 “many” is not a number.",
        "12:11 W2405 “code” must have at least 3 characters.",
    ),
    Wrong(
        "a port that has no connector yet",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- files.put: {file: a}
- trello.card_created: {}
""",
        "7:3 W2108 This version has no connector for “files” yet.",
        "8:10 W2104 Trello has no “card_created”.",
    ),
]
