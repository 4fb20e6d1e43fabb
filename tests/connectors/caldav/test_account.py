"""The calendar is found by its path or its name, and every trouble of its server has a word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from aiohttp import web
from pydantic import SecretStr, ValidationError

from connectors.caldav.actions import caldav, free_busy, hold
from connectors.caldav.connection import LARGEST, CaldavConnection, check, classify, open_client
from connectors.caldav.discovery import domain, near
from tests.connectors.calls import a_call
from tests.servers.process import free_port
from wakeel.sdk import AuthError, ConnectorError, Maybe, RateLimited, Rejected, Unavailable
from wakeel.sdk.ports.calendar import FreeBusy, Hold

if TYPE_CHECKING:
    from tests.connectors.caldav.conftest import Diary, Shaky
    from tests.servers.background import Background
    from tests.servers.radicale import Radicale

DAY = FreeBusy(start=datetime(2026, 11, 22, tzinfo=UTC), end=datetime(2026, 11, 23, tzinfo=UTC))
RENAME = '<propertyupdate xmlns="DAV:"><set><prop><displayname>{}</displayname></prop></set></propertyupdate>'


async def word_of(connection: CaldavConnection) -> ConnectorError:
    """Return what the engine hears when the account is checked."""
    with pytest.raises(Exception) as raised:  # noqa: PT011 - whatever comes, classify names it
        async with open_client(connection) as client:
            await check(client)
    word = raised.value if isinstance(raised.value, ConnectorError) else classify(raised.value)
    assert word is not None
    return word


def account(url: str, calendar: str = "", password: str = "secret1") -> CaldavConnection:
    return CaldavConnection(url=url, username="vera", password=SecretStr(password), calendar=calendar)


def renamed(diary: Diary, name: str) -> None:
    diary.server.request("PROPPATCH", diary.url, RENAME.format(escape(name)).encode())


@pytest.mark.parametrize("name", ["مواعيد النور", "Work: private / 100% mine", "Übersicht & mehr"])
async def test_a_calendar_is_found_by_its_displayed_name(diary: Diary, name: str) -> None:
    renamed(diary, name)
    async with diary.opened(url=diary.server.url, calendar=name) as client:
        assert await client.collection() == diary.url
        await hold(Hold(title="x"), a_call(client))
    assert diary.count() == 1


async def test_a_calendar_is_found_by_its_path_or_by_its_own_address(diary: Diary) -> None:
    path = diary.url.removeprefix(diary.server.url)
    for given in (
        {"url": diary.server.url, "calendar": path},
        {"url": diary.server.url.rstrip("/"), "calendar": path.rstrip("/")},
        {"url": diary.url},
        {"url": diary.url.rstrip("/")},
    ):
        async with diary.opened(**given) as client:
            assert await client.collection() == diary.url


async def test_a_name_that_is_not_there_is_refused_with_those_that_are(diary: Diary) -> None:
    renamed(diary, "Bakery")
    word = await word_of(account(diary.server.url, "Backery"))
    assert isinstance(word, Rejected)
    assert "“Backery”" in str(word)
    assert "“Bakery”" in str(word)


async def test_a_name_that_two_calendars_have_is_refused(diary: Diary, radicale: Radicale) -> None:
    other = type(diary)(radicale, radicale.fresh_calendar())
    for one in (diary, other):
        renamed(one, "Twins")
    word = await word_of(account(diary.server.url, "Twins"))
    assert isinstance(word, Rejected)
    assert "several" in str(word)


async def test_a_server_alone_does_not_say_which_of_its_calendars_is_meant(diary: Diary, radicale: Radicale) -> None:
    radicale.fresh_calendar()
    assert isinstance(await word_of(account(diary.server.url)), Rejected)


async def test_a_wrong_password_needs_a_person(diary: Diary) -> None:
    assert isinstance(await word_of(account(diary.url, password="wrong")), AuthError)


async def test_a_port_that_nobody_serves_is_away() -> None:
    assert isinstance(await word_of(account(f"http://127.0.0.1:{free_port()}/")), Unavailable)


@pytest.mark.parametrize("url", ["", "dav.example.com", "ftp://dav.example.com/", "https://", "http:// x"])
def test_an_address_that_is_none_is_refused_before_anything_is_asked(url: str) -> None:
    with pytest.raises(ValidationError):
        account(url)


@pytest.mark.parametrize(
    ("kind", "wait", "word"),
    [
        ("429", "7", RateLimited),
        ("429", None, RateLimited),
        ("429", "9" * 5000, RateLimited),
        ("503", None, Unavailable),
    ],
)
async def test_a_server_that_says_later_has_done_nothing(
    shaky: Shaky, kind: str, wait: str | None, word: type[ConnectorError]
) -> None:
    async with shaky.opened() as client:
        await check(client)
        shaky.fault("429" if kind == "429" else "503", "REPORT /*", retry_after=wait)
        with pytest.raises(Exception) as raised:  # noqa: PT011
            await hold(Hold(title="x"), a_call(client))
        found = classify(raised.value)
    assert type(found) is word
    assert kind != "429" or (found and found.retry_after == timedelta(seconds={"7": 7, None: 30}.get(wait, 3600)))
    assert shaky.server.events == {}


@pytest.mark.parametrize("kind", ["500", "reset-before"])
async def test_a_server_that_breaks_may_have_acted(shaky: Shaky, kind: str) -> None:
    async with shaky.opened() as client:
        await check(client)
        shaky.fault("500" if kind == "500" else "reset-before", "PUT /*")
        with pytest.raises(Exception) as raised:  # noqa: PT011
            await hold(Hold(title="x"), a_call(client))
    assert type(classify(raised.value)) is Maybe


async def test_a_proxys_page_is_no_answer(shaky: Shaky) -> None:
    async with shaky.opened() as client:
        await check(client)
        shaky.fault("html", "REPORT /*")
        with pytest.raises(Unavailable):
            await free_busy(DAY, a_call(client))


async def test_no_message_names_an_address_or_the_password(shaky: Shaky) -> None:
    async with shaky.opened() as client:
        await check(client)
        for kind in ("429", "500", "503"):
            shaky.fault(kind, "REPORT /*")
            with pytest.raises(Exception) as raised:  # noqa: PT011
                await free_busy(DAY, a_call(client))
            word = str(classify(raised.value))
            assert shaky.server.password not in word
            assert "http" not in word


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
DOCUMENTS = {
    "bomb": f"<?xml version='1.0'?>{BOMB}]><multistatus xmlns='DAV:'><response>&i;</response></multistatus>".encode(),
    "bomb in two bytes": f"{BOMB}]><multistatus xmlns='DAV:'><response>&i;</response></multistatus>".encode("utf-16"),
    "file": b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><multistatus xmlns='DAV:'>&a;</multistatus>",
    "page": b"<!doctype html><title>Sign in</title>",
    "cut": b"<multistatus xmlns='DAV:'><response>",
    "no XML": b"\xff\xfe\x00 nothing",
    "odd charset": b"<?xml version='1.0' encoding='x-unknown'?><multistatus xmlns='DAV:'/>",
    "empty": b"",
}


def answering(background: Background, body: bytes, status: int = 207, **headers: str) -> web.Application:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    return app


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
async def test_a_document_that_is_unsafe_or_broken_is_not_read(background: Background, document: bytes) -> None:
    with background.served(answering(background, document)) as url:
        assert isinstance(await word_of(account(url)), Unavailable)


async def test_a_comment_or_markup_in_an_events_text_is_no_declaration(background: Background) -> None:
    body = (
        "<?xml version='1.0'?><!-- hello --><multistatus xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><response>"
        "<href>/1.ics</href><propstat><prop><resourcetype><C:calendar/></resourcetype><C:calendar-data><![CDATA[BEGIN:VCALENDAR\n"
        "BEGIN:VEVENT\nUID:1\nDTSTART:20261122T090000Z\nDTEND:20261122T100000Z\nDESCRIPTION:<!DOCTYPE html> <!-- x -->\n"
        "END:VEVENT\nEND:VCALENDAR\n]]></C:calendar-data></prop></propstat></response></multistatus>"
    )
    with background.served(answering(background, body.encode())) as url:
        async with open_client(account(url)) as client:
            assert len((await free_busy(DAY, a_call(client))).busy) == 1


async def test_an_endless_answer_is_not_read_to_its_end(background: Background) -> None:
    with background.served(answering(background, b" " * (LARGEST + 1))) as url:
        word = await word_of(account(url))
    assert isinstance(word, Rejected)
    assert "larger than 5 MB" in str(word)


@pytest.mark.parametrize(
    "elsewhere",
    ["http://localhost:1/cal/", "http://169.254.169.254/", "//evil.example.com/", "http://x@127.0.0.1/", "http://["],
)
async def test_the_login_is_not_carried_to_another_server(background: Background, elsewhere: str) -> None:
    body = (
        "<multistatus xmlns='DAV:'><response><href>/</href><propstat><prop><current-user-principal>"
        f"<href>{elsewhere}</href></current-user-principal></prop></propstat></response></multistatus>"
    )
    with background.served(answering(background, body.encode())) as url:
        word = await word_of(account(url))
    assert isinstance(word, Rejected)
    assert "leads to another" in str(word)
    with background.served(answering(background, b"", 301, Location=elsewhere)) as url:
        assert isinstance(await word_of(account(url)), Rejected)


def test_neighbours_by_name_are_the_same_service() -> None:
    assert (
        near("https://caldav.icloud.com/", "https://p12-caldav.icloud.com:443/1/")
        == "https://p12-caldav.icloud.com:443/1/"
    )
    assert near("https://dav.example.com/a/", "../b/") == "https://dav.example.com/b/"
    assert [domain(host) for host in ("10.0.0.1", "::1", "localhost", "example.com", None)] == [
        "10.0.0.1",
        "::1",
        "localhost",
        "example.com",
        "",
    ]


async def test_a_redirect_of_the_well_known_address_is_followed(background: Background, radicale: Radicale) -> None:
    async def moved(_request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/here/"})

    async def here(request: web.Request) -> web.Response:
        inner = "<C:calendar-home-set><href>/home/</href></C:calendar-home-set>"
        if b"principal" in await request.read():
            inner = "<current-user-principal><href>/here/</href></current-user-principal>"
        return multistatus(f"<response><href>/here/</href><propstat><prop>{inner}</prop></propstat></response>")

    async def home(_request: web.Request) -> web.Response:
        kind = "<resourcetype><collection/><C:calendar/></resourcetype><displayname>Only</displayname>"
        return multistatus(f"<response><href>/home/only</href><propstat><prop>{kind}</prop></propstat></response>")

    app = web.Application()
    for path, handler in (("/.well-known/caldav", moved), ("/here/", here), ("/home/", home)):
        app.router.add_route("PROPFIND", path, handler)
    with background.served(app) as url:
        async with open_client(account(url)) as client:
            assert await client.collection() == f"{url}/home/only/"


def multistatus(inner: str) -> web.Response:
    text = f"<multistatus xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>{inner}</multistatus>"
    return web.Response(status=207, text=text, content_type="application/xml")


async def test_the_check_of_an_account_looks_for_the_calendar(diary: Diary) -> None:
    assert caldav.check is check
    async with diary.opened() as client:
        await check(client)
        assert client.home == diary.url
