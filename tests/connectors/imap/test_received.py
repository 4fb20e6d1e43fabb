"""New mail becomes an event once: at once by IDLE, by polling, through changed numbers and re-used ids."""

from __future__ import annotations

import asyncio
import base64
import socket
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any, cast

import pytest

from connectors.imap.account import Account, ImapConnection, open_client
from connectors.imap.arrivals import Step
from connectors.imap.cursor import Cursor
from connectors.imap.received import Received, fits, merge
from connectors.imap.received import poll as received
from tests.connectors.imap.conftest import Desk
from wakeel.sdk import AuthError, Event, Rejected, Since, Unavailable
from wakeel.sdk.ports.mail import Mail

FIRST = Received()


def watch(args: Received, since: Since[Account, Cursor]) -> AsyncGenerator[Step, None]:
    assert received.watch is not None
    return cast("AsyncGenerator[Step, None]", received.watch(args, since))


def letter(subject: str = "Hello", message_id: str | None = "<one@test>", text: str = "Hi", **more: str) -> bytes:
    lines = ["From: Mona <mona@example.com>", "To: vera@va.test", "Date: Sun, 22 Nov 2026 09:00:00 +0200"]
    lines += [f"Message-ID: {message_id}"] if message_id else []
    lines += [f"Subject: {subject}", *(f"{name}: {value}" for name, value in more.items())]
    return "\r\n".join([*lines, "", text, ""]).encode()


async def start(desk: Desk, args: Received = FIRST) -> Cursor:
    events, cursor = await look(desk, None, args)
    assert events == []
    return cursor


async def look(desk: Desk, cursor: Cursor | None, args: Received = FIRST) -> tuple[list[Event[Mail]], Cursor]:
    assert received.poll is not None
    return await received.poll(args, desk.since(cursor))


async def next_event(steps: AsyncIterator[tuple[Event[Mail] | None, Cursor]]) -> Event[Mail]:
    async with asyncio.timeout(15):
        async for event, _ in steps:
            if event is not None:
                return event
    raise AssertionError("the watch ended")


async def test_a_first_look_remembers_and_does_not_fire(desk: Desk) -> None:
    desk.mailbox.deliver(letter())
    cursor = await start(desk)
    assert (await look(desk, cursor))[0] == []


async def test_a_new_mail_becomes_an_event_with_its_bytes_kept(desk: Desk) -> None:
    cursor = await start(desk)
    desk.mailbox.deliver(letter(subject="عاجل: عقد الصيانة", text="السلام عليكم"))
    [event], _ = await look(desk, cursor)
    assert event.key == "m:nour-mailbox:<one@test>"
    assert event.data.subject == "عاجل: عقد الصيانة"
    assert (event.data.text, event.data.language, event.data.folder) == ("السلام عليكم", "ar", "INBOX")
    assert event.data.raw is not None
    assert desk.files.kept[event.data.raw.sha256].endswith("السلام عليكم\r\n".encode())


async def test_the_watch_tells_of_a_mail_at_once_and_leaves_it_unread(desk: Desk) -> None:
    async with aclosing(watch(FIRST, desk.since())) as steps:
        first = await anext(steps)
        assert first[0] is None
        waiting = asyncio.create_task(next_event(steps))
        await asyncio.to_thread(desk.mailbox.deliver, letter())
        delivered = time.monotonic()
        event = await waiting
    assert event.data.message_id == "<one@test>"
    assert time.monotonic() - delivered < 10
    with desk.mailbox.imap() as imap:
        imap.select("INBOX", readonly=True)
        assert imap.search(None, "SEEN")[1] == [b""]


async def test_a_quiet_watch_gives_signs_of_life(desk: Desk) -> None:
    async with aclosing(watch(FIRST, desk.since())) as steps, asyncio.timeout(12):
        signs = [await anext(steps) for _ in range(3)]
    assert [event for event, _ in signs] == [None, None, None]
    assert signs[0][1] == signs[2][1]


async def test_a_watch_without_idle_polls_and_is_alive(desk: Desk) -> None:
    cursor = await start(desk)
    desk.mailbox.deliver(letter())
    async with desk.client.watching() as box:
        await box.run(lambda b: setattr(b.client, "capabilities", ()))
        from connectors.imap import idling, session

        tag = await box.run(lambda b: (session.choose(b, "INBOX"), idling.begin(b))[1])
        assert tag is None
        await box.run(lambda b: idling.end(b, None))
    assert len((await look(desk, cursor))[0]) == 1


async def test_the_cursor_moves_only_behind_mails_that_were_handed_over(desk: Desk) -> None:
    cursor = await start(desk)
    for n in range(3):
        desk.mailbox.deliver(letter(message_id=f"<{n}@test>"))
    async with aclosing(watch(FIRST, desk.since(cursor))) as steps:
        event, after_first = await anext(steps)
    assert event is not None
    rest, _ = await look(desk, after_first)
    assert [event.data.message_id, *(e.data.message_id for e in rest)] == ["<0@test>", "<1@test>", "<2@test>"]


async def test_the_same_mail_delivered_twice_has_one_key(desk: Desk) -> None:
    cursor = await start(desk)
    desk.mailbox.deliver(letter())
    desk.mailbox.deliver(letter())
    events, _ = await look(desk, cursor)
    assert {event.key for event in events} == {"m:nour-mailbox:<one@test>"}
    assert len({event.body for event in events}) == 1


async def test_a_message_id_with_other_content_is_another_mail_and_is_marked(desk: Desk) -> None:
    cursor = await start(desk)
    desk.mailbox.deliver(letter(text="first"))
    desk.mailbox.deliver(letter(text="second"))
    [one, two], after = await look(desk, cursor)
    assert [one.data.message_id, two.data.message_id] == ["<one@test>", "<one@test>#2"]
    assert two.data.suspect_reasons == ["message_id_reused"]
    desk.mailbox.deliver(letter(text="second"))
    [again], _ = await look(desk, after)
    assert again.key == two.key


async def test_changed_numbers_of_a_folder_start_no_storm_and_lose_no_mail(desk: Desk) -> None:
    with desk.mailbox.imap() as imap:
        imap.create("Orders")
    args = Received(folder="Orders")
    desk.mailbox.append(letter(message_id="<old@test>"), "Orders")
    cursor = await start(desk, args)
    desk.mailbox.append(letter(message_id="<handled@test>"), "Orders")
    no_id = letter(message_id=None, text="no id")
    desk.mailbox.append(no_id, "Orders")
    handled, cursor = await look(desk, cursor, args)
    with desk.mailbox.imap() as imap:
        imap.delete("Orders")
        imap.create("Orders")
    for raw in (letter(message_id="<old@test>"), letter(message_id="<handled@test>"), no_id):
        desk.mailbox.append(raw, "Orders")
    desk.mailbox.append(letter(message_id="<new@test>"), "Orders")
    events, after = await look(desk, cursor, args)
    assert cursor.folders["Orders"].uid_validity != after.folders["Orders"].uid_validity
    assert {e.key for e in events} - {e.key for e in handled} == {"m:nour-mailbox:<new@test>"}
    assert (await look(desk, after, args))[0] == []


async def test_one_watch_serves_the_folders_of_all_who_ask(desk: Desk) -> None:
    asked = [Received()]
    merged = merge([asked[0], Received(folder="Archive", subject="عقد")])
    cursor = await start(desk, merged)
    desk.mailbox.deliver(letter(message_id="<a@test>"))
    desk.mailbox.append(letter(message_id="<b@test>", subject="العقد الجديد"), "Archive")
    events, _ = await look(desk, cursor, merged)
    kept = {e.data.message_id: e.data for e in events}
    assert set(kept) == {"<a@test>", "<b@test>"}
    assert fits(asked[0], kept["<a@test>"])
    assert not fits(asked[0], kept["<b@test>"])
    assert fits(
        Received(folder="archive", subject="العَقد"), Mail.model_validate(kept["<b@test>"].model_dump(mode="json"))
    )


async def test_a_folder_that_does_not_exist_silences_no_other_and_is_said(desk: Desk) -> None:
    args = Received(folder="Inbox", folders=["Ordres"])
    cursor = await start(desk, args)
    desk.mailbox.deliver(letter())
    events, cursor = await look(desk, cursor, args)
    assert len(events) == 1
    with pytest.raises(Rejected, match="Ordres"):
        await look(desk, cursor, args)


async def test_a_mail_that_breaks_every_rule_blocks_no_other(desk: Desk) -> None:
    cursor = await start(desk)
    desk.mailbox.append(
        b"To: " + b"(" * 5000 + b"\r\nFrom: <<>>\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n\x00"
    )
    desk.mailbox.append(b"\x00\xff junk without any header")
    desk.mailbox.append(letter(message_id="<good@test>"))
    events, _ = await look(desk, cursor)
    assert [e.data.message_id for e in events][-1] == "<good@test>"
    assert len(events) == 3


@pytest.mark.parametrize(
    "subject",
    [
        "فاتورة".encode("cp1256"),
        b"=?utf-8?B?" + base64.b64encode("فاتورة".encode()[:5]) + b"?=\r\n =?utf-8?B?"
        + base64.b64encode("فاتورة".encode()[5:]) + b"?=",
        b"=?iso-8859-1?Q?" + "".join(f"={b:02X}" for b in "فاتورة".encode("cp1256")).encode() + b"?=",
    ],
    ids=["raw windows-1256", "split inside a letter", "mislabelled"],
)  # fmt: skip
async def test_arabic_subjects_are_read_whatever_their_form(desk: Desk, subject: bytes) -> None:
    cursor = await start(desk)
    desk.mailbox.deliver(b"From: a@b.test\r\nMessage-ID: <s@test>\r\nSubject: " + subject + b"\r\n\r\nx\r\n")
    [event], _ = await look(desk, cursor)
    assert event.data.subject == "فاتورة"


async def test_a_wrong_password_needs_a_person(connection: ImapConnection) -> None:
    wrong = connection.model_copy(update={"password": type(connection.password)("wrong")})
    async with open_client(wrong) as client:
        with pytest.raises(AuthError):
            await anext(watch(FIRST, Desk(None, client).since()))  # type: ignore[arg-type]


async def test_a_server_that_is_away_is_unavailable(connection: ImapConnection) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        away = connection.model_copy(update={"port": probe.getsockname()[1]})
        async with open_client(away) as client:
            with pytest.raises(Unavailable):
                await anext(watch(FIRST, Desk(None, client).since()))  # type: ignore[arg-type]


async def test_a_line_that_is_cut_ends_the_watch_with_a_word_of_the_engine(desk: Desk) -> None:
    cutter = Cutter(desk.client.connection.port or 0)
    async with cutter:
        through = desk.client.connection.model_copy(update={"port": cutter.port})
        async with open_client(through) as client:
            steps = watch(FIRST, Desk(desk.mailbox, client).since())
            await anext(steps)
            cutter.cut()
            with pytest.raises(Unavailable):
                await next_event(steps)


class Cutter:
    """A line to a server that can be cut."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self) -> Cutter:
        self.server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.port: int = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: Any) -> None:
        self.cut()
        self.server.close()

    def cut(self) -> None:
        for writer in self.writers:
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self.writers += [writer, far_writer]
        await asyncio.gather(self._copy(reader, far_writer), self._copy(far_reader, writer))

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()
