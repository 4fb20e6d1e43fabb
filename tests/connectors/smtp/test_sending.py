"""Mail goes out once, reads as it was written, and a lost answer is said, never guessed."""

from __future__ import annotations

import base64
import email.parser
import quopri
import re
import socket
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from connectors.smtp.actions import Reply, Send, reply, send
from connectors.smtp.connection import SmtpConnection, check, open_client, smtp
from tests.connectors.smtp.conftest import Desk
from wakeel.sdk import AuthError, Effect, Maybe, Rejected, Unavailable
from wakeel.sdk.ports.mail import Correspondent, Mail

LONG = (  # 25 words
    "نشكركم على رسالتكم بخصوص تجديد عقد الصيانة السنوي للمبنى الرئيسي ونفيدكم بأن الموعد المقترح "
    "هو يوم الأحد القادم في تمام الساعة الحادية عشرة صباحا إن"
)
WORD = re.compile(r"=\?([^?]+)\?([bq])\?([^?]*)\?=", re.IGNORECASE)


def read_words(raw: bytes) -> str:
    """Decode RFC 2047 by a decoder that shares nothing with the product's."""
    text = re.sub(r"\r?\n(?=[ \t])", "", raw.decode("ascii")).strip()
    text = re.sub(r"(\?=)[ \t]+(?==\?)", r"\1", text)

    def decode(match: re.Match[str]) -> str:
        coded = match[3].encode()
        data = base64.b64decode(coded) if match[2].lower() == "b" else quopri.decodestring(coded, header=True)
        return data.decode(match[1])

    return WORD.sub(decode, text)


def header(raw: bytes, name: str) -> bytes:
    top = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    found = re.search(rb"^" + name.encode() + rb": ((?:.*\r\n)(?:[ \t].*\r\n)*)", top, re.MULTILINE | re.IGNORECASE)
    assert found, name
    return found[1]


def to(*people: str, **more: Any) -> Send:
    return Send(**{"to": list(people), "subject": "Hello", "text": "Hi"} | more)


def somebody(name: str = "client") -> str:
    return f"{name}-{uuid4().hex[:8]}@example.com"


def incoming(**more: Any) -> Mail:
    known = {"message_id": "<asked@test>", "received_at": datetime(2026, 11, 21, 8, tzinfo=UTC), "thread_id": "t-1"}
    return Mail.model_validate(known | {"from": {"name": "Mona", "address": somebody()}} | more)


async def test_a_mail_goes_out_with_the_headers_that_were_planned(desk: Desk) -> None:
    client, hidden = somebody(), somebody("hidden")
    sent = await send(to(client, bcc=[hidden]), desk.call())
    [mail] = desk.relay.to(client)
    found = email.parser.BytesHeaderParser().parsebytes(mail.raw)
    assert mail.recipients == (client, hidden)
    assert hidden.encode() not in mail.raw
    assert found["Message-ID"] == sent.message_id
    assert found["Date"] == "Sun, 22 Nov 2026 09:00:00 +0000"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["X-Wakeel-Run"]
    assert sent.accepted == [client, hidden]


async def test_a_long_arabic_subject_and_names_are_read_back_by_an_independent_decoder(desk: Desk) -> None:
    first, second = somebody(), somebody()
    people = [f"شركة النور للتجارة والمقاولات العامة <{first}>", f"منى بنت عبد الرحمن <{second}>"]
    await send(to(*people, subject=LONG, text="السلام عليكم"), desk.call())
    [mail] = desk.relay.to(first)
    assert read_words(header(mail.raw, "Subject")) == LONG
    assert read_words(header(mail.raw, "From")).startswith("شركة النور للتجارة والمقاولات العامة <")
    assert re.sub(r"\s+", " ", read_words(header(mail.raw, "To"))) == ", ".join(people)
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 76


async def test_a_reply_stands_in_the_conversation(desk: Desk) -> None:
    mail = incoming(subject="RE: [ext] رد: عقد", references=["<root@test>"], text="سؤال", language="ar")
    sent = await reply(Reply(mail=mail, text="جواب", quote=True), desk.call())
    [out] = desk.relay.to(mail.from_.address)
    assert read_words(header(out.raw, "Subject")) == "Re: عقد"
    assert header(out.raw, "In-Reply-To").split() == [b"<asked@test>"]
    assert header(out.raw, "References").split() == [b"<root@test>", b"<asked@test>"]
    assert header(out.raw, "Auto-Submitted").strip() == b"auto-replied"
    body = email.message_from_bytes(out.raw).get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().endswith("كتب Mona:\r\n> سؤال")
    assert sent.thread_id == "t-1"


async def test_files_go_along_under_their_arabic_names(desk: Desk) -> None:
    client, name = somebody(), "عقد الصيانة السنوي للمبنى الرئيسي ٢٠٢٧.pdf"
    ref = await desk.files.put(name, "application/pdf", b"%PDF" * 5000)
    await send(to(client, attachments=[ref], html="<p>Hi</p>"), desk.call())
    [mail] = desk.relay.to(client)
    parts = [p for p in email.message_from_bytes(mail.raw).walk() if not p.is_multipart()]
    assert [p.get_content_type() for p in parts] == ["text/plain", "text/html", "application/pdf"]
    assert parts[2].get_filename() == name
    assert parts[2].get_payload(decode=True) == b"%PDF" * 5000


async def test_a_hostile_subject_adds_no_header(desk: Desk) -> None:
    mail = incoming(subject="Hi\r\nBcc: eve@x.test =?utf-8?B?SGkNCkJjYzogZXZlQHgudGVzdA==?=")
    await reply(Reply(mail=mail, text="x"), desk.call())
    [out] = desk.relay.to(mail.from_.address)
    assert "bcc" not in email.message_from_bytes(out.raw)
    assert out.recipients == (mail.from_.address,)


@pytest.mark.parametrize("wrong", ["bob@", "", "bob@x.test, eve@y.test", "bob@x.test\nBcc: eve@y.test", "Bob <>"])
def test_what_is_no_mail_address_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a mail address"):
        to(wrong)


async def test_partial_refusals_are_told(desk: Desk) -> None:
    client, refused = somebody(), somebody("refused")
    sent = await send(to(client, refused), desk.call())
    assert sent.accepted == [client]
    assert [(no.address, no.code) for no in sent.refused] == [(refused, 550)]


async def test_when_everyone_is_put_off_nothing_was_done(desk: Desk) -> None:
    with pytest.raises(Unavailable):
        await send(to(somebody("later")), desk.call())


async def test_when_everyone_is_refused_it_is_final(desk: Desk) -> None:
    with pytest.raises(Rejected):
        await send(to(somebody("refused")), desk.call())


async def test_an_answer_lost_after_the_mail_is_maybe(desk: Desk) -> None:
    client = f"client+lost@{uuid4().hex[:8]}.example"
    with pytest.raises(Maybe):
        await send(to(client), desk.call())
    assert len(desk.relay.to(client)) == 1


async def test_a_server_that_is_away_did_surely_nothing(settings: dict[str, Any]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        away = SmtpConnection.model_validate(settings | {"port": probe.getsockname()[1]})
        async with open_client(away) as client:
            with pytest.raises(Unavailable):
                await check(client)


async def test_a_wrong_password_needs_a_person(filing: Desk) -> None:
    wrong = filing.client.connection.model_copy(update={"password": type(filing.client.connection.password)("no")})
    async with open_client(wrong) as client:
        with pytest.raises(AuthError):
            await check(client)


async def test_starttls_is_never_given_up(settings: dict[str, Any]) -> None:
    async with open_client(SmtpConnection.model_validate(settings | {"security": "starttls"})) as client:
        with pytest.raises(AuthError):
            await check(client)


def test_sending_is_found_only_where_the_server_files_what_it_sends(settings: dict[str, Any]) -> None:
    plain = SmtpConnection.model_validate(settings)
    assert send.effect_for(plain, None) is Effect.ONCE
    assert send.effect_for(plain.model_copy(update={"files_sent": True}), None) is Effect.FOUND
    assert set(smtp.actions) == {"send", "reply"}


async def test_twice_with_one_key_is_one_mail_where_the_server_files_it(filing: Desk) -> None:
    client = somebody()
    first = await send(to(client), filing.call("run/a"))
    filing.mailbox.append(filing.relay.to(client)[0].raw, "Sent")  # as a provider does by itself
    again = await send(to(client), filing.call("run/a", repeat=True))
    assert again.message_id == first.message_id
    assert len(filing.relay.to(client)) == 1


async def test_a_mail_that_is_not_in_the_sent_folder_is_sent(filing: Desk) -> None:
    client = somebody()
    await send(to(client), filing.call("run/b", repeat=True))
    assert len(filing.relay.to(client)) == 1


async def test_a_sent_folder_that_cannot_be_read_stops_the_repeat(filing: Desk) -> None:
    client = somebody()
    blind = filing.client.connection.model_copy(update={"imap_port": 1})
    async with open_client(blind) as outbox:
        with pytest.raises(Unavailable):
            await send(to(client), Desk(outbox, filing.relay, filing.mailbox).call("run/c", repeat=True))
    assert filing.relay.to(client) == []


async def test_a_mail_without_a_sender_that_can_be_answered_is_refused(desk: Desk) -> None:
    with pytest.raises(Rejected):
        await reply(Reply(mail=incoming(**{"from": Correspondent().model_dump()}), text="x"), desk.call())
