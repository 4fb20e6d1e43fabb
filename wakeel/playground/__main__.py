"""`python -m wakeel.playground --status FILE`: run the playground until it is told to end."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
from pathlib import Path


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m wakeel.playground", description=__doc__)
    parser.add_argument("--status", type=Path, metavar="FILE", help="write addresses and passwords here when ready")
    parser.add_argument("--port", type=int, default=0, help="port of the page, the board, the chat and the calendar")
    return parser.parse_args()


async def serve(port: int, status: Path | None) -> None:
    """Run until SIGTERM or SIGINT."""
    from wakeel.playground.playground import Playground

    ended = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, ended.set)
    async with Playground(port) as playground:
        if status:
            write(status, json.dumps(playground.status, indent=2))
        sys.stdout.write(f"Playground ready: {playground.status['page']}\n")
        sys.stdout.flush()
        await ended.wait()


def write(path: Path, text: str) -> None:
    """Write a file at once, for its owner only: whoever finds it finds all of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def main() -> None:
    """Start the playground; a missing package is named with the command that brings it."""
    given = arguments()
    for library in ("mail.log", "radicale"):  # aiosmtpd warns of its own deprecations, Radicale of its new folder
        logging.getLogger(library).setLevel(logging.ERROR)
    try:
        asyncio.run(serve(given.port, given.status))
    except ModuleNotFoundError as missing:
        sys.exit(f"The playground needs the package {missing.name}. Install it with: pip install 'wakeel[demo]'")
    except OSError as failed:
        sys.exit(f"The playground cannot start: {failed.strerror or failed}")


if __name__ == "__main__":
    main()
