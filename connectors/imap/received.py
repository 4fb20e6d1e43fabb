"""`mail.received`: each new mail once, at once where the server can tell, else within a minute."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

from pydantic import BaseModel, ConfigDict, Field

from connectors.imap import arrivals
from connectors.imap.account import Account, Watching, imap
from connectors.imap.cursor import Cursor
from connectors.imap.errors import classify
from wakeel.sdk import ConnectorError, Event, Maybe, Rejected, Since, Unavailable
from wakeel.sdk.ports.mail import Mail, Place, fold, keep, read_mail
from wakeel.sdk.ports.mail.identity import thread_of

MOST = 100  # mails that one poll hands over; the cursor stands behind the last of them
SIGN = 3.0  # seconds between signs of life
LOOKS = 20  # signs until the folder is looked at again: a dead line is noticed, other folders are seen


class Received(BaseModel):
    """Which mail to tell of."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    folder: str = Field(default="Inbox", description="Folder to watch.")
    folders: list[str] = Field(default=[], description="Further folders to watch.")
    from_: str | None = Field(
        default=None, alias="from", description="Only mail whose sender's name or address contains this."
    )
    subject: str | None = Field(default=None, description="Only mail whose subject contains this.")
    thread: str | None = Field(default=None, description="Only mail of this conversation.")


@imap.watch(event=Mail, cursor=Cursor, name="received")
async def watch(args: Received, since: Since[Account, Cursor]) -> AsyncIterator[tuple[Event[Mail] | None, Cursor]]:
    """Start a run for each new mail.

    Example:
        mail.received:
          folder: Inbox
    """
    try:
        async with since.client.watching() as box:
            cursor = since.cursor or Cursor()
            while True:
                async for event, reached in arrivals.new_mail(args, box, cursor, since):
                    cursor = reached
                    yield event, cursor
                async for _ in quiet(box):
                    yield None, cursor
    except ConnectorError:
        raise
    except Exception as error:
        raise said(error) or error from error


@imap.poll(every=timedelta(minutes=1), event=Mail, cursor=Cursor, name="received")
async def poll(args: Received, since: Since[Account, Cursor]) -> tuple[list[Event[Mail]], Cursor]:
    """Start a run for each new mail."""
    events: list[Event[Mail]] = []
    cursor = since.cursor or Cursor()
    async with since.client.watching() as box:
        try:
            async for event, reached in arrivals.new_mail(args, box, cursor, since):
                cursor = reached
                events += [event] if event else []
                if len(events) == MOST:
                    break
        except Rejected:  # a folder that does not exist: said when the others have nothing new
            if cursor == since.cursor:
                raise
    return events, cursor


async def quiet(box: Watching) -> AsyncIterator[None]:
    """Wait until the server tells of a change, at most a minute; a sign of life every few seconds."""
    from connectors.imap import idling

    tag = await box.run(idling.begin)
    for _ in range(LOOKS):
        if await box.run(partial(idling.stirs, seconds=SIGN)):
            break
        yield
    await box.run(partial(idling.end, tag=tag))


def said(error: Exception) -> ConnectorError | None:
    """Say what ended a watch: reading changes nothing, so a broken line is only away."""
    found = classify(error)
    return Unavailable(str(found)) if isinstance(found, Maybe) else found


def fits(args: Received, mail: Mail) -> bool:
    """Say whether a mail is what one activation asked for; spellings are folded."""
    asked = {name.casefold() for name in (args.folder, *args.folders)}
    threads = {mail.thread_id, *map(thread_of, mail.references)}
    return (
        mail.folder.casefold() in asked
        and (args.thread is None or args.thread in threads)
        and within(args.from_, str(mail.from_))
        and within(args.subject, mail.subject)
    )


def within(wanted: str | None, text: str) -> bool:
    """Say whether a text holds what is wanted, if anything is."""
    return not wanted or fold(wanted).strip() in fold(text)


def merge(asked: list[Received]) -> Received:
    """Make one watch of all that activations ask for: the folders of all, without filters."""
    names = dict.fromkeys(name for args in asked for name in (args.folder, *args.folders))
    first, *rest = names
    return Received(folder=first, folders=rest)


async def read_file(raw: bytes, since: Since[None, Cursor]) -> Mail:
    """Read a mail that a person gives as an `.eml` file."""
    from connectors.imap.html import html_to_text

    return await keep(read_mail(raw, Place(since.account, "INBOX", 0, 0, since.now), html_to_text), since.files)


poll.fits = fits
poll.read_file = read_file
poll.merge = merge
