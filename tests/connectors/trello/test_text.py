"""Text from mails is inert on a card, and still readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.trello.text import LONGEST, carrying, cut, inert, mark, signed, title


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("![](http://t.test)", r"!\[\](http://t.test)"),
        ("# Title\n- a\n> b", "\\# Title\n\\- a\n\\> b"),
        ("*now* `code` ~~no~~ <b>", r"\*now\* \`code\` \~\~no\~\~ \<b>"),
        ("_x_ but snake_case", r"\_x\_ but snake_case"),
        ("see https://x.test/_a_b?c=1_", "see https://x.test/_a_b?c=1_"),
        ("@board @card a@b.test", "＠board ＠card a@b.test"),
        ("wk:0123", r"wk\:0123"),
        ("السعر 5 - 7 جنيه", "السعر 5 - 7 جنيه"),
        ("a\x00\x1b[0m\r\nb\ud800", "a\\[0m\nb"),
    ],
)
def test_signs_are_quoted_and_words_stay(text: str, shown: str) -> None:
    assert inert(text) == shown


@given(st.text(st.sampled_from("ab @#*_`[]()<>~\\:/-\nwk:http://wk:عب"), max_size=60))
def test_no_sign_is_left_that_trello_acts_on(text: str) -> None:
    quoted = inert(text)
    bare = re.sub(r"https?://[^\s\[\]()<>`*\\|]+", "u", quoted)
    assert not re.search(r"(?<!\w)@\w", bare)
    assert not set("`*~[]<") & set(re.sub(r"\\.", "", bare))
    assert not any(word.startswith("wk:") for word in quoted.split())


@given(st.text(max_size=200))
def test_what_is_read_stays_the_same(text: str) -> None:
    plain = "".join(c for c in text if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff"))
    unquoted = re.sub(r"\\(.)", r"\1", re.sub(r"\\:", ":", inert(text)), flags=re.DOTALL)
    assert unquoted.replace("＠", "@") == plain.replace("＠", "@")


@given(st.text(st.sampled_from("a\\*ع"), max_size=60), st.integers(2, 60))
def test_a_cut_fits_and_leaves_no_lone_backslash(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most
    assert short == text or not short.removesuffix("…").endswith("\\")


def test_a_long_text_keeps_its_marks() -> None:
    text = signed("*" * 40_000, mark("k"), mark("t", "t-"))
    assert len(text) <= LONGEST
    assert text.split()[-2:] == [mark("k"), mark("t", "t-")]


def test_a_mark_in_a_strangers_text_is_not_ours() -> None:
    planted = {"id": "1", "desc": signed(f"hello\n{mark('theirs')}", mark("ours"))}
    assert carrying([planted], mark("theirs")) is None
    assert carrying([planted], mark("ours")) == planted


def test_a_name_is_one_line_and_no_link() -> None:
    assert title("  a\n\tb [x](http://t.test)\x00 ") == "a b [x] (http://t.test)"
    assert len(title("ط" * 2000)) == 512


def test_a_mark_tells_nothing_of_the_key() -> None:
    assert re.fullmatch("wk:[0-9a-f]{20}", mark("noor/triage/steps/0"))
