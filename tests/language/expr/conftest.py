"""A client in Cairo, the models that a recipe would see, and two ways to ask: what is wrong, what is it worth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel, Field

from wakeel.language import types as t
from wakeel.language.expr import Evaluation, ExpressionProblem, Scope, check, check_text
from wakeel.sdk import FileRef, WorkingDuration
from wakeel.sdk.calendar import Calendar

CAIRO = ZoneInfo("Africa/Cairo")


class Correspondent(BaseModel):
    name: str
    address: str


class Mail(BaseModel):
    subject: str
    text: str
    sender: Correspondent = Field(alias="from")
    automatic: bool
    received_at: datetime
    attachments: list[FileRef]
    headers: dict[str, str]
    thread_id: str | None = None
    size: int
    payload: Any


class Card(BaseModel):
    id: str
    url: str
    due: datetime | None = None


class Triage(BaseModel):
    label: Literal["urgent", "important", "promo"]


NAMES = {
    "event": t.Field(t.of_model(Mail)),
    "card": t.Field(t.of_model(Card)),
    "hold": t.Field(t.of_model(Card), maybe=True),
    "triage": t.Field(t.of_model(Triage)),
    "now": t.Field(t.MOMENT),
    "day": t.Field(t.DATE),
    "at": t.Field(t.TIME),
    "hold_for": t.Field(t.DURATION),
    "work_for": t.Field(t.WORKING_DURATION),
    "numbers": t.Field(t.ListOf(t.NUMBER)),
    "cards": t.Field(t.ListOf(t.of_model(Card))),
}
SCOPE = Scope(NAMES, later={"draft": 41}, trigger="mail.received")
CALENDAR = Calendar(time_zone="Africa/Cairo", week_starts=6, weekend=(4, 5))
VALUES: dict[str, Any] = {
    "event": {
        "subject": "Offer",
        "text": "Hello",
        "from": {"name": "نور", "address": "nour@example.com"},
        "automatic": False,
        "received_at": datetime(2026, 11, 22, 9, 0, tzinfo=CAIRO),
        "attachments": [],
        "headers": {"list-id": "x"},
        "thread_id": None,
        "size": 3,
        "payload": {"items": [1, 2], "keys": "k", "__class__": "c", "deep": {"number": 1.5}},
    },
    "card": {"id": "c1", "url": "https://cards.example/c1"},
    "triage": {"label": "urgent"},
    "now": datetime(2026, 11, 22, 9, 30, tzinfo=CAIRO),
    "day": date(2026, 11, 22),
    "at": time(9, 30),
    "hold_for": timedelta(minutes=30),
    "work_for": WorkingDuration(amount=2, unit="days"),
    "numbers": [3, 1, 2],
    "cards": [{"id": "c1", "url": "u1"}, {"id": "c2", "url": "u2"}],
}

Wrong = Callable[..., list[ExpressionProblem]]
Worth = Callable[..., Any]


@pytest.fixture(scope="session")
def scope() -> Scope:
    return SCOPE


@pytest.fixture(scope="session")
def wrong() -> Wrong:
    def ask(text: str, *, condition: bool = False, present: frozenset[str] = frozenset()) -> list[ExpressionProblem]:
        found: list[ExpressionProblem] = []
        check(text, SCOPE.proving(present), found.append, condition=condition, required=True)
        return found

    return ask


@pytest.fixture(scope="session")
def wrong_in_text() -> Wrong:
    def ask(text: str) -> list[ExpressionProblem]:
        found: list[ExpressionProblem] = []
        check_text(text, SCOPE, found.append, required=True)
        return found

    return ask


@pytest.fixture(scope="session")
def worth() -> Worth:
    def ask(text: str, language: str = "en", /, **more: Any) -> Any:
        return Evaluation(VALUES | more, CALENDAR, language).value(text)

    return ask
