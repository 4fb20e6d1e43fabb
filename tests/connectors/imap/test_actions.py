"""Labels, moves, searches and readings on a real server; twice is once, and nothing is marked as read."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest
from imap_tools.mailbox import BaseMailBox

from connectors.imap import filing
from connectors.imap.actions import AddLabel, Get, Move, Search, add_label, get, move, search
from connectors.imap.labels import keyword, label_of
from tests.connectors.imap.conftest import Desk
from wakeel.sdk import Rejected
from wakeel.sdk.ports.mail import MailRef

RAW = "From: Mona <mona@example.com>\r\nMessage-ID: <a@test>\r\nSubject: عقد\r\n\r\nمرحبا\r\n".encode()
REF = MailRef(account="nour-mailbox", folder="INBOX", message_id="<a@test>")


def flags(desk: Desk, folder: str = "INBOX") -> str:
    with desk.mailbox.imap() as imap:
        imap.select(folder, readonly=True)
        return str(imap.fetch("1", "(FLAGS)")[1][0])


async def test_a_label_is_a_keyword_and_setting_it_twice_changes_nothing(desk: Desk) -> None:
    desk.mailbox.append(RAW)
    for repeat in (False, True):
        done = await add_label(AddLabel(mail=REF, label="wakeel/carded"), desk.call(repeat=repeat))
        assert done.kept_as == "keyword"
    assert "wakeel/carded" in flags(desk)
    assert "Seen" not in flags(desk)


@pytest.mark.parametrize("label", ["wakeel/carded", "no slot", "عاجل", 'a(b){c}%*"\\]&-', "تمت البطاقة"])
def test_every_label_has_a_legal_keyword_and_gets_its_spelling_back(label: str) -> None:
    word = keyword(label)
    assert word is not None
    assert not set(word) & set('(){ %*"\\]')
    assert word.isascii()
    assert label_of(word) == label


async def test_a_label_too_long_for_a_keyword_is_one_copy_in_a_folder(desk: Desk) -> None:
    desk.mailbox.append(RAW)
    label = "تصنيف طويل جدا لا تتسع له كلمة مفتاحية واحدة"
    for repeat in (False, True):
        done = await add_label(AddLabel(mail=REF, label=label), desk.call(repeat=repeat))
        assert done.kept_as == "folder"
    found = await search(Search(folder=label), desk.call())
    assert [one.message_id for one in found.mails] == ["<a@test>"]
    assert len(desk.mailbox.messages()) == 1


async def test_a_mail_is_moved_once_and_a_repeat_finds_it_there(desk: Desk) -> None:
    desk.mailbox.append(RAW)
    first = await move(Move(mail=REF, folder="Read later"), desk.call())
    again = await move(Move(mail=REF, folder="Read later"), desk.call(repeat=True))
    assert first == again
    assert (first.folder, first.uid) == ("Read later", 1)
    assert desk.mailbox.messages() == []
    assert desk.mailbox.messages('"Read later"') == [RAW]


async def test_the_server_moves_by_itself_where_it_can(desk: Desk) -> None:
    assert await desk.client.run(lambda box: "MOVE" in box.client.capabilities)


async def test_a_number_that_now_means_another_mail_is_not_believed(desk: Desk) -> None:
    desk.mailbox.append(b"Message-ID: <other@test>\r\n\r\nx\r\n")
    desk.mailbox.append(RAW)
    wrong = REF.model_copy(update={"uid": 1})
    await move(Move(mail=wrong, folder="Archive"), desk.call())
    assert [b"<other@test>" in raw for raw in desk.mailbox.messages()] == [True]


async def test_a_mail_without_a_message_id_is_found_by_what_it_says(desk: Desk) -> None:
    desk.mailbox.append(b"Subject: bare\r\n\r\nno id\r\n")
    desk.mailbox.append(b"Subject: bare\r\n\r\nanother\r\n")
    [line] = [one for one in (await search(Search(), desk.call())).mails if one.uid == 1]
    assert line.message_id.startswith("sha256:")
    ref = MailRef(folder="INBOX", message_id=line.message_id)
    await move(Move(mail=ref, folder="Archive"), desk.call())
    assert desk.mailbox.messages("Archive") == [b"Subject: bare\r\n\r\nno id\r\n"]


async def test_a_mail_that_is_gone_is_said_so(desk: Desk) -> None:
    gone = REF.model_copy(update={"uid": 7})
    with pytest.raises(Rejected, match="no longer"):
        await add_label(AddLabel(mail=gone, label="x"), desk.call())
    with pytest.raises(Rejected, match="no longer"):
        await move(Move(mail=gone, folder="Archive"), desk.call())


async def test_a_mail_that_a_person_gave_as_a_file_needs_no_label(desk: Desk) -> None:
    assert (await add_label(AddLabel(mail=REF, label="x"), desk.call())).kept_as == "nowhere"


async def test_a_folder_that_does_not_exist_is_named_with_those_that_do(desk: Desk) -> None:
    with pytest.raises(Rejected, match=r"“Ordres”.*Archive"):
        await search(Search(folder="Ordres"), desk.call())


async def test_search_finds_arabic_text_and_obeys_its_fields(desk: Desk) -> None:
    desk.mailbox.append(RAW)
    desk.mailbox.append(b"From: bob@test\r\nMessage-ID: <b@test>\r\nSubject: other\r\n\r\nx\r\n")
    asked = [Search(text="مرحبا"), Search(from_="mona"), Search(subject="عقد"), Search(since=date(2020, 1, 1), limit=1)]
    found = [[one.message_id for one in (await search(args, desk.call())).mails] for args in asked]
    assert found == [["<a@test>"], ["<a@test>"], ["<a@test>"], ["<b@test>"]]
    assert "Seen" not in flags(desk)


async def test_a_search_text_begins_no_second_command(desk: Desk) -> None:
    with pytest.raises(Rejected, match="control character"):
        await search(Search(subject='x"\r\nA99 DELETE Archive'), desk.call())
    assert (await search(Search(subject='x" ALL "\\'), desk.call())).mails == []


async def test_reading_a_mail_gives_its_text_and_leaves_it_unread(desk: Desk) -> None:
    desk.mailbox.append(RAW)
    mail = await get(Get(mail=REF), desk.call())
    assert (mail.subject, mail.text, mail.message_id) == ("عقد", "مرحبا", "<a@test>")
    assert "Seen" not in flags(desk)


async def test_many_actions_share_one_connection(desk: Desk) -> None:
    desk.mailbox.append(RAW)
    socks: set[int] = set()

    def note(box: Any) -> None:
        socks.add(id(box))

    await asyncio.gather(*(desk.client.run(note) for _ in range(10)))
    assert len(socks) == 1


async def test_where_the_server_cannot_move_only_this_mail_is_expunged(desk: Desk) -> None:
    def work(box: BaseMailBox) -> None:
        box.client.capabilities = ("UIDPLUS",)
        filing.move(box, REF, "Archive")

    desk.mailbox.append(RAW)
    desk.mailbox.append(b"Message-ID: <marked@test>\r\n\r\nx\r\n", flags=r"(\Deleted)")
    await desk.client.run(work)
    assert desk.mailbox.messages("Archive") == [RAW]
    assert len(desk.mailbox.messages()) == 1
