"""What Trello's steps take and give."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from wakeel.sdk import Calendar, Picker

Id = Annotated[str, Field(pattern="^[0-9a-fA-F]{24}$")]
Link = Annotated[str, Field(pattern=r"^[hH][tT][tT][pP][sS]?://\S+$", max_length=2048)]
ListName = Annotated[str, Field(min_length=1), Picker("trello.list")]
MaybeList = Annotated[str | None, Picker("trello.list")]
Names = list[str]


def read_due(value: object) -> object:
    """Read a date alone as a date: pydantic would make midnight of it."""
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-11-22") else value


Due = Annotated[datetime | date | None, BeforeValidator(read_due)]


class CardFields(BaseModel):
    """What every new card may have."""

    list: ListName = Field(description="List: its name, `Board / List`, or its id.")
    name: str = Field(description="Name of the card: one line.")
    desc: str = Field(default="", description="Description; text beyond 16,384 characters is cut.")
    due: Due = Field(default=None, description="When it is due; a date alone means the end of that working day.")


class CreateCard(CardFields):
    """A new card."""

    labels: Names = Field(default=[], description="Labels by name or id; a missing one is made.")
    members: Names = Field(default=[], description="Members of the board by user name, full name or id.")
    pos: Literal["top", "bottom"] | None = Field(default=None, description="Where in the list: top or bottom.")
    url_source: Link | None = Field(default=None, description="Web address to attach.")


class UpsertCard(CardFields):
    """A card for a thread of mails: one card however many mails come."""

    fallback_list: MaybeList = Field(default=None, description="List to use when the first one is archived.")
    thread: str = Field(min_length=1, description="Thread of the mail; one card stands for each.")
    same_thread: Literal["comment", "new_card", "ignore"] = Field(
        default="comment", description="When the thread has a card already: comment on it, make another, or ignore."
    )
    link: str | None = Field(default=None, description="Address of the mail, attached to the card.")


class Card(BaseModel):
    """A card that is on a board now."""

    id: str = Field(description="Trello's id of the card.")
    url: str = Field(description="Address of the card, for people.")
    name: str = Field(description="Name of the card.")


class MadeCard(Card):
    """A card that a step made, or found to be there."""

    card: str = Field(description="The id again, under the name that other steps take it by.")
    created: bool = Field(description="Whether this step made the card.")


class ArchiveCard(BaseModel):
    """Which card to archive."""

    card: Id = Field(description="Id of the card.")
    created: bool = Field(default=True, description="Filled in by an undo: a card that was there before stays.")


class AddComment(BaseModel):
    """What to write under which card."""

    card: Id = Field(description="Id of the card.")
    text: str = Field(min_length=1, description="The comment; text beyond 16,384 characters is cut.")


class Comment(BaseModel):
    """A comment that stands under a card now."""

    id: str = Field(description="Trello's id of the comment.")
    card: str = Field(description="Id of the card.")


class AddLabel(BaseModel):
    """Which label to put on which card."""

    card: Id = Field(description="Id of the card.")
    label: str = Field(min_length=1, description="Label by name or id; a missing one is made on the board.")


class Labelled(BaseModel):
    """A label that is on a card now."""

    card: str = Field(description="Id of the card.")
    label: str = Field(description="Id of the label.")


class AttachLink(BaseModel):
    """Which address to attach to which card."""

    card: Id = Field(description="Id of the card.")
    url: Link = Field(description="Web address to attach.")
    name: str = Field(default="", description="Text to show in place of the address.")


class Attachment(BaseModel):
    """An address that is attached to a card now."""

    id: str = Field(description="Trello's id of the attachment.")
    card: str = Field(description="Id of the card.")
    url: str = Field(description="The address.")


class FindCards(BaseModel):
    """Where to look, and for what."""

    list: MaybeList = Field(default=None, description="List to look in: name, `Board / List`, or id.")
    board: str | None = Field(default=None, description="Board to look on, where no list is given: name or id.")
    text: str = Field(default="", description="Text that name or description contain; empty finds every card.")

    @model_validator(mode="after")
    def _one_place(self) -> FindCards:
        if (self.list is None) == (self.board is None):
            msg = "give a list or a board"
            raise ValueError(msg)
        return self


class Cards(BaseModel):
    """Cards that were found."""

    cards: list[Card] = Field(description="Open cards, at most 50.")
    count: int = Field(description="How many there are in all.")


def card_of(row: dict[str, Any]) -> Card:
    """Read a card from an answer."""
    return Card(id=row["id"], url=row["url"], name=row["name"])


def made_card(row: dict[str, Any], *, created: bool) -> MadeCard:
    """Read the card of a step from an answer."""
    return MadeCard(id=row["id"], url=row["url"], name=row["name"], card=row["id"], created=created)


def moment(due: datetime | date | None, calendar: Calendar) -> str | None:
    """Return a due date as Trello takes it; what has no zone is meant in the client's."""
    if due is None:
        return None
    if not isinstance(due, datetime):
        due = calendar.at(due, calendar.closes)
    elif due.tzinfo is None:
        due = calendar.at(due.date(), due.time())
    return due.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
