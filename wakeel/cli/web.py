"""`wakeel web`: the pages, and the door for webhooks."""

from __future__ import annotations

from typing import Annotated, Optional

import typer


def web(
    host: Annotated[Optional[str], typer.Option(help="Address to listen on.")] = None,  # noqa: UP045 - typer reads it
    port: Annotated[Optional[int], typer.Option(help="Port to listen on.")] = None,  # noqa: UP045
) -> None:
    """Serve the page, the hooks and /healthz until told to end; scale by starting more."""
    import uvicorn

    from wakeel.cli.installation import found
    from wakeel.logs import configure

    settings = found(host=host, port=port)
    configure(settings.log)
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
