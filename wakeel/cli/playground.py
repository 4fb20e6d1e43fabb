"""`wakeel playground`: a mailbox, a board, a chat and a calendar on this machine, and a way to mail into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="A mailbox, a board, a chat and a calendar that exist only on this machine.")
SENDER = "Nour <client@example.net>"
TEXT = "Please have a look at it soon."


@app.callback(invoke_without_command=True)
def playground(
    context: typer.Context,
    status: Annotated[Path | None, typer.Option(metavar="FILE", help="Write addresses and passwords here.")] = None,
    port: Annotated[int, typer.Option(help="Port of the page; 0: any that is free.")] = 0,
) -> None:
    """Run the playground until told to end."""
    if context.invoked_subcommand is None:
        from wakeel.playground.__main__ import main

        sys.argv = ["wakeel playground", "--port", str(port), *(["--status", str(status)] if status else [])]
        main()


@app.command()
def mail(
    subject: Annotated[str, typer.Argument(help="Subject of the mail.")],
    data: Annotated[Path | None, typer.Option(help="Data folder of the running demo.")] = None,
    sender: Annotated[str, typer.Option("--from", help="Who it is from, as `Name <address>`.")] = SENDER,
    text: Annotated[str, typer.Option(help="What it says.")] = TEXT,
) -> None:
    """Send a mail to the demo's mailbox."""
    from wakeel.cli.sentences import Refused, say
    from wakeel.cli.up.status import running
    from wakeel.settings import settings

    read = settings(data=data)
    status = running(read.data)
    if status is None or not status["playground"]:
        raise Refused("W5805", data=str(read.data))
    send(status["playground"], subject, sender, text)
    print(say("mail.sent", read.language, address=status["playground"]["mailbox"]["address"]))


def send(playground: dict[str, dict[str, str]], subject: str, sender: str, text: str) -> None:
    """Hand a mail in by SMTP, the way every mail comes in."""
    import smtplib
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import formatdate, make_msgid

    written = EmailMessage(policy=SMTP)
    written["From"], written["To"], written["Subject"] = sender, playground["mailbox"]["address"], subject
    written["Date"], written["Message-ID"] = formatdate(localtime=True), make_msgid(domain="example.net")
    written.set_content(text)
    with smtplib.SMTP(playground["smtp"]["host"], int(playground["smtp"]["port"]), timeout=10) as smtp:
        smtp.send_message(written)
