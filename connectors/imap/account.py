"""The connector's value, and the client behind it: IMAP blocks, so it runs in threads of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from connectors.imap.errors import classify
from wakeel.sdk import Connector
from wakeel.sdk.ports.mail import MailConnection, parse_recipient

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox

T = TypeVar("T")


class ImapConnection(MailConnection):
    """A mailbox on an IMAP server. Usual ports: 993 with `tls`, else 143."""


class Account:
    """One mailbox: one connection at a time for actions, and one of its own for each watch."""

    def __init__(self, connection: ImapConnection) -> None:
        self.connection = connection
        self.own = own_addresses(connection)
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="imap")
        self._box: BaseMailBox | None = None
        self._waiting = 0

    async def run(self, work: Callable[[BaseMailBox], T]) -> T:
        """Do work on the connection for actions: opened for it, closed when nothing more waits."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)
        finally:
            self._waiting -= 1
            if not self._waiting:
                with contextlib.suppress(RuntimeError):  # closed meanwhile, and dropped by that
                    self._threads.submit(self._drop)

    def _run(self, work: Callable[[BaseMailBox], T]) -> T:
        from connectors.imap import session

        try:
            self._box = self._box or session.sign_in(self.connection)
            return work(self._box)
        except BaseException:
            self._drop()
            raise

    def _drop(self) -> None:
        from connectors.imap import session

        box, self._box = self._box, None
        if box is not None:
            session.leave(box)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[Watching]:
        """Open a connection of its own, for as long as a watch lives."""
        from connectors.imap import session

        threads = ThreadPoolExecutor(1, thread_name_prefix="imap-watch")
        opening = threads.submit(session.sign_in, self.connection)
        try:
            yield Watching(await asyncio.wrap_future(opening), threads)
        finally:
            if opened(opening):
                session.wake(opening.result())
            threads.submit(cut_when_open, opening)  # after the work under way, which wakes with an error
            threads.shutdown(wait=False)

    def close(self) -> None:
        """Close what is open; work under way ends first."""
        self._threads.submit(self._drop)
        self._threads.shutdown(wait=False)


class Watching:
    """A connection that one watch has to itself."""

    def __init__(self, box: BaseMailBox, threads: ThreadPoolExecutor) -> None:
        self._box = box
        self._threads = threads

    async def run(self, work: Callable[[BaseMailBox], T]) -> T:
        """Do work on the connection."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, self._box))


def opened(opening: Future[BaseMailBox]) -> bool:
    """Say whether a connection stands."""
    return opening.done() and not opening.cancelled() and opening.exception() is None


def cut_when_open(opening: Future[BaseMailBox]) -> None:
    """Cut a watch's connection, also one that stood only after the watch had ended."""
    from connectors.imap import session

    if opened(opening):
        session.cut(opening.result())


def own_addresses(connection: MailConnection) -> frozenset[str]:
    """Return the mailbox's own addresses, folded."""
    known = (parse_recipient(connection.from_address).address, connection.username)
    return frozenset(address.casefold() for address in known if "@" in address)


@asynccontextmanager
async def open_client(connection: ImapConnection) -> AsyncIterator[Account]:
    """Open nothing yet: each work signs in, so that no dead connection is ever used."""
    account = Account(connection)
    try:
        yield account
    finally:
        account.close()


async def check(account: Account) -> None:
    """Sign in and out."""
    await account.run(lambda _box: None)


imap: Connector[Account] = Connector(
    "imap", ImapConnection, open_client, classify, port="mail", title="IMAP", check=check
)
