"""The command, on a workspace and a data folder of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.cli.commands import Wakeel
from tests.cli.office import furnish
from tests.servers.process import end_group


@pytest.fixture
def wakeel(tmp_path: Path) -> Wakeel:
    return Wakeel(tmp_path / "data", furnish(tmp_path / "workspace"))


@pytest.fixture(scope="session")
def working(temporal: WorkflowEnvironment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wakeel]:
    """Give an installation with a worker that serves it."""
    folder = tmp_path_factory.mktemp("working")
    address = temporal.client.service_client.config.target_host
    env = {"TEMPORAL_ADDRESS": address, "WAKEEL_TASK_QUEUE": folder.name}
    made = Wakeel(folder / "data", furnish(folder / "workspace"), env)
    assert made("apply").status == 0
    command = [sys.executable, "-m", "wakeel", "worker"]
    with (
        (folder / "worker.log").open("wb") as log,
        subprocess.Popen(
            command, env=made.environment, stdout=subprocess.PIPE, stderr=log, start_new_session=True
        ) as worker,
    ):
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"Worker ready\n"
        yield made
        end_group(worker)
