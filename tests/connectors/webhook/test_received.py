"""A request is taken with the right secret only, whatever else its headers and its body hold."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError
from standardwebhooks import Webhook

from connectors.webhook import WebhookConnection, received
from wakeel.sdk import AuthError, Rejected, Request

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEY = "whsec_" + base64.b64encode(bytes(range(24))).decode()
TOKEN = WebhookConnection(secret=SecretStr("a-long-token"))
STANDARD = WebhookConnection(secret=SecretStr(KEY))
BODY = b'{"order": 7}'


def read(request: Request, connection: WebhookConnection = TOKEN) -> tuple[str, Any]:
    assert received.hook is not None
    [event] = received.hook(request, connection)
    assert event.body == request.body
    return event.key, event.data.body


def posted(body: bytes = BODY, headers: dict[str, str] | None = None) -> Request:
    return Request("POST", {"x-wakeel-token": "a-long-token"} | (headers or {}), body, NOW)


def standard(
    body: bytes = BODY, name: str = "msg_1", at: datetime = NOW, signed: datetime | None = None, key: str = KEY
) -> Request:
    signature = Webhook(key).sign(name, signed or at, body.decode())
    headers = {"webhook-id": name, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}
    return Request("POST", headers, body, NOW)


def changed(request: Request, **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("POST", dict(request.headers) | named, request.body, NOW)


def test_the_right_token_is_taken_and_the_id_header_names_the_delivery() -> None:
    assert read(posted(headers={"webhook-id": "d-1"})) == ("w:d-1", {"order": 7})


def test_without_an_id_the_body_names_the_delivery() -> None:
    assert read(posted())[0] == f"w:{hashlib.sha256(BODY).hexdigest()}"
    assert read(posted())[0] == read(posted())[0] != read(posted(b'{"order": 8}'))[0]


def test_names_that_differ_late_stay_different() -> None:
    long = ["x" * 5000 + end for end in ("1", "2")]
    keys = {read(posted(headers={"webhook-id": name}))[0] for name in long}
    assert len(keys) == 2
    assert all(len(key) < 100 for key in keys)


def test_other_headers_may_carry_token_and_name() -> None:
    shop = WebhookConnection(secret=SecretStr("a-long-token"), header="X-Shop-Token", id_header="X-Shop-Delivery")
    request = Request("POST", {"x-shop-token": "a-long-token", "x-shop-delivery": "77"}, BODY, NOW)
    assert read(request, shop)[0] == "w:77"


def test_a_token_beyond_ascii_is_compared_by_its_bytes() -> None:
    arabic = WebhookConnection(secret=SecretStr("سر طويل جدا"))
    header = "سر طويل جدا".encode().decode("latin-1")  # as a server hands it over
    assert read(posted(headers={"x-wakeel-token": header}), arabic)[1] == {"order": 7}


@pytest.mark.parametrize("token", ["", "a-long-toke", "a-long-token ", "A-LONG-TOKEN", "é", "سر", "\x00", "?" * 5000])
def test_a_wrong_token_is_refused(token: str) -> None:
    with pytest.raises(AuthError):
        read(posted(headers={"x-wakeel-token": token}))
    with pytest.raises(AuthError):
        read(Request("POST", {}, BODY, NOW))


@pytest.mark.parametrize("secret", ["", "tiny", "whsec_", "whsec_==", "whsec_!!!!!!!!", "whsec_" + "QUFB" * 5])
def test_a_secret_that_anybody_could_guess_is_no_secret(secret: str) -> None:
    with pytest.raises(ValidationError) as refused:
        WebhookConnection(secret=SecretStr(secret))
    assert not secret or secret not in str(refused.value)


def test_a_signature_by_the_standards_own_library_is_taken() -> None:
    assert read(standard(), STANDARD) == ("w:msg_1", {"order": 7})
    assert read(standard('{"name": "نور"}'.encode()), STANDARD) == ("w:msg_1", {"name": "نور"})


def test_one_right_signature_among_others_is_enough() -> None:
    request = standard()
    several = f"v2,AAAA v1,{'A' * 44} {request.headers['webhook-signature']}"
    assert read(changed(request, webhook_signature=several), STANDARD)[0] == "w:msg_1"


def test_a_signed_delivery_is_named_by_what_was_signed() -> None:
    shop = WebhookConnection(secret=SecretStr(KEY), id_header="X-Anything")
    assert read(changed(standard(), x_anything="replayed"), shop)[0] == "w:msg_1"


@pytest.mark.parametrize("late", [timedelta(minutes=-4, seconds=-59), timedelta(), timedelta(minutes=4, seconds=59)])
def test_a_signature_of_these_minutes_is_taken(late: timedelta) -> None:
    assert read(standard(at=NOW + late), STANDARD)


@pytest.mark.parametrize("late", [timedelta(minutes=-6), timedelta(minutes=6), timedelta(days=-9999)])
def test_a_stale_or_future_signature_is_refused(late: timedelta) -> None:
    with pytest.raises(AuthError):
        read(standard(at=NOW + late), STANDARD)


def test_a_signature_for_anything_else_is_refused() -> None:
    other = "whsec_" + base64.b64encode(bytes(24)).decode()
    again = json.dumps(json.loads(BODY), separators=(",", ":")).encode()
    wrong = [
        standard(key=other),
        standard(signed=NOW - timedelta(seconds=1)),
        changed(standard(), webhook_id="msg_2"),
        Request("POST", standard().headers, again, NOW),
        changed(standard(), webhook_signature=standard().headers["webhook-signature"].removeprefix("v1,")),
        changed(standard(), webhook_signature=standard().headers["webhook-signature"].replace("v1,", "v2,")),
    ]
    for request in wrong:
        with pytest.raises(AuthError):
            read(request, STANDARD)


JUNK = ["", " ", "nan", "-1", "1e9", "9" * 5000, "١٧٩٥٣٤٢٤٠٠", "1795342400.5", "²", "\x00", "é", "سر", "v1,", "v1", ","]


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("header", ["webhook_id", "webhook_timestamp", "webhook_signature"])
def test_junk_in_a_header_is_a_wrong_signature_and_never_another_error(header: str, junk: str) -> None:
    with pytest.raises(AuthError):
        read(changed(standard(), **{header: junk}), STANDARD)


@given(
    st.dictionaries(st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]), st.text()), st.binary()
)
def test_no_request_raises_anything_but_the_two_words(headers: dict[str, str], body: bytes) -> None:
    for connection in (TOKEN, STANDARD):
        for given_headers in (headers, headers | {"x-wakeel-token": "a-long-token"}):
            try:
                read(Request("POST", given_headers, body, NOW), connection)
            except (AuthError, Rejected):
                continue


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b"[Infinity]",
        b"[-Infinity]",
        b"[1e999]",
        b"[" + b"9" * 5000 + b"]",
        b"[" * 100_000,
        b"[" * 60 + b"]" * 60,
        b'{"a":' * 60 + b"1" + b"}" * 60,
        b"[" * 999 + b"]" * 999,
    ],
)
def test_what_is_no_plain_json_is_refused_at_once(body: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(Rejected):
        read(posted(body))
    assert time.process_time() - begun < 1


def test_numbers_and_texts_arrive_as_they_were_sent() -> None:
    sent = {"whole": 12345678901234567890, "part": 0.5, "text": "123", "none": None, "yes": True, "list": [1, "٣"]}
    assert read(posted(json.dumps(sent).encode()))[1] == sent


def test_a_large_flat_body_is_read_at_once() -> None:
    begun = time.process_time()
    assert len(read(posted(json.dumps(list(range(150_000))).encode()))[1]) == 150_000
    assert time.process_time() - begun < 2
