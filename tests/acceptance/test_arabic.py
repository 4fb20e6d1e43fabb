"""A7, A8: Arabic comes in however broken, and goes out so that everybody can read it."""

from __future__ import annotations

import email
from email.header import decode_header, make_header
from email.utils import getaddresses

from tests.faults.letters import shipped
from tests.faults.rig import Rig
from tests.faults.workspace import FLAGSHIP

SUBJECTS = {
    "folded-ar": "عاجل: مراجعة اتفاقية الصيانة السنوية للأفران",
    "raw-windows-1256": "فاتورة",
    "mislabelled-ar": "تأكيد موعد سداد الدفعة المتأخرة",
}
REPLY = """\
title: An answer to every mail
when:
  mail.received:
    folder: Inbox
steps:
  - mail.reply:
      mail: ${event}
      text: "وصلتنا رسالتكم، وسنرد عليكم غدًا."
"""


async def test_arabic_subjects_reach_card_alert_and_hold_unbroken(rig: Rig) -> None:
    world = rig.world
    rig.workspace.add_flagship()
    await rig.apply()
    await rig.worker()
    await rig.watching()
    for name in (*SUBJECTS, "newsletter-en", "out-of-office-ar"):
        world.mailbox.deliver(shipped(name))
    assert await rig.ended(FLAGSHIP, len(SUBJECTS)) == ["COMPLETED"] * len(SUBJECTS)
    wanted = sorted(SUBJECTS.values())
    assert sorted(world.names) == wanted
    assert sorted(str(hold["SUMMARY"]) for hold in world.holds()) == wanted
    for card in world.cards:
        assert [alert for alert in world.alerts if card["name"] in alert and card["url"] in alert]
    described = {card["name"]: card["desc"] for card in world.cards}
    assert "نرجو السداد" in described["فاتورة"]
    assert world.labelled() == len(SUBJECTS)


async def test_a_reply_carries_a_long_arabic_subject_to_the_letter(rig: Rig) -> None:
    world = rig.world
    rig.workspace.add("answer", REPLY)
    rig.workspace.write_client(authority="send")
    await rig.apply()
    await rig.worker()
    await rig.watching()
    before = len(world.relay.to("nour.abdullah@example.net"))
    world.mailbox.deliver(shipped("long-subject-ar"))
    assert await rig.ended("answer") == ["COMPLETED"]
    [taken] = world.relay.to("nour.abdullah@example.net")[before:]

    head = taken.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    assert max(map(len, head.split(b"\n"))) <= 76
    sent, came = (email.message_from_bytes(raw) for raw in (taken.raw, shipped("long-subject-ar")))
    subject = str(make_header(decode_header(came["Subject"])))
    assert len(subject.split()) == 25
    assert str(make_header(decode_header(sent["Subject"]))) == f"Re: {subject}"
    assert sent["In-Reply-To"] == came["Message-ID"]
    [(sender, address)] = getaddresses([sent["From"]])
    assert str(make_header(decode_header(sender))) == "شركة النور للتجارة"
    assert address == world.mailbox.address
    body = sent.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "وصلتنا رسالتكم، وسنرد عليكم غدًا." in body.decode("utf-8")
