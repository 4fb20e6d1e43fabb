"""The playground as a whole: what it says of itself, what comes in, and what goes wrong on demand."""

from __future__ import annotations

import asyncio
import imaplib
import json
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from wakeel.playground.playground import Playground

KEYS: dict[str, set[str]] = {
    "smtp": {"host", "port", "security"},
    "imap": {"host", "port", "security"},
    "mailbox": {"address", "username", "password"},
    "trello": {"base_url", "key", "token", "board", "list"},
    "slack": {"base_url", "token", "channel"},
    "caldav": {"url", "username", "password", "calendar"},
}
HOLD = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20261122T090000Z\r\n\
DTSTART;TZID=Africa/Cairo:20261122T110000\r\nDTEND;TZID=Africa/Cairo:20261122T113000\r\nSTATUS:TENTATIVE\r\n\
SUMMARY:الرد على نور\\, ثم\r\n  متابعة\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground() as running:
        yield running


@pytest.fixture
async def http(playground: Playground) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=playground.url, trust_env=False, timeout=5) as client:
        yield client


@pytest.fixture
async def calendar(playground: Playground) -> AsyncIterator[httpx2.AsyncClient]:
    given = playground.status["caldav"]
    sign = (given["username"], given["password"])
    async with httpx2.AsyncClient(base_url=given["url"], auth=sign, trust_env=False, timeout=5) as client:
        yield client


def posted(status: dict[str, Any], to: str, subject: str) -> None:
    with smtplib.SMTP(status["smtp"]["host"], status["smtp"]["port"], timeout=5) as smtp:
        smtp.login(status["mailbox"]["username"], status["mailbox"]["password"])
        raw = f"From: n@example.net\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <1@x>\r\n\r\nhello\r\n"
        smtp.sendmail("n@example.net", [to], raw)


@contextmanager
def signed_in(status: dict[str, Any]) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4(status["imap"]["host"], status["imap"]["port"], timeout=5) as imap:
        imap.login(status["mailbox"]["username"], status["mailbox"]["password"])
        imap.select("INBOX")
        yield imap


def waiting_then_told(status: dict[str, Any], subject: str) -> tuple[bytes, bytes]:
    with signed_in(status) as imap:
        imap.send(b"w1 IDLE\r\n")
        assert imap.readline().startswith(b"+")
        posted(status, status["mailbox"]["address"], subject)
        pushed = imap.readline()
        imap.send(b"DONE\r\n")
        while not imap.readline().startswith(b"w1 OK"):
            pass
        fetched = imap.uid("FETCH", "1:*", "(BODY.PEEK[])")[1][0]
        return pushed, fetched[1] if isinstance(fetched, tuple) else b""


def folders(status: dict[str, Any]) -> list[str]:
    with signed_in(status) as imap:
        return sorted(line.decode().split()[-1] for line in imap.list()[1] if isinstance(line, bytes))


def sign_in_only(status: dict[str, Any]) -> None:
    with signed_in(status):
        pass


def test_a_process_is_ready_soon_tells_everything_and_ends_when_told(tmp_path: Path) -> None:
    file, begun = tmp_path / "status.json", time.monotonic()
    command = [sys.executable, "-m", "wakeel.playground", "--status", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert "ready" in process.stdout.readline()
    took = time.monotonic() - begun
    status = json.loads(file.read_text())
    assert {name: set(status[name]) for name in KEYS} == KEYS
    assert httpx2.get(status["effects"], trust_env=False).json() == []
    assert "<h1>" in httpx2.get(status["page"], trust_env=False).text
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=5)
    assert (process.returncode, complaints) == (0, "")
    assert took < 10  # under 3 s on a quiet machine; this one may be busy
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(status["page"], trust_env=False)


async def test_mail_comes_in_by_smtp_and_wakes_who_waits(playground: Playground) -> None:
    pushed, raw = await asyncio.to_thread(waiting_then_told, playground.status, "Urgent")
    assert pushed == b"* 1 EXISTS\r\n"
    assert raw.endswith(b"Subject: Urgent\r\nMessage-ID: <1@x>\r\n\r\nhello\r\n")
    [mail] = playground.effects.of("mail.accepted")
    assert (mail["subject"], mail["message_id"], mail["delivered"]) == ("Urgent", "<1@x>", True)


async def test_mail_to_others_is_taken_and_not_delivered(playground: Playground) -> None:
    await asyncio.to_thread(posted, playground.status, "client@example.net", "Hello")
    assert [m["delivered"] for m in playground.effects.of("mail.accepted")] == [False]
    assert await playground.mail.account.count() == 0


async def test_a_wrong_password_opens_no_mailbox(playground: Playground) -> None:
    status = playground.status | {"mailbox": playground.status["mailbox"] | {"password": "wrong"}}
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        await asyncio.to_thread(sign_in_only, status)
    with pytest.raises(smtplib.SMTPAuthenticationError):
        await asyncio.to_thread(posted, status, "client@example.net", "x")


async def test_folders_for_drafts_and_copies_are_there(playground: Playground) -> None:
    assert await asyncio.to_thread(folders, playground.status) == ["Archive", "Drafts", "INBOX", "Sent", "Trash"]


async def test_an_event_is_kept_once_and_told(playground: Playground, calendar: httpx2.AsyncClient) -> None:
    path = f"{playground.status['caldav']['calendar']}u1.ics"
    put = {"If-None-Match": "*", "Content-Type": "text/calendar; charset=utf-8"}
    answers = [await calendar.put(path, content=HOLD, headers=put) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 412]
    [kept] = playground.effects.of("caldav.event_put")
    assert (kept["uid"], kept["title"], kept["status"]) == ("u1", "الرد على نور, ثم متابعة", "TENTATIVE")
    assert "TENTATIVE" in (await calendar.get(path)).text
    assert (await calendar.delete(path)).status_code == 200
    assert [gone["uid"] for gone in playground.effects.of("caldav.event_deleted")] == ["u1"]


async def test_the_calendar_is_found_by_its_name(playground: Playground, calendar: httpx2.AsyncClient) -> None:
    look = await calendar.request("PROPFIND", "mona/", headers={"Depth": "1"})
    assert look.status_code == 207
    assert "Appointments" in look.text
    assert f"/caldav/{playground.status['caldav']['calendar']}" in look.text
    at_root = await calendar.request("PROPFIND", f"{playground.url}/.well-known/caldav")
    assert at_root.headers["Location"] == "/caldav/"


async def test_a_stranger_sees_no_calendar(playground: Playground, http: httpx2.AsyncClient) -> None:
    assert (await http.get("/caldav/mona/appointments/")).status_code == 401


async def test_faults_are_scripted_over_http(playground: Playground, http: httpx2.AsyncClient) -> None:
    given = playground.status["trello"]
    sign = {"Authorization": f'OAuth oauth_consumer_key="{given["key"]}", oauth_token="{given["token"]}"'}
    script = [{"kind": "drop-after-effect", "match": "POST /1/cards"}, {"kind": "503", "times": 2}]
    assert (await http.put("/_faults", json=script)).status_code == 200
    with pytest.raises(httpx2.TransportError):
        await http.post("/1/cards", data={"idList": given["list"], "name": "x"}, headers=sign)
    assert len(playground.effects.of("trello.card_created")) == 1
    assert (await http.get("/1/members/me/boards", headers=sign)).status_code == 503
    assert [fault["times"] for fault in (await http.get("/_faults")).json()] == [1]
    assert (await http.put("/_faults", json=[{"kind": "rain"}])).status_code == 400


async def test_a_lost_answer_of_the_calendar_leaves_the_event(
    playground: Playground, calendar: httpx2.AsyncClient, http: httpx2.AsyncClient
) -> None:
    await http.put("/_faults", json=[{"kind": "drop-after-effect", "match": "PUT /caldav/*"}])
    with pytest.raises(httpx2.TransportError):
        await calendar.put("mona/appointments/u1.ics", content=HOLD, headers={"Content-Type": "text/calendar"})
    assert len(playground.effects.of("caldav.event_put")) == 1


async def test_a_mail_can_be_dropped_on_the_page(playground: Playground, http: httpx2.AsyncClient) -> None:
    sent = {"name": "نور", "subject": "عاجل: <b>عقد</b>", "text": "غدًا؟"}
    assert (await http.post("/mail", data=sent)).headers["Location"] == "/"
    assert [m["subject"] for m in playground.effects.of("mail.accepted")] == ["عاجل: <b>عقد</b>"]
    assert await playground.mail.account.count() == 1
    assert '<h4 dir="auto">عاجل: &lt;b&gt;عقد&lt;/b&gt;</h4>' in (await http.get("/scene")).text
    broken = await http.post("/mail", data=sent | {"subject": "a\r\nBcc: x@example.com"})
    elsewhere = await http.post("/mail", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert (broken.status_code, elsewhere.status_code) == (400, 403)


async def test_the_page_shows_what_happens(playground: Playground, http: httpx2.AsyncClient) -> None:
    board, chat = playground.board.state, playground.chat.state
    assert "No mail yet" in (await http.get("/")).text
    from wakeel.playground.board import cards

    cards.create(board, {"idList": playground.status["trello"]["list"], "name": "<script>alert(1)</script>"})
    chat.post(chat.channel("#alerts", by_name=True), {"text": "urgent & عاجل"})
    page = await http.get("/scene")
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "urgent &amp; عاجل" in page.text
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    for name in ("page.css", "page.js"):
        assert (await http.get(f"/static/{name}")).status_code == 200
    assert (await http.get("/static/../playground.py")).status_code == 404
