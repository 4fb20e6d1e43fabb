"""`wakeel web`: the pages, and the door for webhooks."""

from __future__ import annotations

import os
from typing import Annotated

import typer


def web(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the page, the hooks and /healthz until told to end; scale by starting more."""
    import uvicorn

    from wakeel.cli.installation import found
    from wakeel.logs import configure

    settings = found(host=host, port=port)
    configure(settings.log)
    told = {"WAKEEL_HOST": settings.host, "WAKEEL_PORT": str(settings.port), "WAKEEL_PAGE": settings.page}
    os.environ.update(told)  # the application is made by its name, and reads its settings itself
    uvicorn.run(
        "wakeel.web.app:create",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
