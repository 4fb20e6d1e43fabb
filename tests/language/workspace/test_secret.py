"""What looks like a secret, and what does not."""

from __future__ import annotations

import pytest

from wakeel.language.workspace import looks_secret

SECRETS = [
    "xoxb-123456789012-abcdefABCDEF",
    "see xoxp-1234567890 please",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    "-----BEGIN PRIVATE KEY-----",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "ghp_0123456789abcdefghijABCDEFGHIJ",
    "Bearer 3f9a8b7c6d5e",
    "https://user:hunter2@example.com/",
    "password: hunter2secret",
    "api_key=12345-abcde",
    "كلمة المرور: Qz82jdka1",
    "7Fq2LmXv9RkT4bWz8NcP1sHdY6gJ3aEo5UiB0xVt",
    "0123456789abcdef0123456789abcdef01234567",
    "ATTA0123456789abcdef0123456789abcdef",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc",
]
HARMLESS = [
    "",
    "secret://NOOR_MAIL",
    "Bearer ${settings.token_name}",
    "New mail from ${event.from.name}: ${event.subject}",
    "password: ${ask.answer}",
    "password: required",
    "secret: don't-tell-anyone",
    "the bearer instruments of 2026",
    "token: https://example.com/2026/page",
    "The token: see secret://NAME",
    "https://docs.example.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgVE2upms/edit",
    "replies/a-long-name-of-a-reply-template-2026-version-two",
    "عميل جديد: بطاقة وتنبيه وحجز",
    "0501234567",
    "5f3c2a9b8d7e6f5a4b3c2d1e",
]


@pytest.mark.parametrize("text", SECRETS)
def test_a_literal_secret_is_recognised(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_people_write_in_recipes_is_no_secret(text: str) -> None:
    assert not looks_secret(text)


@pytest.mark.parametrize("key", ["password", "token", "api_key", "X-Api-Key", "client_secret", "Authorization"])
def test_the_name_of_a_key_gives_a_short_secret_away(key: str) -> None:
    assert looks_secret("swordfish", key)
    assert not looks_secret("secret://NAME", key)
    assert not looks_secret("${settings.name}", key)


@pytest.mark.parametrize("key", ["text", "key", "channel", "urgent_words"])
def test_other_keys_give_nothing_away(key: str) -> None:
    assert not looks_secret("swordfish", key)
