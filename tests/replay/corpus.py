"""Runs whose histories are kept: one for each kind of node and each way to end."""

from __future__ import annotations

from typing import Any

from tests.workflows.conftest import call, say

Trial = tuple[list[dict[str, Any]], Any, dict[str, Any]]  # steps, event, the rest of the plan

REFUSED: dict[str, Any] = call("refuse", connection="nour-trello")
CORPUS: dict[str, Trial] = {
    "actions": ([say("a", v=1), say(v={"$expr": "a.v + event.n"})], {"n": 2}, {}),
    "skipped": ([say("a") | {"condition": "event.n > 5"}, say(there={"$expr": "a is present"})], {"n": 2}, {}),
    "set-note-stop": (
        [
            {"kind": "set", "values": {"x": {"$expr": "event.n"}}},
            {"kind": "note", "text": {"$text": ["x is ", {"$expr": "x"}]}},
            {"kind": "stop", "text": "enough"},
        ],
        {"n": 2},
        {"always": [say(result={"$expr": "run.result"})]},
    ),
    "fail": ([{"kind": "fail", "text": "not today"}], {}, {"if_it_fails": [say(why={"$expr": "failure.message"})]}),
    "refused": ([REFUSED, say()], {}, {"if_it_fails": [say()], "always": [say()]}),
    "dealt-with": ([call("refuse", on_failure=[say()]), call("refuse", on_failure="continue"), say()], {}, {}),
    "retried": ([call("wobble", {"times": 1}, retry={"wait": 1})], {}, {}),
    "expression-fails": ([say(x={"$expr": "1 / event.n"})], {"n": 0}, {}),
    "choose": (
        [{"kind": "choose", "branches": [{"condition": "event.n > 5", "steps": [say()]}, {"steps": [say(), say()]}]}],
        {"n": 2},
        {},
    ),
    "together": (
        [{"kind": "together", "steps": [say("a", v=1), {"kind": "steps", "steps": [say(), say("b", v=2)]}, REFUSED]}],
        {},
        {"if_it_fails": [say()]},
    ),
    "for-each": (
        [
            {
                "kind": "for_each",
                "over": {"$expr": "event.items"},
                "steps": [say("s", v={"$expr": "item"})],
                "name": "one",
            },
            {
                "kind": "for_each",
                "over": {"$expr": "event.items"},
                "at_once": 2,
                "steps": [say("s", v={"$expr": "item"})],
                "collect": {"$expr": "s.v"},
                "name": "many",
            },
            say(many={"$expr": "many"}),
        ],
        {"items": [1, 2, 3]},
        {},
    ),
    "wait": ([{"kind": "wait", "span": 1}, say()], {}, {}),
    "account-waits": ([call("locked", connection="nour-slack"), say()], {}, {}),
    "queue-released": (
        [say()],
        {"k": "1"},
        {"starts": [{"trigger": "t", "kind": "t.t", "source": "s", "one_at_a_time_per": {"$expr": "event.k"}}]},
    ),
}
