"""The command line: one command a file, everything heavy imported inside it."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="wakeel",
    help="Recipes that run durably, once: mail, boards, chats and calendars for virtual assistants.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
)
