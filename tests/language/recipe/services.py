"""A mailbox, a board, a chat, a calendar and a clock, as small as they can be."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from wakeel.sdk import (
    Call,
    Connection,
    Connector,
    Duration,
    Effect,
    FileRef,
    Json,
    MailAddress,
    NoConnection,
    Picker,
    Since,
    Span,
)


class Account(Connection):
    """An account somewhere."""

    host: str = Field(default="localhost")
    files_sent: bool = Field(default=False)
    token: SecretStr = Field(default=SecretStr(""))


class Sender(BaseModel):
    """Who wrote."""

    name: str
    address: str


class Mail(BaseModel):
    """A mail."""

    model_config = ConfigDict(populate_by_name=True)

    message_id: str
    thread_id: str
    from_: Sender = Field(alias="from")
    subject: str
    text: str
    received_at: datetime
    automatic: bool
    from_self: bool
    open_url: str | None = None
    attachments: list[FileRef] = []


class MailFolder(BaseModel):
    """Which folder to watch."""

    folder: str = "INBOX"
    unseen_for: Duration = timedelta(0)


class Cursor(BaseModel):
    """How far it was read."""

    uid: int = 0


class Letter(BaseModel):
    """A mail to send."""

    to: list[MailAddress]
    subject: str = Field(min_length=1)
    text: str


class MailId(BaseModel):
    """What identifies a mail."""

    message_id: str
    subject: str = ""


class LabelMail(BaseModel):
    """A label on a mail."""

    mail: MailId
    label: str


class Classify(BaseModel):
    """Labels to choose from."""

    mail: MailId
    into: list[str] = Field(min_length=2)


class Triage(BaseModel):
    """What a mail is."""

    label: str
    score: float


class Done(BaseModel):
    """It is done."""

    id: str


def mail_effect(connection: Any, _args: Any) -> Effect:
    """Know by the connection."""
    return Effect.FOUND if connection.files_sent else Effect.ONCE


mail = Connector[Any]("imap", Account, port="mail", title="Mail")


@mail.poll(every=timedelta(minutes=1), event=Mail, cursor=Cursor, name="received")
async def received(args: MailFolder, since: Since[Any, Cursor]) -> tuple[list[Any], Cursor]:
    """Start a run for each new mail."""
    return [], Cursor()


@mail.action(mail_effect, authority="outward_free")
async def send(args: Letter, call: Call[Any]) -> Done:
    """Send a mail."""
    return Done(id=args.subject)


@mail.action(Effect.KEYED, authority="annotate", undo="imap.remove_label", why="a label that is there stays there")
async def add_label(args: LabelMail, call: Call[Any]) -> Done:
    """Label a mail."""
    return Done(id=args.label)


judge = Connector[Any]("mail", NoConnection, port="mail")


@judge.action(Effect.READ)
async def classify(args: Classify, call: Call[Any]) -> Triage:
    """Say what a mail is."""
    return Triage(label=args.into[0], score=1)


class NewCard(BaseModel):
    """A card to make."""

    model_config = ConfigDict(populate_by_name=True)

    list_: Annotated[str, Picker("trello.list")] = Field(alias="list", description="Where.")
    name: str = Field(min_length=1, max_length=100)
    desc: str | None = None
    due: date | None = None
    position: int = Field(default=1, ge=1, le=10)
    code: str = Field(default="abc", min_length=3, pattern="^[a-z]+$")
    weight: float = Field(default=1, gt=0, lt=5)
    kind: Literal["open", "private"] = "open"
    labels: list[str] = Field(default=[], max_length=3)
    extra: dict[str, str] = {}
    payload: Json = None


class Card(BaseModel):
    """A card that is there."""

    id: str
    url: str
    name: str


class CardText(BaseModel):
    """A text for a card."""

    card: str
    text: str


trello = Connector[Any]("trello", Account, title="Trello")


@trello.action(Effect.FOUND, authority="internal", undo="trello.archive_card", why="the key stands in the card")
async def create_card(args: NewCard, call: Call[Any]) -> Card:
    """Make a card."""
    return Card(id="1", url="u", name=args.name)


@trello.action(Effect.FOUND, authority="internal")
async def add_comment(args: CardText, call: Call[Any]) -> Done:
    """Write under a card."""
    return Done(id=args.card)


@trello.action(Effect.KEYED, authority="destructive")
async def delete_card(args: Done, call: Call[Any]) -> Done:
    """Delete a card for ever."""
    return args


class Message(BaseModel):
    """A message."""

    channel: Annotated[str, Picker("slack.channel")]
    text: str
    thread: str | None = None


def slack_effect(connection: Any, args: Any) -> Effect:
    """Know by the message only."""
    return Effect.FOUND if args.thread is None else Effect.ONCE


slack = Connector[Any]("slack", Account, title="Slack")


@slack.action(slack_effect, authority="internal", undo="slack.delete_message", why="the key is in the message")
async def post_message(args: Message, call: Call[Any]) -> Done:
    """Post a message."""
    return Done(id=args.channel)


class Slot(BaseModel):
    """Time to hold."""

    title: str
    around: datetime | None = None
    length: Duration
    within: Span
    if_busy: Literal["next_free", "fail"] = "fail"

    @model_validator(mode="after")
    def short(self) -> Slot:
        """Refuse long ones."""
        if self.length > timedelta(days=1):
            message = "too long"
            raise ValueError(message)
        return self


class Held(BaseModel):
    """Time that is held."""

    id: str
    url: str
    start: datetime


caldav = Connector[Any]("caldav", Account, port="calendar", title="Calendar")


@caldav.action(
    Effect.KEYED,
    authority="internal",
    undo="caldav.release_hold",
    why="the calendar refuses a second event with the same UID",
)
async def hold(args: Slot, call: Call[Any]) -> Held:
    """Hold time."""
    return Held(id="1", url="u", start=datetime.now().astimezone())


class Every(BaseModel):
    """How often."""

    every: Duration
    note: str = ""
    times: int = Field(default=1, le=3)


class Tick(BaseModel):
    """A firing."""

    at: datetime


schedule = Connector[Any]("schedule", NoConnection)


@schedule.poll(every=timedelta(minutes=1), event=Tick, cursor=Cursor, name="every")
async def tick(args: Every, since: Since[Any, Cursor]) -> tuple[list[Any], Cursor]:
    """Start a run now and then."""
    return [], Cursor()


CONNECTORS = {c.name: c for c in (mail, judge, trello, slack, caldav, schedule)}
