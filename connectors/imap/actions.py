"""What can be done with a mailbox."""

from __future__ import annotations

import datetime as clock
from functools import partial
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from connectors.imap.account import Account, imap
from connectors.imap.errors import Gone
from wakeel.sdk import Call, Effect, Rejected
from wakeel.sdk.ports.mail import Correspondent, Mail, MailRef, Place, keep


class AddLabel(BaseModel):
    """A mail, and the label for it."""

    mail: MailRef = Field(description="The mail.")
    label: str = Field(min_length=1, max_length=100, description="Label, such as `wakeel/carded`.")


class Labelled(BaseModel):
    """A mail that has a label."""

    message_id: str = Field(description="Identity of the mail.")
    label: str = Field(description="The label.")
    kept_as: Literal["keyword", "folder", "nowhere"] = Field(
        description="`folder` where the server keeps no keywords; `nowhere` for a mail that a person gave as a file."
    )


class Move(BaseModel):
    """A mail, and where it belongs."""

    mail: MailRef = Field(description="The mail.")
    folder: str = Field(min_length=1, max_length=200, description="Folder to move it to; made where there is none.")


class Search(BaseModel):
    """What to look for; all that is given must hold."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    folder: str = Field(default="Inbox", description="Folder to look in.")
    from_: str | None = Field(default=None, alias="from", description="Part of the sender's name or address.")
    to: str | None = Field(default=None, description="Part of a recipient's name or address.")
    subject: str | None = Field(default=None, description="Part of the subject.")
    text: str | None = Field(default=None, description="Part of the whole mail.")
    since: clock.date | None = Field(default=None, description="Only mail from this day on.")
    limit: int = Field(default=20, ge=1, le=50, description="How many, newest first.")


class Line(MailRef):
    """A mail in a list."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: Correspondent = Field(alias="from", description="Sender.")
    subject: str = Field(description="Subject.")
    received_at: AwareDatetime = Field(description="When the mailbox took the mail.")


class Found(BaseModel):
    """Mails that were found."""

    mails: list[Line] = Field(description="The mails, newest first.")


class Get(BaseModel):
    """Which mail to read."""

    mail: MailRef = Field(description="The mail.")


@imap.action(
    Effect.KEYED, authority="annotate", why="setting a label that is set already, or copying a copy, changes nothing"
)
async def add_label(args: AddLabel, call: Call[Account]) -> Labelled:
    """Put a label on a mail.

    Example:
        - imap.add_label:
            mail: ${event}
            label: wakeel/carded
    """
    from connectors.imap import filing

    kept: Literal["keyword", "folder", "nowhere"] = "nowhere"
    try:
        as_keyword = await call.client.run(partial(filing.add_label, ref=args.mail, label=args.label))
        kept = "keyword" if as_keyword else "folder"
    except Gone:
        if args.mail.uid:  # it was in the mailbox once
            raise
    return Labelled(message_id=args.mail.message_id, label=args.label, kept_as=kept)


@imap.action(Effect.KEYED, authority="annotate", why="a mail that lies in the other folder already is left there")
async def move(args: Move, call: Call[Account]) -> MailRef:
    """Move a mail to another folder.

    Example:
        - imap.move:
            mail: ${event}
            folder: Read later
    """
    from connectors.imap import filing

    return await call.client.run(partial(filing.move, ref=args.mail, folder=args.folder))


@imap.action(Effect.READ, why="it only looks")
async def search(args: Search, call: Call[Account]) -> Found:
    """Find mails in a folder.

    Example:
        - imap.search:
            folder: Inbox
            from: client@example.com
    """
    from connectors.imap import finding

    return Found(mails=await call.client.run(partial(finding.search, args=args)))


@imap.action(Effect.READ, why="it only looks, and does not mark the mail as read")
async def get(args: Get, call: Call[Account]) -> Mail:
    """Read a mail again, with its text and files.

    Example:
        - imap.get:
            mail: ${event}
    """
    from connectors.imap import finding

    ref = args.mail
    place = Place(ref.account, ref.folder, ref.uid, ref.uid_validity, call.now, call.client.own)
    reading = await call.client.run(partial(finding.get, ref=ref, place=place))
    if reading is None:
        raise Rejected(f"The mail is no longer in the folder “{ref.folder}”.")
    mail = await keep(reading, call.files)
    return mail.model_copy(update={"message_id": ref.message_id})
