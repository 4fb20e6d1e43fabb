"""Text is read by what its bytes say, where the label is missing or a lie."""

from __future__ import annotations

import pytest

from wakeel.sdk.ports.mail.charsets import decode

TEXT = "مرحبا بكم، الفاتورة المرفقة رقم 5 عن شهر مارس"


@pytest.mark.parametrize(
    "label", ["utf-8", "us-ascii", "iso-8859-6", "iso-8859-1", "windows-1252", "x-unknown", "utf-7"]
)
def test_windows_1256_is_recognised_under_every_wrong_label(label: str) -> None:
    found = decode(TEXT.encode("cp1256"), label)
    assert (found.text, found.repaired) == (TEXT, True)


@pytest.mark.parametrize("label", ["windows-1256", "cp-1256", "x-windows-1256", "CP1256"])
def test_a_right_label_needs_no_repair(label: str) -> None:
    assert decode(TEXT.encode("cp1256"), label).repaired is False
    assert decode(TEXT.encode("cp1256"), label).text == TEXT


def test_iso_8859_6_is_told_from_windows_1256() -> None:
    plain = TEXT.replace("،", "")
    assert decode(plain.encode("iso8859-6"), "windows-1256").text == plain


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("España mañana", "iso-8859-1"),
        ("Grüße aus Köln", "iso-8859-1"),
        ("Привет, мир", "koi8-r"),
        ("日本語", "shift_jis"),
    ],
)
def test_other_languages_keep_their_charset(text: str, charset: str) -> None:
    assert decode(text.encode(charset), charset).text == text


def test_utf_8_under_another_label_is_utf_8() -> None:
    assert decode(TEXT.encode(), "windows-1252").text == TEXT


@pytest.mark.parametrize("label", ["nope", "base64", "zlib", "punycode", "unicode_escape", "\udcff", "x" * 5000, ""])
def test_a_label_that_is_no_charset_costs_nothing(label: str) -> None:
    assert decode(b"plain", label).text == "plain"
    decode(b"\xff\xfe\x00", label)
