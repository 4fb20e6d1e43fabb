"""A mail becomes an event, whatever is broken in it."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wakeel.sdk.ports.mail import Mail, Place, read_mail
from wakeel.sdk.ports.mail.filenames import clean_name
from wakeel.sdk.ports.mail.identity import digest, identity

HERE = Place("acc", "INBOX", 7, 1, datetime(2026, 11, 22, tzinfo=UTC), frozenset({"nour@example.com"}))


def read(raw: bytes) -> Mail:
    return read_mail(raw, HERE, lambda html: html.replace("<p>", "")).mail


def headers(**more: str) -> bytes:
    known = {"From": "Mona <mona@example.com>", "Message_ID": "<m@test>", "Subject": "Hi"} | more
    return "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in known.items()).encode()


def test_a_mail_with_a_broken_charset_and_no_closing_boundary_is_read() -> None:
    raw = (
        b"Subject: " + "فاتورة".encode("cp1256") + b"\r\nContent-Type: multipart/alternative; boundary=q\r\n\r\n--q\r\n"
        b"Content-Type: text/plain; charset=x-unknown\r\n\r\n" + "نرجو السداد".encode("cp1256") + b"\r\n--q\r\n"
        b"Content-Type: text/html; charset=windows-1256\r\n\r\n<p>" + "نرجو السداد".encode("cp1256")
    )
    mail = read(raw)
    assert (mail.subject, mail.text, mail.language, mail.charset_repaired) == ("فاتورة", "نرجو السداد", "ar", True)


def test_html_stands_in_where_there_is_no_plain_text() -> None:
    assert read(headers(Content_Type="text/html") + b"\r\n<p>Hello").text == "Hello"


def test_the_identity_is_the_message_id_else_a_hash_of_what_the_sender_wrote() -> None:
    assert identity(headers() + b"\r\nx") == "<m@test>"
    bare = b"Subject: x\r\n\r\nbody\r\n"
    assert identity(bare).startswith("sha256:")
    assert identity(b"Received: by mx\r\nReturn-Path: <a@b.test>\r\n" + bare) == identity(bare.replace(b"\r\n", b"\n"))
    assert digest(bare) != digest(bare.replace(b"body", b"other"))


def test_a_conversation_has_one_id() -> None:
    first = read(headers(Message_ID="<root@test>"))
    answer = read(headers(Message_ID="<2@test>", In_Reply_To="<root@test>"))
    later = read(headers(Message_ID="<3@test>", References="<root@test>\r\n <2@test>", In_Reply_To="<2@test>"))
    assert first.thread_id == answer.thread_id == later.thread_id
    assert later.references == ["<root@test>", "<2@test>"]
    assert read(headers(Message_ID="<other@test>")).thread_id != first.thread_id


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.example.com>"},
        {"X_Wakeel_Run": "abc"},
        {"Return_Path": "<>"},
    ],
)
def test_mail_of_programs_is_told_from_mail_of_people(header: dict[str, str]) -> None:
    assert read(headers(**header)).automatic
    assert not read(headers(Auto_Submitted="no")).automatic


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (headers() + b"From: eve@x.test\r\n", "two_senders"),
        (headers(From="alice@ok.test <evil@x.test>"), "address_in_name"),
        (headers(From="nobody"), "sender_unreadable"),
        (headers(Reply_To="a@elsewhere.test"), "reply_goes_elsewhere"),
        (headers(Authentication_Results="mx; dmarc=fail"), "authentication_failed"),
        (headers(X="y" * 70_000), "headers_cut"),
    ],
)
def test_doubts_are_named(raw: bytes, reason: str) -> None:
    mail = read(raw + b"\r\nx")
    assert mail.suspect
    assert reason in mail.suspect_reasons
    assert read(headers()).suspect_reasons == []


def test_mail_from_the_own_address_is_known() -> None:
    assert read(headers(From="Nour <Nour@Example.com>")).from_self
    assert not read(headers()).from_self


def test_the_event_speaks_of_from_and_reads_itself_back() -> None:
    told = read(headers()).model_dump(mode="json")
    assert told["from"] == {"name": "Mona", "address": "mona@example.com"}
    assert Mail.model_validate(told) == read(headers())
    assert told["open_url"] == "mid:m@test"


def test_the_text_is_capped_inside_no_letter() -> None:
    text = read(headers() + b"\r\n" + ("ا" * 20_000).encode()).text
    assert len(text.encode()) == 16 * 1024


def test_files_are_named_whatever_the_form_of_their_names() -> None:
    names = {
        "filename*=utf-8''%D8%B9%D9%82%D8%AF.pdf": "عقد.pdf",
        "filename*=windows-1256''%DA%DE%CF.pdf": "عقد.pdf",
        "filename*0*=utf-8''%D8%B9%D9%82;\r\n filename*1*=%D8%AF; filename*2=.pdf": "عقد.pdf",
        'filename="=?utf-8?B?' + base64.b64encode("عقد.pdf".encode()).decode() + '?="': "عقد.pdf",
        'filename="a;b.pdf"': "a;b.pdf",
    }
    for parameter, name in names.items():
        raw = headers(Content_Type="application/pdf", Content_Disposition=f"attachment; {parameter}") + b"\r\nx"
        [part] = read_mail(raw, HERE, str).files
        assert part.name == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\\b\\c.txt", "c.txt"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("CON.txt", "_CON.txt"),
        ("..", "attachment"),
    ],
)
def test_names_of_files_are_cleaned(written: str, name: str) -> None:
    assert clean_name(written) == name


@settings(deadline=None)
@given(st.text(max_size=300))
def test_every_cleaned_name_can_be_stored(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean.encode()) <= 120
    assert "/" not in clean
    assert "\\" not in clean


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_no_bytes_stop_the_reading(raw: bytes) -> None:
    read(raw).model_dump_json()


@pytest.mark.parametrize(
    "raw",
    [
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(400)),
        b"Content-Type: text/plain; " + b"; ".join(b"a%d=b" % n for n in range(5_000)) + b"\r\n\r\nx",
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 50_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nx",
        b"References: " + b"<a@b> " * 20_000 + b"\r\n\r\nx",
        b"\r\n" + b"> " * 200_000 + b"\n" * 200_000,
    ],
    ids=["nested", "parameters", "parts", "encoded words", "references", "quotes"],
)
def test_bombs_cost_little(raw: bytes) -> None:
    began = time.process_time()
    read(raw)
    assert time.process_time() - began < 1
