"""Which commands there are, and the last word on whatever goes wrong in one."""

from __future__ import annotations

import os
import sys

import typer

from wakeel.cli import apply, playground, web, worker
from wakeel.cli.up import command as up

app = typer.Typer(
    name="wakeel",
    help="Recipes that run durably, once: mail, boards, chats and calendars for virtual assistants.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
)
app.command()(up.up)
app.command()(apply.apply)
app.command()(worker.worker)
app.command()(web.web)
app.add_typer(playground.app, name="playground")


def main() -> None:
    """Run the command line; an error becomes a sentence, never a traceback."""
    try:
        app()
    except Exception as error:
        if os.environ.get("WAKEEL_LOG", "").lower() == "debug":
            raise
        from wakeel.cli.sentences import sentence

        print(sentence(error), file=sys.stderr)
        sys.exit(1)
