"""Recipes that are wrong in the parts of a recipe: keys, triggers, steps, blocks; each with what the VA reads."""

from __future__ import annotations

from tests.language.recipe.wrong import Wrong

CASES = [
    Wrong(
        "row 19: a key at the top is misspelled",
        """\
recipe: job
format: 1
when: by_hand
stps:
  - note: x
""",
        "4:1 W2201 Unknown key “stps”.",
    ),
    Wrong(
        "row 20: nothing says what starts the recipe",
        """\
recipe: job
format: 1
steps:
  - note: x
""",
        "1:1 W2219 `when:` is missing: what should start this recipe?",
    ),
    Wrong(
        "row 21: a word stands where a trigger belongs",
        """\
recipe: job
format: 1
when: new_email
steps:
  - note: x
""",
        "3:7 W2225 `when` holds a trigger with its fields, or the word `called` or `by_hand`.",
    ),
    Wrong(
        "row 22: steps is an empty map",
        """\
recipe: job
format: 1
when: by_hand
steps: {}
""",
        "4:8 W2203 `steps` has no step.",
    ),
    Wrong(
        "row 22: steps is an empty list",
        """\
recipe: job
format: 1
when: by_hand
steps: []
""",
        "4:8 W2203 `steps` has no step.",
    ),
    Wrong(
        "row 22: steps is left empty",
        """\
recipe: job
format: 1
when: by_hand
steps:
""",
        "4:7 W2203 `steps` has no step.",
    ),
    Wrong(
        "row 23: two verbs in one step",
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
  trello.add_comment:
    card: a
    text: b
""",
        "10:3 W2204 A step has one verb; this one has two, “slack.post_message” and “trello.add_comment”.",
    ),
    Wrong(
        "row 33: silence would approve",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- approve:
    show: x
    if_no_answer: approve
  as: d
""",
        "7:3 W2208 `approve` is not yet supported in this version.",
        "9:19 W2217 Silence never sends: `if_no_answer` cannot be `approve`.",
    ),
    Wrong(
        "row 48: steps beside for_each",
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
    - note: x
""",
        "9:3 W2207 “steps” belongs to `for_each`.",
    ),
    Wrong(
        "row 48: item beside for_each",
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
      - note: x
  item: f
""",
        "11:3 W2207 “item” belongs to `for_each`.",
    ),
    Wrong(
        "row 48: until beside repeat",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- repeat:
    steps:
      - note: x
  until: event.automatic
""",
        "7:3 W2208 `repeat` is not yet supported in this version.",
        "10:3 W2207 “until” belongs to `repeat`.",
    ),
    Wrong(
        "row 48: at_most beside wait_for",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- wait_for:
    mail.received: {folder: Inbox}
  at_most: 3d
""",
        "7:3 W2208 `wait_for` is not yet supported in this version.",
        "9:3 W2207 “at_most” belongs to `wait_for`.",
    ),
    Wrong(
        "a verb of a later version",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- ask: {question: x}
""",
        "7:3 W2208 `ask` is not yet supported in this version.",
    ),
    Wrong(
        "undo as a verb, in a later version",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- undo: all
""",
        "7:3 W2208 `undo` is not yet supported in this version.",
    ),
    Wrong(
        "limits come in a later version",
        """\
recipe: job
format: 1
when: by_hand
steps:
  - note: x
limits: {runs_per_hour: 3}
""",
        "6:1 W2208 `limits` is not yet supported in this version.",
    ),
    Wrong(
        "outputs come in a later version",
        """\
recipe: job
format: 1
when: by_hand
steps:
  - note: x
outputs: {a: b}
""",
        "6:1 W2208 `outputs` is not yet supported in this version.",
    ),
    Wrong(
        "a run-control word of a later version",
        """\
recipe: job
format: 1
when:
  mail.received: {}
  wait_for_quiet: 5m
steps:
  - note: x
""",
        "5:3 W2208 `wait_for_quiet` is not yet supported in this version.",
    ),
    Wrong(
        "a value of if_busy of a later version",
        """\
recipe: job
format: 1
when:
  mail.received: {}
  one_at_a_time_per: ${event.thread_id}
  if_busy: skip
steps:
  - note: x
""",
        "6:12 W2208 `if_busy: skip` is not yet supported in this version.",
    ),
    Wrong(
        "a value of if_busy that means nothing",
        """\
recipe: job
format: 1
when:
  mail.received: {}
  one_at_a_time_per: ${event.thread_id}
  if_busy: wait
steps:
  - note: x
""",
        "6:12 W2228 `if_busy` is `queue`.",
    ),
    Wrong(
        "if_busy without one_at_a_time_per",
        """\
recipe: job
format: 1
when:
  mail.received: {}
  if_busy: queue
steps:
  - note: x
""",
        "5:12 W2229 `if_busy` says what to do when a run of the same kind is under way, but nothing says which are of the same kind.",
    ),
    Wrong(
        "several triggers come in a later version",
        """\
recipe: job
format: 1
when:
  - mail.received: {}
  - schedule.every: {every: 1d}
steps:
  - note: x
""",
        "5:5 W2232 Several triggers in one recipe are not yet supported in this version.",
    ),
    Wrong(
        "two triggers in one map",
        """\
recipe: job
format: 1
when:
  mail.received: {}
  schedule.every: {every: 1d}
steps:
  - note: x
""",
        "5:3 W2226 `when` has two triggers, “mail.received” and “schedule.every”.",
    ),
    Wrong(
        "a run-control word is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received: {}
  onlyif: event.automatic
steps:
  - note: x
""",
        "5:3 W2227 “onlyif” is not a word that stands beside a trigger.",
    ),
    Wrong(
        "the id is not the name of the file",
        """\
recipe: other
format: 1
when: by_hand
steps:
  - note: x
""",
        "1:9 W2221 The recipe is called “other” but its file is “job”.",
    ),
    Wrong(
        "the id has capitals and a blank",
        """\
recipe: My Job
format: 1
when: by_hand
steps:
  - note: x
""",
        "1:9 W2220 “My Job” cannot be a recipe's id.",
    ),
    Wrong(
        "another version of the language",
        """\
recipe: job
format: 2
when: by_hand
steps:
  - note: x
""",
        "2:9 W2222 This version reads format 1, and the recipe says “2”.",
    ),
    Wrong(
        "the recipe has no id",
        """\
format: 1
when: by_hand
steps:
  - note: x
""",
        "1:1 W2202 The recipe lacks `recipe:`.",
    ),
    Wrong(
        "stuck takes another word",
        """\
recipe: job
format: 1
when: by_hand
steps:
  - note: x
stuck: wait
""",
        "6:8 W2223 `stuck` is `pause` or `fail`.",
    ),
    Wrong(
        "a title in a third language",
        """\
title: {en: a, fr: b}
recipe: job
format: 1
when: by_hand
steps:
  - note: x
""",
        "1:16 W2214 “title” is a fixed text, or one for each language.",
    ),
    Wrong(
        "a title with an expression",
        """\
title: "${event.x}"
recipe: job
format: 1
when: by_hand
steps:
  - note: x
""",
        "1:8 W2214 “title” is a fixed text, or one for each language.",
    ),
    Wrong(
        "a step is a text",
        """\
recipe: job
format: 1
when: by_hand
steps:
  - hello
""",
        "5:5 W2209 This is not a step.",
    ),
    Wrong(
        "a step has no verb",
        """\
recipe: job
format: 1
when: by_hand
steps:
  - as: x
""",
        "5:5 W2205 This step says nothing to do: it has no verb.",
    ),
    Wrong(
        "a verb is misspelled",
        """\
recipe: job
format: 1
when: by_hand
steps:
  - togeter:
      - note: x
""",
        "5:5 W2206 “togeter” is neither a verb nor one of the words that stand beside a verb.",
    ),
    Wrong(
        "steps is a map",
        """\
recipe: job
format: 1
when: by_hand
steps:
  note: x
""",
        "5:3 W2230 “steps” is a list of steps, and each step begins with `- `.",
    ),
    Wrong(
        "a way of choose has no condition",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- choose:
    - when: x
""",
        "8:7 W2215 A way of `choose` is `if:` with `steps:`, or `otherwise:` alone.",
    ),
    Wrong(
        "otherwise is not the last way",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- choose:
    - otherwise: [{note: x}]
    - if: event.automatic
      steps: [{note: y}]
""",
        "8:7 W2216 Nothing after `otherwise` would ever run.",
    ),
    Wrong(
        "a loop is named but hands nothing out",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- for_each:
    in: ${event.attachments}
    steps: [{note: x}]
  as: all
""",
        "7:3 W2218 In `for_each`, `collect` and `as` go together: what is collected needs a name, and a name needs `collect`.",
    ),
    Wrong(
        "a word under for_each is misspelled",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- for_each:
    in: ${event.attachments}
    stps: []
    steps: [{note: x}]
""",
        "9:5 W2402 `for_each` has no “stps”.",
    ),
    Wrong(
        "for_each goes over nothing",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- for_each:
    steps: [{note: x}]
""",
        "7:3 W2401 `for_each` needs “in”.",
    ),
    Wrong(
        "too many turns at once",
        """\
recipe: job
format: 1
when:
  mail.received:
    folder: Inbox
steps:
- for_each:
    in: ${event.attachments}
    at_once: 999
    steps: [{note: x}]
""",
        "9:14 W2307 `at_once` is a number from 1 to 50.",
    ),
]
