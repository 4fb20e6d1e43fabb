"""`extract.message`: facts of a mail for cards, holds and reminders; the same mail always gives the same facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from connectors.extract import kinds, summaries
from connectors.extract.dates import Day, find_days
from connectors.extract.kinds import Kind, Size
from wakeel.sdk import Call, Connector, Effect
from wakeel.sdk.ports.mail import Language, MailText, clean_subject, language_of

Fact = Literal["subject", "language", "dates", "summary", "kind", "size"]
MOST_DATES = 20

extract: Connector[None] = Connector("extract", title="Extract")


class SentText(MailText):
    """A mail's text, and when it came: “tomorrow” is the day after that."""

    received_at: AwareDatetime | None = Field(default=None, description="When the mailbox took the mail.")


class Message(BaseModel):
    """A mail, and what to find in it."""

    mail: SentText = Field(description="The mail.")
    find: list[Fact] = Field(
        default=["subject", "language", "dates", "summary", "kind", "size"],
        description="What to find; the rest is left empty.",
    )


class FoundDate(BaseModel):
    """A date that the mail names."""

    text: str = Field(description="The words of the mail.")
    start: AwareDatetime = Field(
        description="The moment; without a time of day, the start of work or, of a deadline, its end."
    )
    whole_day: bool = Field(description="The mail names no time of day.")
    kind: Literal["deadline", "meeting", "date"] = Field(description="What the words around it make of it.")


class Facts(BaseModel):
    """What was found in a mail."""

    subject: str = Field(default="", description="Subject without Re, Fw, رد and `[ext]`.")
    language: Language = Field(default="en", description="Language of the mail.")
    summary: str = Field(default="", description="The first sentences that say something, at most 400 characters.")
    dates: list[FoundDate] = Field(default=[], description="Dates in the order of the text.")
    first_deadline: AwareDatetime | None = Field(default=None, description="Nearest deadline that is not over.")
    first_meeting: AwareDatetime | None = Field(default=None, description="Nearest meeting that is not over.")
    kind: Kind = Field(default="information", description="What the mail is about.")
    size: Size = Field(default="small", description="How much there is to read.")


@extract.action(Effect.READ, why="it only looks at the mail's text: asking again gives the same facts")
async def message(args: Message, call: Call[None]) -> Facts:
    """Find the facts of a mail.

    Example:
        - extract.message:
            mail: ${event}
            find: [subject, language, dates, summary]
    """
    mail, subject = args.mail, clean_subject(args.mail.subject)
    whole = f"{subject}\n{mail.text}"
    dates = found_dates(whole, mail, call) if "dates" in args.find else []
    facts = {
        "subject": subject,
        "language": language_of(whole),
        "summary": summaries.summary(mail.text) or subject,
        "kind": kinds.kind_of(mail),
        "size": kinds.size_of(mail),
        "dates": dates,
    }
    return Facts(
        **{name: value for name, value in facts.items() if name in args.find},
        first_deadline=nearest(dates, "deadline", call),
        first_meeting=nearest(dates, "meeting", call),
    )


def found_dates(text: str, mail: SentText, call: Call[None]) -> list[FoundDate]:
    """Find dates and put them on the client's clock."""
    written = call.calendar.local(mail.received_at or call.now)
    return [on_clock(day, call) for day in find_days(text, written)][:MOST_DATES]


def on_clock(day: Day, call: Call[None]) -> FoundDate:
    """Give a day a moment: its own time, else when work begins, and for a deadline when it ends."""
    usual = call.calendar.closes if day.kind == "deadline" else call.calendar.opens
    start = call.calendar.at(day.date, day.time or usual)
    return FoundDate(text=day.text, start=start, whole_day=day.time is None, kind=day.kind)


def nearest(dates: Sequence[FoundDate], kind: str, call: Call[None]) -> AwareDatetime | None:
    """Return the nearest moment of a kind that is not over."""
    return min((date.start for date in dates if date.kind == kind and date.start >= call.now), default=None)
