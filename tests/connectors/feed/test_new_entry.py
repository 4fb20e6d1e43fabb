"""An entry is told of once, whatever the feed does meanwhile."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.feed.fetching import Fetched
from connectors.feed.reading import Entry, entries, key_of
from connectors.feed.watching import NewEntry, new_entry
from tests.connectors.feed.conftest import Blog, item, rss
from wakeel.sdk import ConnectorError, Rejected

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>أخبار</title><entry>
<id>urn:1</id><title type="html">&lt;b&gt;عاجل&lt;/b&gt; &amp;amp; مهم</title><link href="/1"/><updated>2026-11-22T09:00:00Z</updated>
<author><name>منى</name></author><category term="عقود"/>
<content type="html">&lt;p&gt;السطر &lt;b&gt;ال&lt;/b&gt;أول&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;الثاني&lt;/p&gt;</content>
</entry></feed>"""


def read(body: bytes | str, media_type: str = "application/xml") -> list[Entry]:
    data = body.encode() if isinstance(body, str) else body
    return entries(Fetched("https://example.com/feed", data, media_type, "", ""), "https://example.com/feed")


async def test_the_first_look_remembers_and_later_entries_are_told_of_once(blog: Blog) -> None:
    blog.publish([item(1)])
    assert await blog.look() == []
    blog.publish([item(3), item(2, title="عقد الصيانة", text="<p>مرحبا</p>"), item(1)])
    second, third = await blog.look()
    assert await blog.look() == []
    assert (second.data.title, second.data.text, second.data.url) == ("عقد الصيانة", "مرحبا", "https://example.com/2")
    assert (second.data.id, second.data.feed_title, second.data.feed) == ("post-2", "مدونة نور", blog.url)
    assert second.data.published_at == datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert third.data.title == "خبر 3"


async def test_a_look_that_is_repeated_tells_of_the_same_event(blog: Blog) -> None:
    await blog.look()
    blog.publish([item(1)])
    lost = await blog.look(keep=False)  # killed before the cursor came home
    again = await blog.look()
    assert [event.key for event in lost] == [event.key for event in again] == [f"e:{key_of(again[0].data)}"]


async def test_only_what_changed_is_asked_for(blog: Blog) -> None:
    blog.publish([item(1)])
    for _ in range(3):
        await blog.look()
    assert "If-None-Match" not in blog.asked[0]
    assert blog.asked[1]["If-None-Match"] == blog.asked[2]["If-None-Match"]
    assert "Wakeel" in blog.asked[0]["User-Agent"]


async def test_an_entry_that_is_changed_or_goes_and_comes_back_is_no_new_one(blog: Blog) -> None:
    blog.publish([item(1), item(2)])
    await blog.look()
    for state in ([item(1, title="بعد التصحيح"), item(2)], [item(2)], [], [item(2), item(1)]):
        blog.publish(state)
        assert await blog.look() == []


async def test_an_entry_without_an_id_is_known_by_its_address(blog: Blog) -> None:
    blog.publish([item(1, guid=False)])
    await blog.look()
    blog.publish([item(1, guid=False, title="عنوان آخر"), item(2, guid=False)])
    [event] = await blog.look()
    assert event.data.id == "https://example.com/2"


async def test_one_source_reads_many_feeds_and_one_that_fails_does_not_silence_the_others(blog: Blog) -> None:
    gone = blog.server.url_for("/gone.xml")
    blog.server.expect_request("/gone.xml").respond_with_data("", status=410)
    await blog.look(gone, blog.url)
    blog.publish([item(1)])
    [event] = await blog.look(gone, blog.url)
    asked = [NewEntry(url=gone), NewEntry(url=blog.url)]
    assert new_entry.merge(asked) == NewEntry(url=gone, urls=[blog.url])
    assert [new_entry.fits(args, event.data) for args in asked] == [False, True]
    with pytest.raises(Rejected, match="not there any more"):
        await blog.look(gone, blog.url)


def test_markup_becomes_text_and_relative_links_whole_addresses() -> None:
    [entry] = read(ATOM)
    assert (entry.title, entry.text, entry.author, entry.tags) == (
        "عاجل & مهم",
        "السطر الأول\nالثاني",
        "منى",
        ["عقود"],
    )
    assert entry.updated_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert (entry.published_at, entry.id, entry.url) == (None, "urn:1", "https://example.com/1")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "utf-16"])
def test_arabic_is_read_in_every_charset(charset: str) -> None:
    body = rss(item(1, title="عقد الصيانة")).decode().replace('encoding="utf-8"', f'encoding="{charset}"')
    assert [entry.title for entry in read(body.encode(charset))] == ["عقد الصيانة"]


def test_a_feed_with_mistakes_is_read_as_far_as_it_can_be() -> None:
    body = rss(item(1), item(2)).replace(b"</channel></rss>", b"&nosuch; <b>")
    assert [entry.id for entry in read(body)] == ["post-2", "post-1"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", ""])
def test_a_link_that_is_no_web_page_is_none(link: str) -> None:
    [entry] = read(rss(item(1).replace("https://example.com/1", link)))
    assert entry.url == ""


def test_a_body_is_never_opened_as_a_path(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_bytes(rss(item(1, title="سر")))
    with pytest.raises(Rejected, match="no RSS or Atom"):
        read(str(secret))


@pytest.mark.parametrize("body", [b"", b"<html><body>login</body></html>", b"%PDF-1.7", b"\0" * 1000])
def test_what_is_no_feed_is_said_so(body: bytes) -> None:
    with pytest.raises(Rejected, match="no RSS or Atom feed"):
        read(body)


OPEN = b"<rss version='2.0'><channel><item><description><![CDATA["
CLOSE = b"]]></description></item></channel></rss>"
ENTITIES = b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10 if n else b"x" * 10) for n in range(12))


@pytest.mark.parametrize(
    "body",
    [
        OPEN + b"<!--" * 90_000 + CLOSE,
        OPEN + b"<a href='" * 90_000 + CLOSE,
        OPEN + b"&#" * 900_000 + CLOSE,
        b"<rss version='2.0'><channel>" + b"<a>" * 40_000,
        b"<rss version='2.0'><channel>" + b"<a>" * 1_000_000,
        b"<rss version='2.0'><channel>" + b"".join(b"<a xmlns:n%d='u%d'>" % (n, n) for n in range(20_000)),
        b"<!DOCTYPE x ["
        + ENTITIES
        + b"]><rss version='2.0'><channel><item><title>&a11;</title></item></channel></rss>",
        rss(*(item(n) for n in range(5_000))),
    ],
)
def test_a_hostile_feed_takes_seconds_at_most(body: bytes) -> None:
    started = time.perf_counter()
    with suppress(ConnectorError):
        assert len(read(body)) <= 500
    assert time.perf_counter() - started < 15
