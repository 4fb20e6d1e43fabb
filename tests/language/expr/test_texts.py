"""Text from outside stays text, byte for byte (T3)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakeel.language.expr import Evaluation
from wakeel.language.values import revive
from wakeel.sdk.calendar import Calendar

SUBJECTS = [
    *("0123", "123", "1_000", "1e5", "007", "+966501234567", "00966501234567", "None", "True", "null", "[1,2]"),
    *(
        "{'a':1}",
        "{}",
        "()",
        "''",
        "'quoted'",
        "b'x'",
        "1,2",
        "3-4",
        "2026-01-05",
        "1+2j",
        "-5",
        "...",
        "  42 ",
        "0x1F",
    ),
    *(
        "set()",
        "inf",
        "1e999",
        "12:30",
        "#1",
        "[urgent]",
        "5 # note",
        "(1)",
        "${7*7}",
        "{{ 7*7 }}",
        "{% for %}",
        "$${x}",
    ),
    *("${event.subject}", "a\r\nb\n", "\u200f١٢٣", "\x00", "nan", "yes", "نعم", "x\n"),
]


def through(subject: str) -> tuple[Any, Any, Any, Any]:
    shape = {"map": {"subject": "text", "any": "any"}}
    event = revive({"subject": subject, "any": subject}, shape)
    evaluation = Evaluation({"event": event}, Calendar(), "ar")
    return (
        evaluation.value("event.subject"),
        evaluation.fill({"$expr": "event.subject"}),
        evaluation.fill({"$text": [{"$expr": "event.any"}, "|", {"$expr": "event.subject ~ ''"}]}),
        evaluation.fill([{"$expr": "[event.subject]"}]),
    )


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_arrives_as_it_was(subject: str) -> None:
    assert through(subject) == (subject, subject, f"{subject}|{subject}", [[subject]])


@given(st.text())
def test_any_text_arrives_as_it_was(subject: str) -> None:
    assert through(subject) == (subject, subject, f"{subject}|{subject}", [[subject]])
