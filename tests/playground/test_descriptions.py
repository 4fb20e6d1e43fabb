"""Canaries: for every operation that a connector uses, a right request passes and wrong ones are refused.

A description can be silently empty, and then every request passes; only a wrong request that is refused shows that it
is not.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from wakeel.playground import descriptions
from wakeel.playground.description import ApiDescription, Sent

ID = "6b0320a27382c2f9c2000176"
KEYS = [("Authorization", 'OAuth oauth_consumer_key="k", oauth_token="t"')]
BEARER = [("Authorization", "Bearer xoxb-1")]
FORM = ("Content-Type", "application/x-www-form-urlencoded")
JSON = ("Content-Type", "application/json")
Fields = dict[str, str]

TRELLO: list[tuple[str, Fields, list[Fields]]] = [
    ("GET /1/members/me", {"fields": "username"}, [{"feilds": "username"}]),
    ("GET /1/members/me/boards", {"filter": "open", "fields": "name"}, [{"filter": "opened"}]),
    (f"GET /1/boards/{ID}/lists", {"filter": "all", "fields": "name,closed"}, [{"filter": "some"}]),
    (f"GET /1/boards/{ID}/labels", {"limit": "1000", "fields": "name"}, [{"limit": "many"}]),
    (f"GET /1/boards/{ID}/members", {}, [{"feilds": "x"}]),
    (f"GET /1/boards/{ID}/cards/all", {"fields": "name,desc"}, [{"field": "desc"}]),
    (f"GET /1/boards/{ID}/actions", {"filter": "createCard", "since": ID, "limit": "50"}, [{"limit": "x"}]),
    (f"GET /1/lists/{ID}", {"fields": "name,closed"}, [{"feilds": "name"}]),
    (f"GET /1/lists/{ID}/cards", {"fields": "desc"}, [{"feilds": "desc"}]),
    (f"GET /1/cards/{ID}", {"fields": "idBoard"}, [{"attach": "true"}]),
    (f"GET /1/cards/{ID}/actions", {"filter": "commentCard", "page": "1"}, [{"page": "20"}, {"page": "x"}]),
    (f"GET /1/cards/{ID}/attachments", {"fields": "url"}, [{"feilds": "url"}]),
    (
        "POST /1/cards",
        {"idList": ID, "name": "x", "desc": "", "pos": "top", "due": "2026-11-22T09:00:00Z", "idLabels": f"{ID},{ID}"},
        [
            {"idList": ""},
            {"idList": "nope"},
            {"pos": "middle"},
            {"due": "tomorrow"},
            {"idLabels": "red"},
            {"nam": "x"},
        ],
    ),
    (
        f"PUT /1/cards/{ID}",
        {"closed": "true", "due": "", "desc": "", "idList": ID},
        [{"closed": "True"}, {"closed": "yes"}, {"idList": "nope"}, {"list": ID}],
    ),
    (f"POST /1/cards/{ID}/actions/comments", {"text": "x"}, [{"text": ""}, {"txt": "x"}]),
    (f"POST /1/cards/{ID}/attachments", {"url": "https://x.test", "name": "x"}, [{"uri": "https://x.test"}]),
    (f"POST /1/cards/{ID}/idLabels", {"value": ID}, [{"value": "red"}]),
    ("POST /1/labels", {"idBoard": ID, "name": "x", "color": "sky"}, [{"color": "beige"}, {"name": ""}]),
    ("POST /1/checklists", {"idCard": ID, "name": "x"}, [{"idCard": ""}]),
    (f"POST /1/checklists/{ID}/checkItems", {"name": "x", "checked": "false"}, [{"checked": "False"}]),
]
SLACK: list[tuple[str, Fields, list[Fields]]] = [
    ("POST /api/auth.test", {}, [{"tokn": "x"}]),
    ("POST /api/chat.postMessage", {"channel": "#a", "text": "x", "metadata": "{}"}, [{"channel": ""}, {"txt": "x"}]),
    ("POST /api/chat.update", {"channel": "C1", "ts": "1.2", "text": "x"}, [{"ts": ""}]),
    ("POST /api/chat.delete", {"channel": "C1", "ts": "1.2"}, [{"ts": ""}, {"channel": ""}]),
    ("GET /api/chat.getPermalink", {"channel": "C1", "message_ts": "1.2"}, [{"message_ts": ""}, {"ts": "1.2"}]),
    ("GET /api/conversations.list", {"limit": "200", "exclude_archived": "1"}, [{"limit": "many"}]),
    ("GET /api/conversations.info", {"channel": "C1"}, [{"chanel": "C1"}]),
    (
        "GET /api/conversations.history",
        {"channel": "C1", "include_all_metadata": "1"},
        [{"channel": ""}, {"since": "1"}],
    ),
    ("GET /api/conversations.replies", {"channel": "C1", "ts": "1.2"}, [{"ts": ""}]),
    ("POST /api/conversations.open", {"users": "U1"}, [{"user": "U1"}]),
    ("GET /api/users.list", {"limit": "200"}, [{"limit": "many"}]),
    ("GET /api/users.lookupByEmail", {"email": "a@b.c"}, [{"email": ""}]),
    ("POST /api/reactions.add", {"channel": "C1", "timestamp": "1.2", "name": "eyes"}, [{"timestamp": ""}]),
]


def of(call: str) -> tuple[ApiDescription, list[tuple[str, str]]]:
    return (descriptions.slack(), BEARER) if " /api" in call else (descriptions.trello(), KEYS)


def problem(call: str, fields: Fields, *, shape: str, signed: bool = True) -> str | None:
    description, sign = of(call)
    method, path = call.split()
    sent = Sent(method, path, headers=list(sign) if signed else [])
    if shape == "query" or method == "GET":
        sent.query = list(fields.items())
    elif shape == "form":
        sent.headers, sent.body = [*sent.headers, FORM], urlencode(fields).encode()
    else:
        sent.headers, sent.body = [*sent.headers, JSON], json.dumps(fields).encode()
    return description.problem(sent)


@pytest.mark.parametrize("shape", ["query", "form", "json"])
@pytest.mark.parametrize(("call", "right"), [(call, right) for call, right, _ in TRELLO + SLACK])
def test_a_right_request_passes(call: str, right: Fields, shape: str) -> None:
    assert problem(call, right, shape=shape) is None


@pytest.mark.parametrize("shape", ["query", "form", "json"])
@pytest.mark.parametrize(
    ("call", "right", "change"), [(call, right, change) for call, right, some in TRELLO + SLACK for change in some]
)
def test_a_wrong_request_is_refused(call: str, right: Fields, change: Fields, shape: str) -> None:
    wrong = {name: value for name, value in (right | change).items() if value or name not in change}
    assert problem(call, wrong, shape=shape)


@pytest.mark.parametrize("call", [call for call, _, _ in TRELLO + SLACK])
def test_a_request_without_authorization_is_refused(call: str) -> None:
    right = next(fields for known, fields, _ in TRELLO + SLACK if known == call)
    assert "Security not found" in str(problem(call, right, shape="query", signed=False))


@pytest.mark.parametrize("call", ["GET /1/card/x", "PATCH /1/cards", f"PUT /1/cards/{ID}/due", "POST /api/chat.post"])
def test_a_call_that_does_not_exist_is_refused(call: str) -> None:
    assert problem(call, {}, shape="query")


def test_a_body_that_is_no_json_is_refused() -> None:
    sent = Sent("POST", "/1/cards", headers=[*KEYS, JSON], body=b"{")
    assert descriptions.trello().problem(sent)


def test_every_correction_says_why() -> None:
    for name in ("trello", "slack"):
        for fix in descriptions.corrections(name):
            assert {"call", "at"} & set(fix), fix
            assert fix["because"], fix
