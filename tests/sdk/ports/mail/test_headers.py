"""Headers are written so that any decoder reads them, and read whatever their form."""

from __future__ import annotations

import base64
import email.header
import quopri
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wakeel.sdk.ports.mail import Correspondent
from wakeel.sdk.ports.mail.addresses import encode_addresses, read_addresses
from wakeel.sdk.ports.mail.headers import decode, encode, safe, split_headers

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ" + "ًٌٍَُِّْ" + "١٢٣٤٥٦٧٨٩٠"
ARABIC = st.text(LETTERS, min_size=1, max_size=12)
MIXED = st.one_of(ARABIC, st.text("abcXYZ019.-_()&@,;:\"'", min_size=1, max_size=14), st.sampled_from(["😀", "é", "—"]))
SENTENCES = st.lists(MIXED, min_size=1, max_size=25).map(" ".join)
NAMES = st.lists(st.one_of(ARABIC, st.text("abcXYZ.,'\"\\()", min_size=1, max_size=8)), min_size=1, max_size=8).map(
    " ".join
)
WORD = re.compile(r"=\?([^?]+)\?([bq])\?([^?]*)\?=", re.IGNORECASE)


def independent(value: str) -> str:
    """Decode RFC 2047 word by word, with nothing of Python's email package: each word must stand by itself."""
    text = re.sub(r"\r\n(?=[ \t])", "", value)
    text = re.sub(r"(?<=\?=)[ \t]+(?==\?)", "", text)

    def one(match: re.Match[str]) -> str:
        coded = match[3].encode("ascii")
        data = base64.b64decode(coded) if match[2].lower() == "b" else quopri.decodestring(coded, header=True)
        return data.decode(match[1])

    return WORD.sub(one, text)


@settings(deadline=None)
@given(SENTENCES)
def test_an_independent_decoder_reads_the_identical_subject(subject: str) -> None:
    written = encode("Subject", subject)
    assert independent(written.removeprefix("Subject: ")) == safe(subject)
    assert max(map(len, written.split("\r\n"))) <= 76


@settings(deadline=None)
@given(SENTENCES)
def test_what_is_written_is_read_back(subject: str) -> None:
    assert decode(encode("Subject", subject).removeprefix("Subject: ").replace("\r\n", "").encode()).text == safe(
        subject
    )


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4))
def test_names_of_recipients_come_through(names: list[str]) -> None:
    people = [Correspondent(name=" ".join(name.split()), address=f"p{n}@example.com") for n, name in enumerate(names)]
    written = encode_addresses("To", people)
    assert max(map(len, written.split("\r\n"))) <= 76
    raw = written.removeprefix("To: ").replace("\r\n", "").encode()
    assert read_addresses(raw) == people


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_value_begins_a_header_of_its_own(value: str) -> None:
    written = encode("Subject", value)
    assert all(line.startswith(" ") for line in written.split("\r\n")[1:])
    assert "\n" not in written.replace("\r\n", "")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_decoding_never_raises_and_gives_text_that_can_be_encoded(raw: bytes) -> None:
    assert "\n" not in decode(raw).text
    decode(raw).text.encode()


@pytest.mark.parametrize(
    "raw",
    [
        "فاتورة".encode(),
        "فاتورة".encode("cp1256"),
        b"=?windows-1256?B?" + base64.b64encode("فاتورة".encode("cp1256")) + b"?=",
        b"=?us-ascii?B?" + base64.b64encode("فاتورة".encode("cp1256")) + b"?=",
        b"=?iso-8859-6?B?" + base64.b64encode("فاتورة".encode("cp1256")) + b"?=",
        b"=?x-unknown?Q?=DD=C7=CA=E6=D1=C9?=",
        b"=?utf-8?B?2YHYp9i?= =?utf-8?B?q9mI2LHYqQ==?=",
    ],
)
def test_a_subject_is_read_whatever_its_charset_says(raw: bytes) -> None:
    assert decode(raw).text in ("فاتورة", "فاثورة")


@pytest.mark.parametrize("text", ["123", "None", "[1,2]", "+966501234567", "...", "{}", "0123", "${7*7}", "{{ 7*7 }}"])
def test_a_subject_stays_the_text_that_it_is(text: str) -> None:
    assert decode(text.encode()).text == text


def test_an_encoded_word_inside_an_encoded_word_stays_harmless_text() -> None:
    inner = email.header.Header("Hi\r\nBcc: eve@x.test", "utf-8").encode()
    outer = b"=?utf-8?B?" + base64.b64encode(inner.encode()) + b"?="
    text = decode(outer).text
    assert "\n" not in text
    assert "=?" not in independent(encode("Subject", f"Re: {text}"))


def test_headers_are_cut_before_anything_is_parsed() -> None:
    raw = b"To: " + b", ".join(b"a%d@b.test" % n for n in range(20_000)) + b"\r\nSubject: x\r\n\r\nbody"
    began = time.process_time()
    headers, body = split_headers(raw)
    people = read_addresses(headers.raw("to"), most=20_000)
    assert time.process_time() - began < 1
    assert len(headers.raw("to")) == 16 * 1024
    assert len(people) > 1_000
    assert headers.cut
    assert body == b"body"


@pytest.mark.parametrize("raw", [b"(" * 5_000, b'"' * 5_000, b"<" * 16_000, b"\\" * 16_000, b"=?utf-8?q?a?= " * 5_000])
def test_bombs_in_headers_cost_little(raw: bytes) -> None:
    began = time.process_time()
    read_addresses(raw)
    decode(raw)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        (b"alice@ok.test <evil@x.test>", "alice@ok.test", "evil@x.test"),
        (b'"alice@ok.test" <evil@X.Test>', "alice@ok.test", "evil@x.test"),
        (b"<a@ok.test> <evil@x.test>", "<a@ok.test>", "evil@x.test"),
        (b'"Bond, James" <jb@x.test>', "Bond, James", "jb@x.test"),
        (b"jb@x.test (James Bond)", "James Bond", "jb@x.test"),
        (b"Undisclosed recipients:;", "", ""),
        (b"nobody", "", ""),
        ("منى <mona@x.test>".encode("cp1256"), "منى", "mona@x.test"),
    ],
)
def test_the_last_address_in_angle_brackets_is_the_sender(raw: bytes, name: str, address: str) -> None:
    assert read_addresses(raw, most=1) in ([Correspondent(name=name, address=address)], [])
    assert bool(read_addresses(raw, most=1)) or not address
