"""Mails of one thread are worked off one after the other, and share a card."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.faults.letters import letter
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP

FIRST = "<first@example.net>"
SLOW = timedelta(seconds=5)


async def test_the_second_mail_of_a_thread_waits_for_the_first_and_comments_on_its_card(rig: Rig) -> None:
    world = rig.world
    rig.workspace.add_flagship()
    await rig.apply()
    await rig.worker()
    await rig.watching()
    world.chat.fault("slow", "POST /api/chat.postMessage", seconds=SLOW.total_seconds())  # holds up the first run
    world.mailbox.deliver(letter("Urgent contract", identity=FIRST))
    world.mailbox.deliver(letter("Re: Urgent contract", "It is urgent.", answers=FIRST))
    await until(lambda: world.alerts, "the first run is at its alert")
    world.mailbox.deliver(letter("Urgent invoice"))  # another thread waits for nobody
    assert await rig.ended(FLAGSHIP, 3) == ["COMPLETED"] * 3

    assert sorted(world.names) == ["Urgent contract", "Urgent invoice"]
    [comment] = world.board.effects("trello.comment_added")
    assert "It is urgent." in comment["payload"]["text"]
    assert len(world.alerts) == 3
    times = {card["payload"]["name"]: card["time"] for card in world.board.effects("trello.card_created")}
    held = datetime.fromisoformat(comment["time"]) - datetime.fromisoformat(times["Urgent contract"])
    assert held >= SLOW
    assert times["Urgent invoice"] < comment["time"]
