"""Which commands there are, and the last word on whatever goes wrong in one."""

from __future__ import annotations

import sys

import typer

from wakeel.cli import apply, check, connections, connectors, explain, playground, run, runs, secret, show, web, worker
from wakeel.cli.doctor import command as doctor
from wakeel.cli.up import command as up

app = typer.Typer(
    name="wakeel",
    help="Recipes that run durably, once: mail, boards, chats and calendars for virtual assistants.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
)
for command in (
    up.up,
    check.check,
    explain.explain,
    apply.apply,
    run.run,
    runs.runs,
    show.show,
    connections.connections,
    connectors.connectors,
    doctor.doctor,
    worker.worker,
    web.web,
):
    app.command()(command)
app.add_typer(secret.app, name="secret")
app.add_typer(playground.app, name="playground")


def main() -> None:
    """Run the command line; an error becomes a sentence, never a traceback."""
    try:
        app()
    except Exception as error:  # noqa: BLE001 - whatever it is, a person reads a sentence
        from wakeel.cli.sentences import sentence

        print(sentence(error), file=sys.stderr)
        sys.exit(1)
