"""The command `wakeel up`."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer


def up(
    demo: Annotated[bool, typer.Option("--demo", help="With a playground instead of real accounts.")] = False,
    workspace: Annotated[Path | None, typer.Option(help="Folder of recipes, clients and connections.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of the store, logs and keys.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the page; another one if it is taken.")] = None,
    status: Annotated[Path | None, typer.Option(metavar="FILE", help="Write processes and addresses here.")] = None,
) -> None:
    """Run everything on this machine: Temporal, a worker, the page; Ctrl-C ends it all."""
    with folder(data, fresh=demo) as chosen:
        from wakeel.cli.installation import workspace_of
        from wakeel.cli.sentences import Refused
        from wakeel.cli.up.lock import held
        from wakeel.cli.up.status import running
        from wakeel.settings import settings

        read = settings(data=chosen, workspace=workspace, port=port)
        if not demo:
            workspace_of(read)
        with held(read.data) as ours:
            if not ours:
                known = running(read.data)
                raise Refused("W5806", data=str(read.data), page=known["urls"]["page"] if known else "…")
            from wakeel.cli.up.supervisor import Up

            asyncio.run(Up(read, demo, status.resolve() if status else None).run())


@contextmanager
def folder(given: Path | None, *, fresh: bool) -> Iterator[Path | None]:
    """Give the data folder; a demo without one gets its own, which goes with it."""
    if given is not None or not fresh:
        yield given
        return
    made = Path(tempfile.mkdtemp(prefix="wakeel-demo-"))
    try:
        yield made
    except Exception:
        raise  # the logs stay for whoever wants to know why
    else:
        shutil.rmtree(made, ignore_errors=True)
