"""Temporal's server as `wakeel up` runs it: on a database file; a test may end it and start it again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import STDOUT, Popen

from tests.servers.process import HOST, end_group, free_port, wait_until_answered
from wakeel.cli.up.temporal import command

SPACES = 60  # namespaces made at the start: one for each installation of a test
UP = 20.0  # seconds


@dataclass
class Cluster:
    """One server; each installation has a namespace of its own on it."""

    folder: Path
    port: int = field(default_factory=free_port)
    spaces: int = SPACES
    process: Popen[bytes] | None = None
    unused: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.unused = (f"space-{number}" for number in range(self.spaces))

    @property
    def address(self) -> str:
        """Return where the server is."""
        return f"{HOST}:{self.port}"

    def namespace(self) -> str:
        """Give a namespace that nobody has used."""
        return next(self.unused)

    def start(self) -> None:
        """Start the server on its file and wait until it answers."""
        made = [word for number in range(self.spaces) for word in ("--namespace", f"space-{number}")]
        words = [*command(self.folder, self.port, free_port(), durable=False), *made]
        log = self.folder / "temporal.log"
        with log.open("ab") as out:
            self.process = Popen(words, cwd=self.folder, stdout=out, stderr=STDOUT, start_new_session=True)
        wait_until_answered(self.process, self.port, UP, log)

    def stop(self) -> None:
        """End the server kindly; its file stays."""
        if self.process is not None:
            end_group(self.process)
            self.process = None

    def kill(self) -> None:
        """End the server as a power cut would; its file stays as it is."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None


@contextmanager
def cluster_server(folder: Path, spaces: int = SPACES) -> Iterator[Cluster]:
    """Run a server on a file in a folder of its own."""
    folder.mkdir()
    cluster = Cluster(folder, spaces=spaces)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
