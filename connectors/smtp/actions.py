"""Send a mail, and answer one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

from connectors.smtp.connection import Outbox, SmtpConnection, smtp
from wakeel.sdk import Call, Effect, FileRef, Rejected
from wakeel.sdk.ports.mail import Correspondent, Letter, Mail, Recipient, Sent, clean_subject, compose, parse_recipient
from wakeel.sdk.ports.mail.identity import ID, as_header, thread_of

WHY = (
    "where the server files what it sends (`files_sent`), the Sent folder is searched for the mail before it is sent "
    "again; elsewhere nothing tells, so after an uncertain answer it is not sent again, and the run says so"
)
WROTE = {"en": "On {when:%d %b %Y}, {who} wrote:", "ar": "في {when:%Y-%m-%d} كتب {who}:"}


class Send(BaseModel):
    """A mail to send."""

    to: list[Recipient] = Field(min_length=1, max_length=100, description="`name@host` or `Name <name@host>`.")
    cc: list[Recipient] = Field(default=[], max_length=100, description="Who gets a copy.")
    bcc: list[Recipient] = Field(default=[], max_length=100, description="Who gets a copy that nobody else sees.")
    subject: str = Field(max_length=500, description="Subject.")
    text: str = Field(max_length=200_000, description="Text.")
    html: str | None = Field(default=None, max_length=500_000, description="The same text as HTML.")
    attachments: list[FileRef] = Field(default=[], description="Files to attach, 25 MB in all.")
    in_reply_to: str | None = Field(default=None, description="Message-ID of the mail that this one answers.")
    references: list[str] = Field(default=[], description="Message-IDs of the conversation, oldest first.")


class Reply(BaseModel):
    """An answer to a mail."""

    mail: Mail = Field(description="The mail to answer; the answer goes to its sender, in its conversation.")
    text: str = Field(max_length=200_000, description="Text.")
    subject: str | None = Field(default=None, max_length=500, description="By default `Re:` and the mail's subject.")
    quote: bool = Field(default=False, description="Whether the mail's text stands under the answer.")
    cc: list[Recipient] = Field(default=[], max_length=100, description="Who gets a copy.")
    attachments: list[FileRef] = Field(default=[], description="Files to attach, 25 MB in all.")


def sending(connection: SmtpConnection, _args: Any) -> Effect:
    """Resolve the effect: only a server that files what it sends can be asked afterwards."""
    return Effect.FOUND if connection.files_sent else Effect.ONCE


@smtp.action(sending, authority="outward_free", why=WHY)
async def send(args: Send, call: Call[Outbox]) -> Sent:
    """Send a mail.

    Example:
        - smtp.send:
            to: [client@example.com]
            subject: "Your order"
            text: It is on its way.
    """
    letter = await letter_of(args, call)
    return await deliver(letter, thread_of(next(iter(letter.references), letter.message_id)), call)


@send.find
async def find_sent(args: Send, call: Call[Outbox]) -> Sent | None:
    """Look for the mail that an earlier attempt may have sent."""
    letter = await letter_of(args, call)
    return await found(letter, thread_of(next(iter(letter.references), letter.message_id)), call)


@smtp.action(sending, authority="outward_free", why=WHY)
async def reply(args: Reply, call: Call[Outbox]) -> Sent:
    """Answer a mail, in its conversation.

    Example:
        - smtp.reply:
            mail: ${event}
            text: "Thank you, ${event.from.name}. We will answer tomorrow."
    """
    return await deliver(await answer_to(args, call), args.mail.thread_id, call)


@reply.find
async def find_reply(args: Reply, call: Call[Outbox]) -> Sent | None:
    """Look for the answer that an earlier attempt may have sent."""
    return await found(await answer_to(args, call), args.mail.thread_id, call)


async def deliver(letter: Letter, thread: str, call: Call[Outbox]) -> Sent:
    """Write the mail, send it, and say who took it."""
    refused = await call.client.deliver(letter, compose(letter))
    gone = {no.address for no in refused}
    taken = [address for address in letter.recipients if address not in gone]
    return Sent(message_id=letter.message_id, thread_id=thread, accepted=taken, refused=refused)


async def found(letter: Letter, thread: str, call: Call[Outbox]) -> Sent | None:
    """Return what an earlier attempt sent, where the server can tell."""
    if not call.client.connection.files_sent or not await call.client.was_sent(letter.message_id):
        return None
    return Sent(message_id=letter.message_id, thread_id=thread, accepted=letter.recipients)


async def letter_of(args: Send, call: Call[Outbox]) -> Letter:
    """Make a mail of its fields."""
    answered = ids([args.in_reply_to or ""])
    return Letter(
        key=call.key,
        written=call.now,
        sender=call.client.sender,
        to=people(args.to),
        cc=people(args.cc),
        bcc=people(args.bcc),
        subject=args.subject,
        text=args.text,
        html=args.html,
        files=await contents(args.attachments, call),
        in_reply_to=next(iter(answered), None),
        references=list(dict.fromkeys([*ids(args.references), *answered])),
    )


async def answer_to(args: Reply, call: Call[Outbox]) -> Letter:
    """Make the answer to a mail."""
    mail, known = args.mail, as_header(args.mail.message_id)
    to = mail.reply_to if mail.reply_to and mail.reply_to.address else mail.from_
    if not to.address:
        raise Rejected("The mail has no sender that can be answered.")
    return Letter(
        key=call.key,
        written=call.now,
        sender=call.client.sender,
        to=[to],
        cc=people(args.cc),
        subject=args.subject or f"Re: {clean_subject(mail.subject)}",
        text=f"{args.text}\n\n{quoted(mail)}" if args.quote else args.text,
        files=await contents(args.attachments, call),
        in_reply_to=known,
        references=ids([*mail.references, known or ""]),
        submitted="auto-replied",
    )


def quoted(mail: Mail) -> str:
    """Return a mail's text as a quote."""
    first = WROTE[mail.language].format(when=mail.received_at, who=mail.from_.name or mail.from_.address)
    return "\n".join([first, *(f"> {line}" for line in mail.text.splitlines())])


def people(written: Sequence[str]) -> list[Correspondent]:
    """Read recipients."""
    return [parse_recipient(one) for one in written]


def ids(texts: Sequence[str]) -> list[str]:
    """Return the Message-IDs in texts, and nothing else of them."""
    return [one.decode("ascii") for text in texts for one in ID.findall(text.encode("ascii", "replace"))]


async def contents(files: Sequence[FileRef], call: Call[Outbox]) -> list[tuple[FileRef, bytes]]:
    """Fetch the files to attach."""
    if sum(ref.size for ref in files) > 25 * 1024 * 1024:
        raise Rejected("The attachments are larger than 25 MB together. Send a link to the files instead.")
    return [(ref, await call.files.get(ref)) for ref in files]
