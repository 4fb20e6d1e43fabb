"""HTML mail is read as a person sees it."""

from __future__ import annotations

import time

import pytest

from connectors.imap.html import html_to_text


def test_blocks_stand_on_lines_and_hidden_parts_are_left_out() -> None:
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><div style='display:none'>preheader</div>"
        "<p>مرحبا&nbsp;  <b>نور</b></p><div>Hello<br>World</div><script>x()</script>"
        "<div class=gmail_quote>On Monday Mona wrote: old</div></body></html>"
    )
    assert html_to_text(html).split() == ["مرحبا", "نور", "Hello", "World"]
    assert "Hello\nWorld" in html_to_text(html)


def test_a_mail_that_is_all_quote_is_shown() -> None:
    assert html_to_text("<div class=gmail_quote>old</div>") == "old"


@pytest.mark.parametrize("html", ["<div>" * 20_000 + "x", "<table><tr><td>" * 5_000 + "x", "", "\x00", "<" * 100_000])
def test_bombs_cost_little(html: str) -> None:
    began = time.process_time()
    html_to_text(html)
    assert time.process_time() - began < 2
