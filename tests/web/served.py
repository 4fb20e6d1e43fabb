"""`wakeel web` as a process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.commands import Wakeel
from tests.servers.process import HOST, free_port, served


@contextmanager
def web(wakeel: Wakeel, folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve an installation's pages; yield their address, without a final slash, and the process."""
    port = free_port()
    command = [sys.executable, "-m", "wakeel", "web", "--port", str(port)]
    with served(command, port, folder, 30, **wakeel.environment) as process:
        yield f"http://{HOST}:{port}", process
