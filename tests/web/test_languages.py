"""Which language a browser asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wakeel.web.languages import accepted


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("ar", ["ar"]),
        ("en-GB,en;q=0.9,ar;q=0.8", ["en", "en", "ar"]),
        ("en;q=0.1,ar-EG;q=0.9", ["ar", "en"]),
        ("fr, ar;q=0", ["fr"]),
        ("ar;q=much,en", ["en"]),
        ("", [""]),
    ],
)
def test_languages_are_told_best_first(header: str, wanted: list[str]) -> None:
    assert list(accepted(header)) == wanted


@given(some.text())
def test_no_header_breaks_a_page(header: str) -> None:
    assert all(isinstance(tag, str) for tag in accepted(header))
